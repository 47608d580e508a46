package io.pulso.server.summary;

import io.pulso.server.store.DailyCounts;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// How many identified customers, or accounts, were active on completed days.
///
/// @param days in order; some may be missing
public record Active(List<DailyCounts.Active> days) {
  /// The days of the monthly count.
  public static final int MONTH = 30;

  public Active {
    days = List.copyOf(days);
  }

  /// The mean over the days of a period of those active on the day by those of 30 days, as the
  /// metric `stickiness` has it; null where nobody was active, or a day is not counted.
  ///
  /// @param last the last day of the period
  /// @param length how many days it has
  public @Nullable Double stickiness(int last, int length) {
    List<DailyCounts.Active> period =
        days.stream().filter(day -> last - length < day.day() && day.day() <= last).toList();
    if (period.size() < length) {
      return null;
    }
    OptionalDouble mean =
        period.stream()
            .filter(day -> day.month() > 0)
            .mapToDouble(day -> (double) day.active() / day.month())
            .average();
    return mean.isPresent() ? mean.getAsDouble() : null;
  }
}
