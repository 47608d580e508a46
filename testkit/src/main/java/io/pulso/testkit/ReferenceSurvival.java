package io.pulso.testkit;

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
