package io.pulso.server.page;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a workspace is set to, for people to see.
///
/// @param zone whose days are scored
/// @param weekStart the first day of a week
/// @param personal traits whose values viewers and analysts do not see
/// @param retention days that events of a source are kept; others keep all
/// @param rejectedDays that rejected records are kept
/// @param nightlyAt when the nightly work begins
/// @param url where people reach the pages; empty for where the server listens
/// @param proxies addresses whose word on whom they speak for is believed
/// @param version of this program
public record Setup(
    ZoneId zone,
    DayOfWeek weekStart,
    Set<String> personal,
    Map<String, Integer> retention,
    int rejectedDays,
    LocalTime nightlyAt,
    String url,
    List<String> proxies,
    String version) {}
