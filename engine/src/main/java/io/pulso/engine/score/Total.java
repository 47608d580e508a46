package io.pulso.engine.score;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What contributions come to with group caps, base, manual points and clamp.
///
/// @param groupCaps what each group's range takes or gives
/// @param score milli-points, or [Kernel#UNAVAILABLE]; then group caps and clamp are 0
record Total(List<Long> groupCaps, long clamp, long score) {
  private static final BigInteger GREATEST = BigInteger.valueOf(Plan.GREATEST_SCORE);

  static Total of(Plan plan, long[] contributions, long manual) {
    BigInteger sum = BigInteger.valueOf(plan.model().base()).add(BigInteger.valueOf(manual));
    BigInteger[] byGroup = new BigInteger[plan.groups.size()];
    Arrays.fill(byGroup, BigInteger.ZERO);
    for (int i = 0; i < contributions.length; i++) {
      BigInteger contribution = BigInteger.valueOf(contributions[i]);
      int group = plan.terms.get(i).group;
      sum = sum.add(contribution);
      if (group >= 0) {
        byGroup[group] = byGroup[group].add(contribution);
      }
    }
    BigInteger[] caps = new BigInteger[byGroup.length];
    for (int i = 0; i < byGroup.length; i++) {
      caps[i] = cut(byGroup[i], plan.groups.get(i)).subtract(byGroup[i]);
      sum = sum.add(caps[i]);
    }
    return of(caps, sum, cut(sum, plan.clamp));
  }

  private static Total of(BigInteger[] caps, BigInteger sum, BigInteger score) {
    BigInteger clamp = score.subtract(sum);
    boolean fits =
        clamp.bitLength() < 64 && Arrays.stream(caps).allMatch(cap -> cap.bitLength() < 64);
    return fits && score.abs().compareTo(GREATEST) <= 0
        ? new Total(
            Arrays.stream(caps).map(BigInteger::longValueExact).toList(),
            clamp.longValueExact(),
            score.longValueExact())
        : new Total(Arrays.stream(caps).map(_ -> 0L).toList(), 0, Kernel.UNAVAILABLE);
  }

  private static BigInteger cut(BigInteger number, Plan.Bound bound) {
    return number.max(BigInteger.valueOf(bound.min())).min(BigInteger.valueOf(bound.max()));
  }

  boolean isAvailable() {
    return score != Kernel.UNAVAILABLE;
  }

  /// The activity to blame for a score that is unavailable: the one that contributes most, either
  /// way.
  static @Nullable String culprit(Plan plan, long[] contributions) {
    String culprit = null;
    long most = -1;
    for (int i = 0; i < contributions.length; i++) {
      if (Math.abs(contributions[i]) > most) {
        most = Math.abs(contributions[i]);
        culprit = plan.activity(i);
      }
    }
    return culprit;
  }
}
