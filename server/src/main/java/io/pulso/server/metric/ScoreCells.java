package io.pulso.server.metric;

import io.pulso.engine.metric.Cell;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Place;
import io.pulso.engine.metric.Stat;
import io.pulso.engine.model.Band;
import io.pulso.engine.score.Distribution;
import io.pulso.engine.score.Kernel;
import io.pulso.server.score.Crowd;
import io.pulso.server.score.Crowds;
import io.pulso.server.score.InUse;
import io.pulso.server.score.Responses;
import io.pulso.server.store.CountedDays;
import io.pulso.server.store.DailyCounts;
import io.pulso.server.store.View;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the scores of customers come to at the ends of periods. Of a period that is not over the
/// scores of today are told, and none of one that has not begun. Of everybody on days that are over
/// it is taken from the stored counts, or kept once it is found.
final class ScoreCells {
  private final View view;
  private final DayCache<Version, Standing> kept;
  private final Audience audience;
  private final int today;
  private final @Nullable BitSet among;
  private @Nullable Map<Integer, DailyCounts.Scores> stored;
  private @Nullable Responses responses;

  /// The version of a model that scores a day.
  ///
  /// @param index whether contacts were looked at
  record Version(String model, String version, String hash, boolean index) {
    static Version of(InUse use, boolean index) {
      return new Version(use.model().name(), use.version(), use.model().hash(), index);
    }
  }

  /// What the scores of a day come to.
  ///
  /// @param total their sum in milli-points
  /// @param middle the sum of the two in the middle, or twice the one
  /// @param responsive null where contacts were not looked at
  record Standing(
      long all, BigDecimal total, long middle, long engaged, @Nullable Long responsive) {
    private static final Standing NONE = new Standing(0, BigDecimal.ZERO, 0, 0, 0L);

    Cell cell(Stat stat) {
      return switch (stat) {
        case SCORE_MEAN -> Cell.sum(all, total.movePointLeft(3));
        case SCORE_MEDIAN -> Cell.sum(all, BigDecimal.valueOf(middle, 3));
        case SCORE_CUSTOMERS -> Cell.count(all);
        case SCORE_ENGAGED -> Cell.sum(all, BigDecimal.valueOf(engaged));
        case INDEX_ENGAGED -> tenths(0);
        case INDEX_RESPONSIVE -> tenths(1);
        case INDEX_DISENGAGED -> tenths(2);
        case ACCOUNTS_DAY, ACCOUNTS_WEEK, ACCOUNTS_MONTH, ACCOUNTS_STICKINESS ->
            throw new IllegalArgumentException(stat.word());
      };
    }

    private Cell tenths(int which) {
      long some = Objects.requireNonNull(responsive);
      return Cell.sum(all, BigDecimal.valueOf(index(engaged, some, all)[which]));
    }
  }

  /// @param among the numbers of those who count; null for all
  ScoreCells(
      View view,
      DayCache<Version, Standing> kept,
      Audience audience,
      int today,
      @Nullable BitSet among) {
    this.view = view;
    this.kept = kept;
    this.audience = audience;
    this.today = today;
    this.among = among;
  }

  Map<Place, Cell> of(Stat stat, List<Period> periods) {
    List<Period> begun = periods.stream().filter(period -> period.first() <= today).toList();
    if (begun.isEmpty()) {
      return Map.of();
    }
    int first = day(begun.getFirst());
    int last = day(begun.getLast());
    Crowds crowds = audience.crowds(first, last);
    CountedDays counted = view.counts().days();
    Map<Place, Cell> cells = new HashMap<>();
    for (Period period : begun) {
      Standing standing = standing(crowds, counted, day(period), first, last, isIndex(stat));
      cells.put(new Place(period.first(), null), standing.cell(stat));
    }
    return cells;
  }

  private int day(Period period) {
    return Math.min(period.last(), today);
  }

  private static boolean isIndex(Stat stat) {
    return stat == Stat.INDEX_ENGAGED
        || stat == Stat.INDEX_RESPONSIVE
        || stat == Stat.INDEX_DISENGAGED;
  }

  private Standing standing(
      Crowds crowds, CountedDays counted, int day, int first, int last, boolean index) {
    InUse use = crowds.use(day);
    if (use == null) {
      return Standing.NONE;
    }
    if (among != null) {
      return find(crowds.on(day), index ? responses(first, last) : null);
    }
    Standing known = stored(use, day, first);
    if (index && known != null && known.responsive() == null) {
      known = null;
    }
    if (known == null) {
      known = kept.get(Version.of(use, index), counted, day);
    }
    if (known == null) {
      known = find(crowds.on(day), index ? responses(first, last) : null);
      kept.put(Version.of(use, index), counted, day, known);
    }
    return known;
  }

  /// As it was counted when the day was over; null where that is not there or no longer right.
  private @Nullable Standing stored(InUse use, int day, int first) {
    Map<Integer, DailyCounts.Scores> days = stored;
    if (days == null) {
      days = new HashMap<>();
      for (DailyCounts.Scores each : view.counts().scores(use.model().name(), first)) {
        days.put(each.day(), each);
      }
      stored = days;
    }
    DailyCounts.Scores found = day < today ? days.get(day) : null;
    return found != null && found.isOf(use.model(), use.version())
        ? new Standing(
            found.scored(),
            found.total(),
            found.middle(),
            found.in(use.model().engagedBands()),
            found.responsive())
        : null;
  }

  private Responses responses(int first, int last) {
    Responses found = responses;
    if (found == null) {
      found = Responses.read(view, first, last);
      responses = found;
    }
    return found;
  }

  /// @param contacts null where they are not looked at
  private Standing find(Crowd crowd, @Nullable Responses contacts) {
    long[] scores = new long[crowd.size()];
    Arrays.fill(scores, Kernel.NONE);
    long engaged = 0;
    long responsive = 0;
    for (int row = 0; row < crowd.size(); row++) {
      Long score = crowd.score(row);
      int number = crowd.number(row);
      if (score != null && (among == null || among.get(number))) {
        scores[row] = score;
        Band band = crowd.band(row);
        boolean good = band != null && band.engaged();
        engaged += good ? 1 : 0;
        responsive += !good && contacts != null && contacts.isAnswered(number, crowd.day()) ? 1 : 0;
      }
    }
    Distribution spread = Distribution.of(scores);
    return new Standing(
        spread.size(),
        new BigDecimal(spread.total()),
        spread.middle(),
        engaged,
        contacts == null ? null : (Long) responsive);
  }

  /// Tenths of a percent that add up to a thousand: those with the largest remainders are rounded
  /// up, the first ones where remainders are the same.
  static long[] index(long engaged, long responsive, long all) {
    if (all == 0) {
      return new long[3];
    }
    long[] counts = {engaged, responsive, all - engaged - responsive};
    long[] tenths = new long[3];
    long left = 1000;
    for (int i = 0; i < counts.length; i++) {
      tenths[i] = counts[i] * 1000 / all;
      left -= tenths[i];
    }
    for (; left > 0; left--) {
      int most = 0;
      for (int i = 1; i < counts.length; i++) {
        if (rest(counts[i], tenths[i], all) > rest(counts[most], tenths[most], all)) {
          most = i;
        }
      }
      tenths[most]++;
    }
    return tenths;
  }

  private static long rest(long count, long tenths, long all) {
    return count * 1000 - tenths * all;
  }
}
