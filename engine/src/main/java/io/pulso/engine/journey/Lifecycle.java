package io.pulso.engine.journey;

import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.SubjectDays;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// Who is new, stays, comes back or falls silent, from period to period.
public final class Lifecycle {
  private Lifecycle() {}

  /// What somebody is in a period.
  public enum Kind {
    FRESH,
    RETURNING,
    RESURRECTING,
    DORMANT
  }

  /// A period.
  ///
  /// @param fresh active for the first time ever
  /// @param returning active in the period and in the one before
  /// @param resurrecting active in the period and earlier, but not in the one before
  /// @param dormant active in the period before and not in this one
  /// @param existing whether those who are new may have been there before all data
  /// @param complete whether it has wholly passed
  public record Stage(
      Period period,
      long fresh,
      long returning,
      long resurrecting,
      long dormant,
      boolean existing,
      boolean complete) {
    /// All who were active.
    public long active() {
      return fresh + returning + resurrecting;
    }

    /// How many are of a kind.
    public long count(Kind kind) {
      return switch (kind) {
        case FRESH -> fresh;
        case RETURNING -> returning;
        case RESURRECTING -> resurrecting;
        case DORMANT -> dormant;
      };
    }
  }

  /// Who is of a kind in a period.
  ///
  /// @param active days on which subjects were active; all since the first data
  /// @param who which subjects count
  /// @param before the period before it
  public static BitSet who(
      SubjectDays active, IntPredicate who, Period period, Period before, Kind kind) {
    BitSet found = new BitSet();
    for (int subject = 0; subject < active.subjects(); subject++) {
      if (!active.isEmpty(subject)
          && who.test(subject)
          && kind == kind(active, subject, period, before)) {
        found.set(subject);
      }
    }
    return found;
  }

  private static @Nullable Kind kind(
      SubjectDays active, int subject, Period period, Period before) {
    boolean then = active.isWithin(subject, before.first(), before.last());
    if (!active.isWithin(subject, period.first(), period.last())) {
      return then ? Kind.DORMANT : null;
    }
    if (active.first(subject) >= period.first()) {
      return Kind.FRESH;
    }
    return then ? Kind.RETURNING : Kind.RESURRECTING;
  }

  /// What each subject was in each period.
  ///
  /// @param active days on which subjects were active; all since the first data
  /// @param who which subjects count
  /// @param periods in order, each beginning on the day after the one before
  /// @param before the period before all of them
  /// @param today the day that is not over yet
  /// @param begun the first day with data
  public static List<Stage> stages(
      SubjectDays active,
      IntPredicate who,
      List<Period> periods,
      Period before,
      int today,
      int begun) {
    int n = periods.size();
    List<Period> all = new ArrayList<>();
    all.add(before);
    all.addAll(periods);
    Days days = new Days(all);
    long[][] counts = new long[4][n + 2];
    for (int subject = 0; subject < active.subjects(); subject++) {
      if (!active.isEmpty(subject) && who.test(subject)) {
        count(active, subject, days, counts, n);
      }
    }
    List<Stage> stages = new ArrayList<>();
    for (int i = 1; i <= n; i++) {
      Period period = periods.get(i - 1);
      stages.add(
          new Stage(
              period,
              counts[0][i],
              counts[1][i],
              counts[2][i],
              counts[3][i],
              period.first() < begun + Retention.EXISTING_DAYS,
              period.last() < today));
    }
    return stages;
  }

  /// Places are one higher than those of the periods, since there is one before them.
  private static void count(SubjectDays active, int subject, Days days, long[][] counts, int n) {
    int last = Integer.MIN_VALUE;
    boolean first = true;
    for (int day = active.first(subject);
        day != SubjectDays.NEVER;
        day = active.next(subject, day + 1)) {
      int place = days.place(day);
      if (place > n) {
        break;
      }
      if (place != last || first) {
        if (place >= 0) {
          counts[first ? 0 : place == last + 1 && last >= 0 ? 1 : 2][place]++;
        }
        if (!first && last >= 0 && place > last + 1) {
          counts[3][last + 1]++;
        }
        first = false;
        last = place;
      }
    }
    if (!first && last >= 0 && last < n) {
      counts[3][last + 1]++;
    }
  }
}
