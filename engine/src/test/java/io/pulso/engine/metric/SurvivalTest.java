package io.pulso.engine.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SurvivalTest {
  /// Weeks of remission of leukaemia under 6-MP (Freireich and others 1963), a `+` for those whose
  /// remission had not ended; the estimates are in every textbook.
  private static Survival freireich() {
    Survival lasting = new Survival();
    String weeks = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+";
    for (String week : weeks.split(" ", -1)) {
      lasting.add(Long.parseLong(week.replace("+", "")), !week.endsWith("+"));
    }
    return lasting;
  }

  @Test
  void estimates_are_the_published_ones() {
    Survival lasting = freireich();
    assertThat(lasting.at(5)).isEqualTo(1);
    assertThat(lasting.at(6)).isCloseTo(0.8571, within(5e-5));
    assertThat(lasting.at(7)).isCloseTo(0.8067, within(5e-5));
    assertThat(lasting.at(10)).isCloseTo(0.7529, within(5e-5));
    assertThat(lasting.at(13)).isCloseTo(0.6902, within(5e-5));
    assertThat(lasting.at(16)).isCloseTo(0.6275, within(5e-5));
    assertThat(lasting.at(22)).isCloseTo(0.5378, within(5e-5));
    assertThat(lasting.at(40)).isCloseTo(0.4482, within(5e-5));
    assertThat(lasting.quantile(0.5)).isEqualTo(23);
    assertThat(lasting.quantile(0.9)).isNull();
    assertThat(lasting.ended()).isEqualTo(9);
    assertThat(lasting.ofEnded(0.5)).isEqualTo(10);
  }

  @Test
  void without_open_ones_the_median_is_the_ordinary_one() {
    Survival lasting = new Survival();
    for (long each : new long[] {8, 1, 3, 40}) {
      lasting.add(each, true);
    }
    assertThat(lasting.quantile(0.5)).isEqualTo(5.5);
    assertThat(lasting.ofEnded(0.5)).isEqualTo(5.5);
    assertThat(lasting.mean()).isEqualTo(13);
    lasting.add(2, true);
    assertThat(lasting.quantile(0.5)).isEqualTo(3);
  }

  @Test
  void many_equal_shares_are_exact() {
    Survival lasting = new Survival();
    for (int i = 1; i <= 1_000_000; i++) {
      lasting.add(i, true);
    }
    assertThat(lasting.quantile(0.5)).isEqualTo(500_000.5);
    assertThat(lasting.quantile(0.9)).isEqualTo(900_000.5);
  }

  @Test
  void nothing_and_nothing_ended_have_no_value() {
    Survival lasting = new Survival();
    assertThat(lasting.quantile(0.5)).isNull();
    assertThat(lasting.mean()).isNull();
    assertThat(lasting.meanOfEnded()).isNull();
    lasting.add(4, false);
    assertThat(lasting.quantile(0.5)).isNull();
    assertThat(lasting.ofEnded(0.5)).isNull();
    assertThat(lasting.mean()).isEqualTo(4);
  }

  @Test
  void an_end_comes_before_what_is_only_known_until_then() {
    Survival lasting = new Survival();
    lasting.add(5, false);
    lasting.add(5, true);
    assertThat(lasting.at(5)).isEqualTo(0.5);
  }
}
