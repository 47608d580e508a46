package io.pulso.engine.metric;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How long things last of which some have not ended yet: the product-limit estimate (E. L. Kaplan
/// and P. Meier 1958, J. Am. Stat. Assoc. 53, 457-481). Durations are whole numbers of any unit.
public final class Survival {
  /// Shares that differ by less are equal.
  private static final double NEAR = 1e-12;

  /// Each duration times two, and one more where it had not ended; sorted once it is asked.
  private long[] keys = new long[16];

  private int size;
  private boolean sorted = true;

  /// A duration.
  ///
  /// @param ended whether it is over; else it lasted at least so long
  public void add(long duration, boolean ended) {
    if (duration < 0) {
      throw new IllegalArgumentException("a duration of " + duration);
    }
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, size * 2);
    }
    keys[size++] = duration * 2 + (ended ? 0 : 1);
    sorted = false;
  }

  /// How many durations there are, ended or not.
  public int size() {
    return size;
  }

  /// How many have ended.
  public int ended() {
    int n = 0;
    for (int i = 0; i < size; i++) {
      n += (keys[i] & 1) == 0 ? 1 : 0;
    }
    return n;
  }

  /// Takes the course of the estimate, at each duration at which anything ended, in order.
  @FunctionalInterface
  public interface Steps {
    /// Takes one.
    ///
    /// @param share of all that last longer
    /// @return whether to go on
    boolean step(long duration, double share);
  }

  /// Tells the course of the estimate. Between two durations that were not ended nothing is
  /// multiplied, so that without any of those each share is one exact quotient.
  public void course(Steps to) {
    sort();
    double base = 1;
    int atStart = size;
    int i = 0;
    while (i < size) {
      long duration = keys[i] >> 1;
      int j = i;
      while (j < size && keys[j] == duration * 2) {
        j++;
      }
      int left = size - j;
      double share = base * left / atStart;
      if (j > i && !to.step(duration, share)) {
        return;
      }
      int k = j;
      while (k < size && keys[k] >> 1 == duration) {
        k++;
      }
      if (k > j) {
        base = share;
        atStart = size - k;
      }
      i = k;
    }
  }

  private void sort() {
    if (!sorted) {
      Arrays.sort(keys, 0, size);
      sorted = true;
    }
  }

  /// The share that lasts longer than a duration.
  public double at(long duration) {
    double[] share = {1};
    course((at, left) -> {
      if (at <= duration) {
        share[0] = left;
      }
      return at <= duration;
    });
    return share[0];
  }

  /// The duration within which a share of all ends: the first one at which fewer than the rest are
  /// left, or the middle of the stretch in which exactly the rest are left. Null where it is not
  /// reached.
  ///
  /// @param part between 0 and 1, such as 0.5 for the median
  public @Nullable Double quantile(double part) {
    double rest = 1 - part;
    double[] found = {Double.NaN, Double.NaN};
    course((at, left) -> {
      if (!Double.isNaN(found[0])) {
        found[1] = at;
        return false;
      }
      if (left < rest - NEAR) {
        found[0] = at;
        found[1] = at;
        return false;
      }
      if (left <= rest + NEAR) {
        found[0] = at;
      }
      return true;
    });
    if (Double.isNaN(found[0])) {
      return null;
    }
    return Double.isNaN(found[1]) ? (Double) found[0] : (Double) ((found[0] + found[1]) / 2);
  }

  /// The mean of what lies up to the longest duration: the area below the course. Null without any
  /// duration.
  public @Nullable Double mean() {
    if (size == 0) {
      return null;
    }
    sort();
    double[] sum = {0};
    double[] last = {0, 1};
    course((at, left) -> {
      sum[0] += (at - last[0]) * last[1];
      last[0] = at;
      last[1] = left;
      return true;
    });
    return sum[0] + ((keys[size - 1] >> 1) - last[0]) * last[1];
  }

  /// The quantile of those that have ended, linear between the two order statistics around the
  /// place; null where none has.
  public @Nullable Double ofEnded(double part) {
    sort();
    long[] ended = new long[size];
    int n = 0;
    for (int i = 0; i < size; i++) {
      if ((keys[i] & 1) == 0) {
        ended[n++] = keys[i] >> 1;
      }
    }
    if (n == 0) {
      return null;
    }
    double place = (n - 1) * part;
    int below = (int) Math.floor(place + NEAR);
    double rest = Math.max(0, place - below);
    return below + 1 < n
        ? ended[below] + (ended[below + 1] - ended[below]) * (rest < NEAR ? 0 : rest)
        : (double) ended[below];
  }

  /// The mean of those that have ended; null where none has.
  public @Nullable Double meanOfEnded() {
    long sum = 0;
    int n = 0;
    for (int i = 0; i < size; i++) {
      if ((keys[i] & 1) == 0) {
        sum = Math.addExact(sum, keys[i] >> 1);
        n++;
      }
    }
    return n == 0 ? null : (Double) ((double) sum / n);
  }
}
