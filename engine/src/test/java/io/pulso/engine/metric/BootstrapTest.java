package io.pulso.engine.metric;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Intervals from drawing customers again and again.
class BootstrapTest {
  @Test
  void a_share_has_about_the_interval_of_the_formula() {
    double[] yes = new double[1_000];
    double[] one = new double[1_000];
    Arrays.fill(one, 1);
    Arrays.fill(yes, 0, 300, 1);
    Interval drawn = requireNonNull(Bootstrap.ratio(yes, one));
    Interval formula = Interval.wilson(300, 1_000);
    assertThat(drawn.low()).isCloseTo(formula.low(), within(0.005));
    assertThat(drawn.high()).isCloseTo(formula.high(), within(0.005));
  }

  @Test
  void groups_of_many_customers_have_the_interval_of_the_formula_too() {
    double[] yes = new double[50_000];
    double[] one = new double[50_000];
    Arrays.fill(one, 1);
    Arrays.fill(yes, 0, 15_000, 1);
    Interval drawn = requireNonNull(Bootstrap.ratio(yes, one));
    Interval formula = Interval.wilson(15_000, 50_000);
    assertThat(drawn.low()).isCloseTo(formula.low(), within(0.0008));
    assertThat(drawn.high()).isCloseTo(formula.high(), within(0.0008));
  }

  /// One customer with many clicks makes a rate uncertain, however many clicks there are.
  @Test
  void what_one_customer_does_often_is_not_many_customers() {
    double[] views = new double[100];
    double[] clicks = new double[100];
    Arrays.fill(views, 10);
    clicks[0] = 100;
    Interval drawn = requireNonNull(Bootstrap.ratio(clicks, views));
    assertThat(drawn.low()).isZero();
    assertThat(drawn.high()).isGreaterThan(0.2);
  }

  @Test
  void the_order_of_customers_changes_nothing() {
    double[] over = new double[5_000];
    double[] per = new double[5_000];
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < over.length; i++) {
      per[i] = random.nextInt(1, 9);
      over[i] = random.nextInt(3);
    }
    double[] backOver = new double[5_000];
    double[] backPer = new double[5_000];
    for (int i = 0; i < over.length; i++) {
      backOver[i] = over[over.length - 1 - i];
      backPer[i] = per[over.length - 1 - i];
    }
    assertThat(Bootstrap.ratio(backOver, backPer)).isEqualTo(Bootstrap.ratio(over, per));
  }

  @Test
  void a_sum_lies_within_its_interval() {
    double[] money = new double[400];
    for (int i = 0; i < 300; i++) {
      money[i] = i % 10 + 1;
    }
    Interval drawn = requireNonNull(Bootstrap.sum(money));
    double half = 1.96 * Math.sqrt(300 * 8.25);
    assertThat(drawn.low()).isCloseTo(1_650 - half, within(12.0));
    assertThat(drawn.high()).isCloseTo(1_650 + half, within(12.0));
  }

  @Test
  void one_customer_has_no_interval() {
    assertThat(Bootstrap.ratio(new double[] {3, 0}, new double[] {4, 0})).isNull();
    assertThat(Bootstrap.sum(new double[0])).isNull();
  }
}
