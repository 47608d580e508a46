package io.pulso.engine.score;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/// How scores are spread.
public final class Distribution {
  /// The scores of all that have one, ascending.
  private final long[] sorted;

  private Distribution(long[] sorted) {
    this.sorted = sorted;
  }

  /// Of scores in milli-points; subjects without one are left out.
  public static Distribution of(long[] scores) {
    long[] sorted = Arrays.stream(scores).filter(Kernel::isScore).toArray();
    Arrays.parallelSort(sorted);
    return new Distribution(sorted);
  }

  public int size() {
    return sorted.length;
  }

  /// In milli-points, rounded half away from zero.
  public OptionalLong mean() {
    if (sorted.length == 0) {
      return OptionalLong.empty();
    }
    BigDecimal mean =
        new BigDecimal(total()).divide(BigDecimal.valueOf(sorted.length), 0, RoundingMode.HALF_UP);
    return OptionalLong.of(mean.longValueExact());
  }

  /// The sum of all, in milli-points.
  public BigInteger total() {
    BigInteger sum = BigInteger.ZERO;
    for (int from = 0; from < sorted.length; from += 1000) {
      sum = sum.add(BigInteger.valueOf(sum(from, Math.min(from + 1000, sorted.length))));
    }
    return sum;
  }

  private long sum(int from, int to) {
    return Arrays.stream(sorted, from, to).sum();
  }

  /// The middle score, or the mean of the two in the middle, rounded half away from zero.
  public OptionalLong median() {
    if (sorted.length == 0) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Rounding.divide(middle(), 2));
  }

  /// The sum of the two scores in the middle, or twice the one; 0 of none.
  public long middle() {
    if (sorted.length == 0) {
      return 0;
    }
    int middle = sorted.length / 2;
    long high = sorted[middle];
    return high + (sorted.length % 2 == 0 ? sorted[middle - 1] : high);
  }

  /// A bar of a histogram: how many scores are from `from` (included) to `to` (excluded). The first
  /// bar also has all lower scores and the last all higher ones.
  public record Bar(long from, long to, int count) {}

  /// At most so many bars of one width, which is 1, 2 or 5 times a power of ten milli-points. They
  /// reach over the middle 99 % of the scores, so that a few far away do not flatten the rest.
  public List<Bar> histogram(int most) {
    if (sorted.length == 0) {
      return List.of();
    }
    long low = sorted[(int) (sorted.length * 5L / 1000)];
    long high = sorted[(int) (sorted.length - 1 - sorted.length * 5L / 1000)];
    long width = width(low, high, most);
    long first = Math.floorDiv(low, width);
    int bars = Math.toIntExact(Math.floorDiv(high, width) - first + 1);
    int[] counts = new int[bars];
    for (long score : sorted) {
      counts[Math.clamp(Math.floorDiv(score, width) - first, 0, bars - 1)]++;
    }
    List<Bar> histogram = new ArrayList<>();
    for (int bar = 0; bar < bars; bar++) {
      histogram.add(new Bar((first + bar) * width, (first + bar + 1) * width, counts[bar]));
    }
    return histogram;
  }

  /// About so many bins, each of which belongs to one band.
  public List<Histogram.Bin> histogram(Bands bands, int most) {
    return Histogram.of(sorted, bands, most);
  }

  private static long width(long low, long high, int most) {
    long width = 1;
    for (int step = 0; Math.floorDiv(high, width) - Math.floorDiv(low, width) >= most; step++) {
      width = step % 3 == 1 ? width / 2 * 5 : width * 2;
    }
    return width;
  }
}
