package io.pulso.server.page;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a workspace is set to, for people to see.
///
/// @param zone whose days are scored
/// @param weekStart the first day of a week
/// @param personal traits whose values viewers and analysts do not see
/// @param retention days that events of a source are kept; others keep all
/// @param rejectedDays that rejected records are kept
/// @param rejectedMegabytes that they may take
/// @param nightlyAt when the nightly work begins
/// @param languages in which the pages are offered; the first one is for browsers that ask for none
/// @param defaultModel the model that is meant where none is named; null where none is set
/// @param activation what a customer does who has got value, as a condition; empty where it is not
///   said
/// @param silenceDays without activity after which a customer counts as gone silent
/// @param sessionMinutes the longest pause that does not end a session
/// @param bounceLine the percent above which a bounce rate is told as high
/// @param url where people reach the pages; empty for where the server listens
/// @param proxies addresses whose word on whom they speak for is believed
/// @param version of this program
public record Setup(
    ZoneId zone,
    DayOfWeek weekStart,
    Set<String> personal,
    Map<String, Integer> retention,
    int rejectedDays,
    int rejectedMegabytes,
    LocalTime nightlyAt,
    List<String> languages,
    @Nullable String defaultModel,
    String activation,
    int silenceDays,
    int sessionMinutes,
    int bounceLine,
    String url,
    List<String> proxies,
    String version) {}
