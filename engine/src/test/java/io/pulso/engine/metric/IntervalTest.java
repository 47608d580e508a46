package io.pulso.engine.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// Published examples of the intervals.
class IntervalTest {
  /// Newcombe 1998, Statistics in Medicine 17, 857-872, table I, method 3.
  @Test
  void a_proportion_has_wilsons_interval() {
    near(Interval.wilson(81, 263), 0.2553, 0.3662);
    near(Interval.wilson(15, 148), 0.0624, 0.1605);
    near(Interval.wilson(0, 20), 0, 0.1611);
    near(Interval.wilson(1, 29), 0.0061, 0.1718);
    near(Interval.wilson(29, 29), 1 - 0.1170, 1);
  }

  /// Newcombe 1998, Statistics in Medicine 17, 873-890, table II, method 10.
  @Test
  void a_difference_has_newcombes_interval() {
    near(Interval.newcombe(56, 70, 48, 80), 0.0524, 0.3339);
    near(Interval.newcombe(9, 10, 3, 10), 0.1705, 0.8090);
    near(Interval.newcombe(10, 10, 0, 20), 0.6791, 1);
    near(Interval.newcombe(10, 10, 0, 10), 0.6075, 1);
  }

  @Test
  void a_net_promoter_score_has_the_adjusted_wald_interval() {
    // 70, 24 and 6 with the three added: p = 70.75/103, q = 6.75/103.
    Interval interval = Interval.adjustedWald(70, 24, 6);
    double p = 70.75 / 103;
    double q = 6.75 / 103;
    double half = 1.959963984540054 * Math.sqrt((p + q - (p - q) * (p - q)) / 103);
    near(interval, p - q - half, p - q + half);
    assertThat(Interval.adjustedWald(10, 0, 0).high()).isLessThanOrEqualTo(1);
  }

  private static void near(Interval interval, double low, double high) {
    assertThat(interval.low()).isCloseTo(low, within(0.0001));
    assertThat(interval.high()).isCloseTo(high, within(0.0001));
  }
}
