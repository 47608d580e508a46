package io.pulso.testkit;

import io.pulso.engine.metric.Figure;
import io.pulso.engine.metric.Measure;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// How long things last of which some have not ended, in exact fractions.
final class ReferenceSurvival {
  private record One(long duration, boolean ended) {}

  private final List<One> all = new ArrayList<>();

  void add(long duration, boolean ended) {
    all.add(new One(duration, ended));
  }

  long ended() {
    return all.stream().filter(One::ended).count();
  }

  @Nullable Double seconds(@Nullable BigDecimal micros) {
    return micros == null ? null : (Double) micros.movePointLeft(6).doubleValue();
  }

  /// The first duration at which fewer than the rest are left, or the middle of the stretch in
  /// which exactly the rest are left.
  @Nullable BigDecimal quantile(int percent) {
    TreeSet<Long> ends = new TreeSet<>();
    all.stream().filter(One::ended).forEach(one -> ends.add(one.duration()));
    BigInteger above = BigInteger.ONE;
    BigInteger below = BigInteger.ONE;
    for (long duration : ends) {
      long atRisk = all.stream().filter(one -> one.duration() >= duration).count();
      long now = all.stream().filter(one -> one.ended() && one.duration() == duration).count();
      above = above.multiply(BigInteger.valueOf(atRisk - now));
      below = below.multiply(BigInteger.valueOf(atRisk));
      int compared =
          above
              .multiply(BigInteger.valueOf(100))
              .compareTo(below.multiply(BigInteger.valueOf(100 - percent)));
      if (compared == 0) {
        Long next = ends.higher(duration);
        return BigDecimal.valueOf(next == null ? duration : duration + next)
            .divide(BigDecimal.valueOf(next == null ? 1 : 2), MathContext.DECIMAL128);
      }
      if (compared < 0) {
        return BigDecimal.valueOf(duration);
      }
    }
    return null;
  }

  /// What is told of all, in seconds.
  ///
  /// @param unit of the durations, in microseconds
  Figure figure(Measure.Tell tell, long unit) {
    BigDecimal value =
        switch (tell) {
          case MEDIAN -> quantile(50);
          case P90 -> quantile(90);
          case MEAN -> mean();
          case FINISHED_MEDIAN -> quantileOfEnded(50);
          case FINISHED_P90 -> quantileOfEnded(90);
          case FINISHED_MEAN -> meanOfEnded();
        };
    return new Figure(
        value == null ? null : seconds(value.multiply(BigDecimal.valueOf(unit))), all.size(), null);
  }

  /// The share that is left after each duration, times how long it is left, up to the longest one.
  private @Nullable BigDecimal mean() {
    if (all.isEmpty()) {
      return null;
    }
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal left = BigDecimal.ONE;
    long before = 0;
    for (long duration : new TreeSet<>(all.stream().map(One::duration).toList())) {
      sum = sum.add(left.multiply(BigDecimal.valueOf(duration - before)));
      long atRisk = all.stream().filter(one -> one.duration() >= duration).count();
      long now = all.stream().filter(one -> one.ended() && one.duration() == duration).count();
      left =
          left.multiply(BigDecimal.valueOf(atRisk - now))
              .divide(BigDecimal.valueOf(atRisk), MathContext.DECIMAL128);
      before = duration;
    }
    return sum;
  }

  private @Nullable BigDecimal quantileOfEnded(int percent) {
    List<Long> ends = all.stream().filter(One::ended).map(One::duration).sorted().toList();
    if (ends.isEmpty()) {
      return null;
    }
    BigDecimal place =
        BigDecimal.valueOf(ends.size() - 1L).multiply(BigDecimal.valueOf(percent, 2));
    int below = place.intValue();
    long at = ends.get(below);
    long next = below + 1 < ends.size() ? ends.get(below + 1) : at;
    return BigDecimal.valueOf(at)
        .add(place.subtract(BigDecimal.valueOf(below)).multiply(BigDecimal.valueOf(next - at)));
  }

  private @Nullable BigDecimal meanOfEnded() {
    List<Long> ends = all.stream().filter(One::ended).map(One::duration).toList();
    return ends.isEmpty()
        ? null
        : BigDecimal.valueOf(ends.stream().mapToLong(end -> end).sum())
            .divide(BigDecimal.valueOf(ends.size()), MathContext.DECIMAL128);
  }

  @Nullable BigDecimal medianOfEnded() {
    List<Long> ends = all.stream().filter(One::ended).map(One::duration).sorted().toList();
    if (ends.isEmpty()) {
      return null;
    }
    int half = ends.size() / 2;
    return ends.size() % 2 == 1
        ? BigDecimal.valueOf(ends.get(half))
        : BigDecimal.valueOf(ends.get(half - 1) + ends.get(half))
            .divide(BigDecimal.valueOf(2), MathContext.DECIMAL128);
  }
}
