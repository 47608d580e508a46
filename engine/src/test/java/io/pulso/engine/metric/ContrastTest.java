package io.pulso.engine.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContrastTest {
  /// Two groups side by side, each of its members with something above and below the line.
  private static Contrast.Columns columns(
      double[] one, double[] other, int[] strata, boolean share) {
    int size = one.length + other.length;
    double[] above = new double[size];
    boolean[] first = new boolean[size];
    boolean[] second = new boolean[size];
    double[] below = new double[size];
    Arrays.fill(below, 1);
    for (int i = 0; i < size; i++) {
      first[i] = i < one.length;
      second[i] = i >= one.length;
      above[i] = first[i] ? one[i] : other[i - one.length];
    }
    return new Contrast.Columns(above, below, first, second, strata, share);
  }

  private static double[] shares(int yes, int n) {
    double[] found = new double[n];
    Arrays.fill(found, 0, yes, 1);
    return found;
  }

  @Test
  void shares_have_newcombes_interval() {
    Contrast found = Contrast.of(columns(shares(56, 70), shares(48, 80), new int[150], true));
    // Newcombe 1998, table II, contrast (a): 56/70 - 48/80.
    assertThat(found.difference()).isCloseTo(0.2, within(1e-12));
    assertThat(interval(found).low()).isCloseTo(0.0524, within(5e-5));
    assertThat(interval(found).high()).isCloseTo(0.3339, within(5e-5));
    assertThat(found.p()).isCloseTo(0.0082, within(5e-4));
  }

  @Test
  void means_have_welchs_error() {
    Random random = new Random(7);
    double[] one = random.doubles(200).map(x -> 10 + 4 * x).toArray();
    double[] other = random.doubles(100).map(x -> 10 + 9 * x).toArray();
    Contrast found = Contrast.of(columns(one, other, new int[300], false));
    double difference = mean(one) - mean(other);
    double error = Math.sqrt(variance(one) / 200 + variance(other) / 100);
    assertThat(found.difference()).isCloseTo(difference, within(1e-9));
    assertThat(interval(found).low()).isCloseTo(difference - 1.959964 * error, within(1e-5));
    assertThat(interval(found).high()).isCloseTo(difference + 1.959964 * error, within(1e-5));
  }

  @Test
  void who_is_in_both_groups_counts_once_in_the_error() {
    double[] values = new Random(3).doubles(60).toArray();
    boolean[] all = new boolean[60];
    Arrays.fill(all, true);
    double[] ones = new double[60];
    Arrays.fill(ones, 1);
    Contrast same =
        Contrast.of(new Contrast.Columns(values, ones, all, all.clone(), new int[60], false));
    assertThat(same.difference()).isZero();
    assertThat(same.interval()).isEqualTo(new Interval(0, 0));
    assertThat(same.p()).isEqualTo(1);
  }

  @Test
  void fewer_than_thirty_are_not_compared() {
    Contrast few = Contrast.of(columns(shares(9, 29), shares(50, 100), new int[129], true));
    assertThat(few.one()).isCloseTo(9 / 29.0, within(1e-12));
    assertThat(few.difference()).isNull();
    assertThat(few.p()).isNull();
    assertThat(Contrast.of(columns(shares(9, 30), shares(50, 100), new int[130], true)).p())
        .isNotNull();
  }

  @Test
  void strata_can_turn_a_difference_round() {
    // Within each stratum the first group has more, but it is mostly in the lower one.
    double[] one = new double[100];
    double[] other = new double[100];
    int[] strata = new int[200];
    for (int i = 0; i < 100; i++) {
      boolean oneHigh = i < 20;
      boolean otherHigh = i < 80;
      one[i] = oneHigh ? 12 : 2;
      other[i] = otherHigh ? 10 : 0;
      strata[i] = oneHigh ? 1 : 0;
      strata[100 + i] = otherHigh ? 1 : 0;
    }
    Contrast found = Contrast.of(columns(one, other, strata, false));
    assertThat(found.difference()).isEqualTo(-4);
    assertThat(found.standardised()).isCloseTo(2, within(1e-12));
    assertThat(found.turns()).isTrue();
  }

  @Test
  void groups_without_common_strata_are_not_standardised() {
    int[] strata = new int[200];
    Arrays.fill(strata, 100, 200, 1);
    Contrast found = Contrast.of(columns(shares(9, 100), shares(50, 100), strata, true));
    assertThat(found.standardised()).isNull();
    assertThat(found.turns()).isFalse();
  }

  @Test
  void a_group_with_nothing_below_the_line_has_no_value() {
    Contrast.Columns some = columns(shares(9, 40), shares(50, 100), new int[140], false);
    double[] below = some.below().clone();
    Arrays.fill(below, 0, 40, 0);
    Contrast found =
        Contrast.of(
            new Contrast.Columns(
                some.above(), below, some.one(), some.other(), some.strata(), false));
    assertThat(found.one()).isNull();
    assertThat(found.difference()).isNull();
  }

  @Test
  void most_of_chance_is_left_out() {
    // The example of Benjamini and Hochberg 1995: 15 hypotheses, of which 4 are told.
    List<Double> p =
        List.of(
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
            0.5719, 0.6528, 0.7590, 1.0);
    boolean[] told = Discoveries.of(p);
    for (int i = 0; i < told.length; i++) {
      assertThat(told[i]).as("p " + p.get(i)).isEqualTo(i < 4);
    }
    assertThat(Discoveries.of(List.of())).isEmpty();
  }

  @Test
  void the_normal_tail_is_near() {
    assertThat(Normal.beyond(0)).isCloseTo(1, within(1e-6));
    assertThat(Normal.beyond(1.959963984540054)).isCloseTo(0.05, within(1e-7));
    assertThat(Normal.beyond(5)).isCloseTo(5.733031e-7, within(1e-12));
  }

  private static Interval interval(Contrast of) {
    return Objects.requireNonNull(of.interval());
  }

  private static double mean(double[] of) {
    return Arrays.stream(of).average().orElseThrow();
  }

  private static double variance(double[] of) {
    double mean = mean(of);
    return Arrays.stream(of).map(x -> (x - mean) * (x - mean)).sum() / (of.length - 1);
  }
}
