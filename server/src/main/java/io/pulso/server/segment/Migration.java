package io.pulso.server.segment;

import io.pulso.engine.model.Band;
import io.pulso.engine.model.Model;
import io.pulso.engine.score.Bands;
import io.pulso.server.event.InputException;
import io.pulso.server.score.Crowd;
import io.pulso.server.score.Crowds;
import io.pulso.server.score.InUse;
import io.pulso.server.store.View;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How customers moved between the bands of two days.
///
/// @param from the bands of the first day's version
/// @param to those of the last day's
/// @param counts by band of the first day and then of the last
/// @param came how many with a score on the last day alone, by its bands
/// @param gone how many with a score on the first day alone, by its bands
@SuppressWarnings("ArrayRecordComponent") // counts by place
public record Migration(
    int first, int last, List<Band> from, List<Band> to, int[][] counts, int[] came, int[] gone) {
  /// Between the ends of two days.
  ///
  /// @param among the numbers of those who count; null for all
  public static Migration of(
      View view, Crowds.InForce models, int first, int last, @Nullable BitSet among) {
    if (first >= last) {
      throw new InputException("the first day must lie before the last one");
    }
    List<Band> from = bands(models, first);
    List<Band> to = bands(models, last);
    Map<Integer, Long> before = scores(view, models, first, among);
    Map<Integer, Long> after = scores(view, models, last, among);
    Bands lower = Bands.of(from);
    Bands upper = Bands.of(to);
    int[][] counts = new int[from.size()][to.size()];
    int[] gone = new int[from.size()];
    int[] came = new int[to.size()];
    before.forEach((customer, score) -> {
      Long now = after.get(customer);
      if (now == null) {
        gone[lower.index(score)]++;
      } else {
        counts[lower.index(score)][upper.index(now)]++;
      }
    });
    after.forEach((customer, score) -> {
      if (!before.containsKey(customer)) {
        came[upper.index(score)]++;
      }
    });
    return new Migration(first, last, from, to, counts, came, gone);
  }

  private static List<Band> bands(Crowds.InForce models, int day) {
    InUse use = models.on(Model.Subject.CUSTOMER, day);
    if (use == null) {
      throw new InputException("no model scores customers");
    }
    return use.model().bands();
  }

  private static Map<Integer, Long> scores(
      View view, Crowds.InForce models, int day, @Nullable BitSet among) {
    Crowd crowd = new Crowds(view, Model.Subject.CUSTOMER, models, day, day).on(day);
    Map<Integer, Long> found = new HashMap<>();
    for (int row = 0; row < crowd.size(); row++) {
      Long score = crowd.score(row);
      int number = crowd.number(row);
      if (score != null && (among == null || among.get(number))) {
        found.put(number, score);
      }
    }
    return found;
  }
}
