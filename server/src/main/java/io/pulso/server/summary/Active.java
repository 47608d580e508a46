package io.pulso.server.summary;

import io.pulso.server.store.DailyCounts;
import java.util.List;
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

  /// The mean of the daily counts of a period divided by the count of the 30 days up to its last
  /// day; null where nobody was active, or a day is not counted.
  ///
  /// @param last the last day of the period
  /// @param length how many days it has
  public @Nullable Double stickiness(int last, int length) {
    List<DailyCounts.Active> period =
        days.stream().filter(day -> last - length < day.day() && day.day() <= last).toList();
    if (period.size() < length || period.getLast().month() == 0) {
      return null;
    }
    long sum = period.stream().mapToLong(DailyCounts.Active::active).sum();
    return (double) sum / length / period.getLast().month();
  }
}
