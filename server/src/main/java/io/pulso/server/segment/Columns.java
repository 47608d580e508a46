package io.pulso.server.segment;

import io.pulso.engine.metric.Contrast;
import java.util.Arrays;
import java.util.BitSet;

/// The customers of two segments by place, and what they have.
final class Columns {
  private final int[] numbers;
  private final boolean[] one;
  private final boolean[] other;
  private int[] strata;

  /// @param numbers of everybody in either, ascending
  Columns(int[] numbers, BitSet one, BitSet other) {
    this.numbers = numbers;
    this.one = in(numbers, one);
    this.other = in(numbers, other);
    this.strata = new int[numbers.length];
  }

  private static boolean[] in(int[] numbers, BitSet some) {
    boolean[] found = new boolean[numbers.length];
    for (int place = 0; place < found.length; place++) {
      found[place] = some.get(numbers[place]);
    }
    return found;
  }

  void strata(int[] given) {
    strata = given;
  }

  int size() {
    return numbers.length;
  }

  int number(int place) {
    return numbers[place];
  }

  /// Negative for those in neither.
  int place(int number) {
    return Arrays.binarySearch(numbers, number);
  }

  BitSet all() {
    BitSet all = new BitSet();
    Arrays.stream(numbers).forEach(all::set);
    return all;
  }

  /// The members of the first segment, or of the other one.
  BitSet members(boolean first) {
    BitSet members = new BitSet();
    for (int place = 0; place < numbers.length; place++) {
      if (first ? one[place] : other[place]) {
        members.set(numbers[place]);
      }
    }
    return members;
  }

  boolean isIn(boolean first, int place) {
    return first ? one[place] : other[place];
  }

  double[] ones() {
    double[] ones = new double[numbers.length];
    Arrays.fill(ones, 1);
    return ones;
  }

  /// @param share whether `above` is 0 or 1, and at most what is below
  Contrast contrast(double[] above, double[] below, boolean share) {
    return Contrast.of(new Contrast.Columns(above, below, one, other, strata, share));
  }
}
