package io.pulso.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DecayTest {
  @Test
  void a_half_life_halves() {
    Decay decay = new Decay.HalfLife(14);
    assertThat(decay.factor(0)).isEqualTo(1_000_000);
    assertThat(decay.factor(7)).isEqualTo(707_107);
    assertThat(decay.factor(14)).isEqualTo(500_000);
    assertThat(decay.factor(28)).isEqualTo(250_000);
    assertThat(decay.factor(36)).isEqualTo(168_238);
    assertThat(new Decay.HalfLife(1).factor(729)).isZero();
  }

  @Test
  void a_line_falls_to_nothing_and_stays_there() {
    Decay decay = new Decay.Linear(3);
    assertThat(decay.factor(0)).isEqualTo(1_000_000);
    assertThat(decay.factor(1)).isEqualTo(666_667);
    assertThat(decay.factor(2)).isEqualTo(333_333);
    assertThat(decay.factor(3)).isZero();
    assertThat(decay.factor(4)).isZero();
  }

  @Test
  void no_decay_takes_nothing() {
    assertThat(new Decay.None().factor(729)).isEqualTo(1_000_000);
  }
}
