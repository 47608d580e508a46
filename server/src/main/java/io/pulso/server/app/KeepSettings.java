package io.pulso.server.app;

import io.pulso.engine.yaml.Fields;
import io.pulso.engine.yaml.Yaml;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a workspace keeps and for how long: under `keep` in `pulso.yaml`.
///
/// @param nightlyAt when the nightly work begins, in the workspace's time zone
/// @param retention days that events of a source are kept; sources that are not named keep all
/// @param rejectedDays that rejected records are kept
/// @param rejectedMegabytes that they may take; beyond it the lane is thinned out
public record KeepSettings(
    LocalTime nightlyAt, Map<String, Integer> retention, int rejectedDays, int rejectedMegabytes) {
  static final KeepSettings USUAL = new KeepSettings(LocalTime.of(3, 0), Map.of(), 30, 1024);
  static final List<String> FIELDS =
      List.of("nightly_at", "retention", "rejected_days", "rejected_megabytes");
  private static final int MOST_DAYS = 36_500;
  private static final int MOST_MEGABYTES = 1_000_000;
  private static final int LONGEST = 200;

  /// The settings; what is wrong becomes a fault of the fields.
  ///
  /// @param fields null where there are none
  static KeepSettings read(@Nullable Fields fields) {
    if (fields == null) {
      return USUAL;
    }
    Integer days = fields.whole("rejected_days", 1, MOST_DAYS);
    Integer megabytes = fields.whole("rejected_megabytes", 1, MOST_MEGABYTES);
    return new KeepSettings(
        time(fields),
        retention(fields),
        days == null ? USUAL.rejectedDays() : days,
        megabytes == null ? USUAL.rejectedMegabytes() : megabytes);
  }

  private static LocalTime time(Fields fields) {
    String text = fields.text("nightly_at", LONGEST);
    if (text == null) {
      return USUAL.nightlyAt();
    }
    try {
      return LocalTime.parse(text);
    } catch (DateTimeException e) {
      fields.fault("nightly_at", "'%s' is no time of day; write one like 03:00".formatted(text));
      return USUAL.nightlyAt();
    }
  }

  private static Map<String, Integer> retention(Fields fields) {
    Yaml value = fields.get("retention");
    if (value == null) {
      return Map.of();
    }
    if (!(value instanceof Yaml.Mapping sources)) {
      fields.wrong("retention", "names of sources with days, such as {web: 400d}", value);
      return Map.of();
    }
    List<String> names = sources.entries().stream().map(Yaml.Entry::key).toList();
    Fields under = Fields.of(value, "retention", names, fields.faults());
    Map<String, Integer> found = new LinkedHashMap<>();
    if (under != null) {
      for (String name : names) {
        Integer days = under.days(name, 1, MOST_DAYS);
        if (days != null) {
          found.put(name, days);
        }
      }
    }
    return Map.copyOf(found);
  }
}
