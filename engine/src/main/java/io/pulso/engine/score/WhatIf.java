package io.pulso.engine.score;

import java.util.Arrays;
import java.util.List;

/// What another model, or another day, does to everybody: how many subjects are in each band before
/// and after, and how many go from which to which. Subjects without a score on either side are
/// counted apart.
public final class WhatIf {
  private final int columns;

  /// Subjects by band before and band after; the last row and column are for those without score.
  private final int[] moved;

  private WhatIf(int columns, int[] moved) {
    this.columns = columns;
    this.moved = moved;
  }

  /// Compares the scores of the same subjects.
  ///
  /// @param before milli-points, [Kernel#UNAVAILABLE], or [Kernel#NONE]
  public static WhatIf of(Bands from, long[] before, Bands to, long[] after) {
    if (before.length != after.length) {
      throw new IllegalArgumentException("scores of different subjects");
    }
    int columns = to.size() + 1;
    int[] moved = new int[(from.size() + 1) * columns];
    for (int subject = 0; subject < before.length; subject++) {
      moved[place(from, before[subject]) * columns + place(to, after[subject])]++;
    }
    return new WhatIf(columns, moved);
  }

  private static int place(Bands bands, long score) {
    return Kernel.isScore(score) ? bands.index(score) : bands.size();
  }

  /// How many subjects go from one band to another, by their places.
  public int moved(int from, int to) {
    return moved[from * columns + to];
  }

  /// How many subjects are in each band before; at the end those without a score.
  public List<Integer> before() {
    int[] counts = new int[moved.length / columns];
    Arrays.setAll(counts, this::row);
    return Arrays.stream(counts).boxed().toList();
  }

  /// How many subjects are in each band after; at the end those without a score.
  public List<Integer> after() {
    int[] counts = new int[columns];
    for (int i = 0; i < moved.length; i++) {
      counts[i % columns] += moved[i];
    }
    return Arrays.stream(counts).boxed().toList();
  }

  private int row(int from) {
    return Arrays.stream(moved, from * columns, (from + 1) * columns).sum();
  }
}
