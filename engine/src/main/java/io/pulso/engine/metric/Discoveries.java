package io.pulso.engine.metric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Which of many differences are told as real, so that at most one in twenty of those told is
/// chance (Y. Benjamini and Y. Hochberg 1995, J. R. Statist. Soc. B 57, 289-300).
public final class Discoveries {
  /// The share of false ones among those told.
  public static final double RATE = 0.05;

  private Discoveries() {}

  /// Whether each is told.
  ///
  /// @param p of everything that was computed
  public static boolean[] of(List<Double> p) {
    Integer[] order =
        IntStream.range(0, p.size())
            .boxed()
            .sorted(Comparator.comparing(p::get))
            .toArray(Integer[]::new);
    int last = -1;
    for (int rank = 0; rank < order.length; rank++) {
      if (p.get(order[rank]) <= RATE * (rank + 1) / order.length) {
        last = rank;
      }
    }
    boolean[] told = new boolean[order.length];
    Arrays.stream(order).limit(last + 1L).forEach(i -> told[i] = true);
    return told;
  }
}
