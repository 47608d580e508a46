package io.pulso.engine.metric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Where a sum, or a ratio of sums, over customers lies in 95 of 100 cases, from drawing as many
/// customers with replacement again and again: the percentile interval (B. Efron 1979, Bootstrap
/// methods: another look at the jackknife, Annals of Statistics 7, 1-26). The same customers have
/// the same interval, in whatever order they come.
public final class Bootstrap {
  private static final int DRAWS = 1_000;
  private static final long SEED = 20_250_101;

  /// Customers beyond this number are drawn in groups, which chance puts together.
  private static final int MOST = 2_000;

  /// The lowest and the highest 2.5 percent are left out.
  private static final double TAIL = 0.025;

  private Bootstrap() {}

  /// What one customer, or a group of them, adds above and below the line.
  private record Part(double over, double per) {}

  /// Of a ratio of two sums.
  ///
  /// @param over what each customer adds above the line
  /// @param per what each adds below it
  /// @return null for fewer than two customers
  public static @Nullable Interval ratio(double[] over, double[] per) {
    SplittableRandom random = new SplittableRandom(SEED);
    Part[] parts = parts(over, per, random);
    if (parts.length < 2) {
      return null;
    }
    double[] drawn = new double[DRAWS];
    int kept = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      double above = 0;
      double below = 0;
      for (int i = 0; i < parts.length; i++) {
        Part part = parts[random.nextInt(parts.length)];
        above += part.over();
        below += part.per();
      }
      if (below != 0) {
        drawn[kept++] = above / below;
      }
    }
    return kept < DRAWS / 2 ? null : interval(Arrays.copyOf(drawn, kept));
  }

  /// Of a sum.
  public static @Nullable Interval sum(double[] each) {
    double[] one = new double[each.length];
    int customers = (int) Arrays.stream(each).filter(value -> value != 0).count();
    for (int i = 0; i < each.length; i++) {
      one[i] = each[i] == 0 ? 0 : 1;
    }
    Interval mean = ratio(each, one);
    return mean == null ? null : mean.times(customers);
  }

  private static Part[] parts(double[] over, double[] per, SplittableRandom random) {
    Part[] all = new Part[over.length];
    int count = 0;
    for (int i = 0; i < over.length; i++) {
      if (over[i] != 0 || per[i] != 0) {
        all[count++] = new Part(over[i], per[i]);
      }
    }
    Part[] parts = Arrays.copyOf(all, count);
    Arrays.sort(parts, Comparator.comparingDouble(Part::over).thenComparingDouble(Part::per));
    return count <= MOST ? parts : groups(parts, random);
  }

  private static Part[] groups(Part[] parts, SplittableRandom random) {
    for (int i = parts.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      Part part = parts[i];
      parts[i] = parts[other];
      parts[other] = part;
    }
    double[] over = new double[MOST];
    double[] per = new double[MOST];
    for (int i = 0; i < parts.length; i++) {
      over[i % MOST] += parts[i].over();
      per[i % MOST] += parts[i].per();
    }
    Part[] groups = new Part[MOST];
    for (int i = 0; i < MOST; i++) {
      groups[i] = new Part(over[i], per[i]);
    }
    return groups;
  }

  private static Interval interval(double[] drawn) {
    Arrays.sort(drawn);
    return new Interval(at(drawn, TAIL), at(drawn, 1 - TAIL));
  }

  private static double at(double[] sorted, double part) {
    double place = (sorted.length - 1) * part;
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
  }
}
