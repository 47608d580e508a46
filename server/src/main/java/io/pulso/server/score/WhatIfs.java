package io.pulso.server.score;

import io.pulso.engine.score.Bands;
import io.pulso.engine.score.Kernel;
import io.pulso.engine.score.Movers;
import io.pulso.engine.score.WhatIf;
import io.pulso.server.event.InputException;
import io.pulso.server.store.View;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// What another model would do to everybody's scores of a day.
public final class WhatIfs {
  private static final int MOVERS = 10;

  private final View view;

  public WhatIfs(View view) {
    this.view = view;
  }

  /// The scores of the same subjects under two models.
  ///
  /// @param ids of everybody that one of the models scores; movers are places in it
  /// @param numbers theirs in the store
  /// @param before milli-points, [Kernel#UNAVAILABLE], or [Kernel#NONE]
  @SuppressWarnings("ArrayRecordComponent")
  public record Comparison(
      InUse from,
      InUse to,
      int asOf,
      String[] ids,
      int[] numbers,
      long[] before,
      long[] after,
      WhatIf bands,
      Movers movers) {

    /// How many have another score, or have one under one of the models only.
    public long changed() {
      long changed = 0;
      for (int i = 0; i < ids.length; i++) {
        changed += before[i] == after[i] ? 0 : 1;
      }
      return changed;
    }
  }

  /// Scores everybody under both.
  ///
  /// @param all anonymous visitors too, not only identified customers
  public Comparison compare(InUse from, InUse to, int asOf, boolean all) {
    if (from.model().subject() != to.model().subject()) {
      throw new InputException(
          "the models score different kinds of subjects, customers and accounts: their scores cannot be compared");
    }
    Scoring scoring = new Scoring(view);
    ScoreTable old = scoring.table(from, asOf, all);
    ScoreTable now = scoring.table(to, asOf, all);
    Merge merge = new Merge(old, now);
    long[] before = merge.before();
    long[] after = merge.after();
    return new Comparison(
        from,
        to,
        asOf,
        merge.ids(),
        merge.numbers(),
        before,
        after,
        WhatIf.of(Bands.of(from.model()), before, Bands.of(to.model()), after),
        Movers.of(before, after, MOVERS));
  }

  /// Two tables brought together by subject; both are in the same order.
  private static final class Merge {
    private final String[] ids;
    private final int[] numbers;
    private final long[] before;
    private final long[] after;
    private int size;

    Merge(ScoreTable old, ScoreTable now) {
      int most = old.size() + now.size();
      ids = new String[most];
      numbers = new int[most];
      before = new long[most];
      after = new long[most];
      Map<Integer, Integer> places = new HashMap<>();
      for (int row = 0; row < now.size(); row++) {
        places.put(now.numbers()[row], row);
      }
      boolean[] seen = new boolean[now.size()];
      for (int row = 0; row < old.size(); row++) {
        Integer place = places.get(old.numbers()[row]);
        if (place != null) {
          seen[place] = true;
        }
        add(old, row, old.scores()[row], place == null ? Kernel.NONE : now.scores()[place]);
      }
      for (int row = 0; row < now.size(); row++) {
        if (!seen[row]) {
          add(now, row, Kernel.NONE, now.scores()[row]);
        }
      }
    }

    private void add(ScoreTable table, int row, long was, long is) {
      ids[size] = table.ids()[row];
      numbers[size] = table.numbers()[row];
      before[size] = was;
      after[size++] = is;
    }

    String[] ids() {
      return Arrays.copyOf(ids, size);
    }

    int[] numbers() {
      return Arrays.copyOf(numbers, size);
    }

    long[] before() {
      return Arrays.copyOf(before, size);
    }

    long[] after() {
      return Arrays.copyOf(after, size);
    }
  }
}
