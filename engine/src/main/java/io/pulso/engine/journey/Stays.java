package io.pulso.engine.journey;

import io.pulso.engine.metric.Period;
import java.util.ArrayList;
import java.util.List;

/// Who is a customer at the start and at the end of each of some periods, who came and who was
/// lost. Whoever joins on a day is a customer from its end on, whoever is lost on a day until its
/// end.
public final class Stays {
  /// The day on which somebody is lost who is not.
  public static final int NEVER = Integer.MAX_VALUE;

  private final List<Period> periods;
  private final Days days;
  private final long[] fresh;
  private final long[] resurrected;
  private final long[] lost;
  private final long[] lostOfStart;

  /// How many more there are at the start than at that of the period before.
  private final long[] starts;

  private final long[] ends;
  private final long[] kept;

  /// What became of the customers of a period. The start less those lost and with those new and
  /// resurrected is the end.
  ///
  /// @param lostOfStart those lost in the period who were there at its start
  /// @param kept those at the start who were not lost until the end
  public record Stay(
      Period period,
      long start,
      long lost,
      long lostOfStart,
      long fresh,
      long resurrected,
      long end,
      long kept) {}

  /// @param periods in order, each beginning on the day after the one before
  public Stays(List<Period> periods) {
    int n = periods.size();
    this.periods = List.copyOf(periods);
    this.days = new Days(periods);
    this.fresh = new long[n + 1];
    this.resurrected = new long[n + 1];
    this.lost = new long[n + 1];
    this.lostOfStart = new long[n + 1];
    this.starts = new long[n + 2];
    this.ends = new long[n + 2];
    this.kept = new long[n + 2];
  }

  /// Somebody is a customer from one day to another.
  ///
  /// @param end the day on which they are lost, not before the one on which they joined; [#NEVER]
  /// @param first whether they were none before
  public void add(int begin, int end, boolean first) {
    int n = periods.size();
    int joined = days.place(begin);
    int left = end == NEVER ? n : days.place(end);
    if (joined >= n || left < 0) {
      return;
    }
    if (joined >= 0) {
      (first ? fresh : resurrected)[joined]++;
    }
    if (left < n) {
      lost[left]++;
      if (left > joined) {
        lostOfStart[left]++;
      }
    }
    // At the start of the periods after the one of joining, up to the one in which they are lost.
    starts[joined + 1]++;
    starts[Math.min(left, n - 1) + 1]--;
    // At the end of those from the one of joining on, without the one in which they are lost.
    ends[Math.max(joined, 0)]++;
    ends[Math.max(left, 0)]--;
    kept[joined + 1]++;
    kept[Math.max(left, joined + 1)]--;
  }

  /// What became of the customers of each period.
  public List<Stay> told() {
    List<Stay> told = new ArrayList<>();
    long start = 0;
    long end = 0;
    long still = 0;
    for (int i = 0; i < periods.size(); i++) {
      start += starts[i];
      end += ends[i];
      still += kept[i];
      told.add(
          new Stay(
              periods.get(i),
              start,
              lost[i],
              lostOfStart[i],
              fresh[i],
              resurrected[i],
              end,
              still));
    }
    return told;
  }
}
