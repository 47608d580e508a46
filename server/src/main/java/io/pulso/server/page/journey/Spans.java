package io.pulso.server.page.journey;

import io.pulso.server.page.Visit;
import org.jspecify.annotations.Nullable;

/// Lengths of time as readers write them.
public final class Spans {
  private static final double MINUTE = 60;
  private static final double HOUR = 60 * MINUTE;
  private static final double DAY = 24 * HOUR;

  private Spans() {}

  /// Seconds in the greatest unit that they fill.
  public static String told(Visit visit, @Nullable Double seconds) {
    if (seconds == null) {
      return visit.t("frame.none");
    }
    double size = Math.abs(seconds);
    if (size < MINUTE) {
      return unit(visit, "journeys.s", seconds);
    }
    if (size < HOUR) {
      return unit(visit, "journeys.min", seconds / MINUTE);
    }
    return size < 2 * DAY
        ? unit(visit, "journeys.h", seconds / HOUR)
        : unit(visit, "journeys.d", seconds / DAY);
  }

  private static String unit(Visit visit, String key, double number) {
    return visit.t(key, "x", visit.figures().decimal(number, 1));
  }
}
