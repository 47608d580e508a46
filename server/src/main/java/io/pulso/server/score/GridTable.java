package io.pulso.server.score;

import io.pulso.engine.model.Grid;
import io.pulso.engine.score.Kernel;
import io.pulso.server.event.InputException;
import io.pulso.server.store.View;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How well everybody fits against how engaged they are, on one day: a row for each subject that
/// both models score, sorted by id as UTF-8 bytes.
///
/// @param objected how many have no row because they objected to being scored
/// @param fits milli-points, [Kernel#UNAVAILABLE] where there is none; so are `engagements`
@SuppressWarnings("ArrayRecordComponent") // columns of many rows
public record GridTable(
    Grid grid,
    InUse fit,
    InUse engagement,
    int asOf,
    int objected,
    String[] ids,
    long[] fits,
    long[] engagements) {

  /// Looks at a day.
  ///
  /// @param all anonymous visitors too
  public static GridTable of(
      View view, Grid grid, InUse fit, InUse engagement, int asOf, boolean all) {
    if (fit.model().subject() != engagement.model().subject()) {
      throw new InputException(
          "the models of the grid, '%s' and '%s', score different subjects: name two of customers or two of accounts"
              .formatted(fit.model().name(), engagement.model().name()));
    }
    ScoreTable left = new Scoring(view).table(fit, asOf, all);
    ScoreTable right = new Scoring(view).table(engagement, asOf, all);
    long[] byNumber = new long[1 + Arrays.stream(left.numbers()).max().orElse(-1)];
    Arrays.fill(byNumber, Kernel.NONE);
    for (int row = 0; row < left.size(); row++) {
      byNumber[left.numbers()[row]] = left.scores()[row];
    }
    String[] ids = new String[right.size()];
    long[] fits = new long[right.size()];
    long[] engagements = new long[right.size()];
    int size = 0;
    for (int row = 0; row < right.size(); row++) {
      int number = right.numbers()[row];
      if (number < byNumber.length && byNumber[number] != Kernel.NONE) {
        ids[size] = right.ids()[row];
        fits[size] = byNumber[number];
        engagements[size++] = right.scores()[row];
      }
    }
    return new GridTable(
        grid,
        fit,
        engagement,
        asOf,
        new Scoring(view).objected(engagement, asOf, all),
        Arrays.copyOf(ids, size),
        Arrays.copyOf(fits, size),
        Arrays.copyOf(engagements, size));
  }

  public int size() {
    return ids.length;
  }

  /// The cell of a row; null where one of its scores is unavailable.
  public @Nullable String cell(int row) {
    return Kernel.isScore(fits[row]) && Kernel.isScore(engagements[row])
        ? grid.cell(fits[row], engagements[row])
        : null;
  }

  /// How many are in each cell, from `A1` to `C3`.
  public Map<String, Integer> cells() {
    Map<String, Integer> counts = new TreeMap<>();
    for (String letter : new String[] {"A", "B", "C"}) {
      for (int digit = 1; digit <= 3; digit++) {
        counts.put(letter + digit, 0);
      }
    }
    for (int row = 0; row < size(); row++) {
      String cell = cell(row);
      if (cell != null) {
        counts.merge(cell, 1, Integer::sum);
      }
    }
    return counts;
  }
}
