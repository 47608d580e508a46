package io.pulso.server.metric;

import io.pulso.engine.metric.Cell;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Place;
import io.pulso.engine.metric.Stat;
import io.pulso.engine.model.Band;
import io.pulso.engine.score.RollUp;
import io.pulso.engine.sql.ContactSql;
import io.pulso.server.score.Crowd;
import io.pulso.server.score.Crowds;
import io.pulso.server.store.View;
import java.math.BigDecimal;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the scores of customers come to at the ends of periods. Of a period that is not over the
/// scores of today are told, and none of one that has not begun.
final class ScoreCells {
  /// Days in which contacts are looked at.
  private static final int CONTACT_DAYS = 30;

  private final View view;
  private final Audience audience;
  private final int today;
  private final @Nullable BitSet among;

  /// @param among the numbers of those who count; null for all
  ScoreCells(View view, Audience audience, int today, @Nullable BitSet among) {
    this.view = view;
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
    RollUp answered =
        isIndex(stat)
            ? view.facts().answered(first - CONTACT_DAYS + 1, last - ContactSql.ANSWER_DAYS)
            : RollUp.empty(0);
    Map<Place, Cell> cells = new HashMap<>();
    for (Period period : begun) {
      Crowd crowd = crowds.on(day(period));
      cells.put(new Place(period.first(), null), cell(stat, crowd, answered));
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

  private Cell cell(Stat stat, Crowd crowd, RollUp answered) {
    TreeMap<Long, Long> scores = new TreeMap<>();
    long engaged = 0;
    long responsive = 0;
    long all = 0;
    for (int row = 0; row < crowd.size(); row++) {
      Long score = crowd.score(row);
      int number = crowd.number(row);
      if (score == null || (among != null && !among.get(number))) {
        continue;
      }
      all++;
      Band band = crowd.band(row);
      boolean good = band != null && band.engaged();
      engaged += good ? 1 : 0;
      responsive += !good && isIndex(stat) && answers(answered, number, crowd.day()) ? 1 : 0;
      if (stat == Stat.SCORE_MEAN || stat == Stat.SCORE_MEDIAN) {
        scores.merge(score, 1L, Long::sum);
      }
    }
    long[] index = index(engaged, responsive, all);
    return switch (stat) {
      case SCORE_MEAN, SCORE_MEDIAN -> Cell.of(scores);
      case SCORE_CUSTOMERS -> Cell.count(all);
      case SCORE_ENGAGED -> Cell.sum(all, BigDecimal.valueOf(engaged));
      case INDEX_ENGAGED -> Cell.sum(all, BigDecimal.valueOf(index[0]));
      case INDEX_RESPONSIVE -> Cell.sum(all, BigDecimal.valueOf(index[1]));
      case INDEX_DISENGAGED -> Cell.sum(all, BigDecimal.valueOf(index[2]));
      case ACCOUNTS_DAY, ACCOUNTS_WEEK, ACCOUNTS_MONTH, ACCOUNTS_STICKINESS ->
          throw new IllegalArgumentException(stat.word());
    };
  }

  /// Whether one answered a contact that is due.
  private static boolean answers(RollUp answered, int number, int day) {
    if (number >= answered.subjects()) {
      return false;
    }
    for (int row = answered.from(number); row < answered.to(number); row++) {
      int at = answered.day(row);
      if (at > day - CONTACT_DAYS && at <= day - ContactSql.ANSWER_DAYS) {
        return true;
      }
    }
    return false;
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
