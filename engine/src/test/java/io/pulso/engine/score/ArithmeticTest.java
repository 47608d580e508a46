package io.pulso.engine.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.model.Decay;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ArithmeticTest {
  @Test
  void factors_fall_as_their_decay_says() {
    assertThat(DecayTable.factors(new Decay.None(), 3))
        .containsExactly(1_000_000, 1_000_000, 1_000_000);
    assertThat(DecayTable.factors(new Decay.HalfLife(1), 4))
        .containsExactly(1_000_000, 500_000, 250_000, 125_000);
    assertThat(DecayTable.factors(new Decay.Linear(3), 5))
        .containsExactly(1_000_000, 666_667, 333_333, 0, 0);
    assertThat(DecayTable.factors(new Decay.HalfLife(730), 730)[729]).isEqualTo(500_475);
  }

  @Test
  void halves_round_away_from_zero() {
    assertThat(Rounding.divide(5, 2)).isEqualTo(3);
    assertThat(Rounding.divide(-5, 2)).isEqualTo(-3);
    assertThat(Rounding.divide(4, 3)).isEqualTo(1);
    assertThat(Rounding.divide(-4, 3)).isEqualTo(-1);
    assertThat(Rounding.divide(Long.MAX_VALUE, 2)).isEqualTo(Long.MAX_VALUE / 2 + 1);
    assertThat(Rounding.divide(Long.MIN_VALUE, 2)).isEqualTo(Long.MIN_VALUE / 2);
  }

  @Test
  void products_of_any_size_are_divided_exactly() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      long a = random.nextLong(100_001);
      long by = 1 + (random.nextLong() >>> random.nextInt(1, 62)) / 2;
      long b = random.nextLong(by + 1);
      BigInteger expected =
          new BigDecimal(BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)))
              .divide(BigDecimal.valueOf(by), 0, RoundingMode.HALF_UP)
              .toBigIntegerExact();
      assertThat(Rounding.divide(a, b, by)).isEqualTo(expected.longValueExact());
    }
  }

  @Test
  void bands_start_at_their_lowest_milli_point() {
    Bands bands = Bands.of(Models.POINT_BANDS);
    assertThat(bands.band(-1).id()).isEqualTo("churn_risk");
    assertThat(bands.band(0).id()).isEqualTo("very_disengaged");
    assertThat(bands.next(-1)).hasValue(0);
    assertThat(bands.next(0)).hasValue(40_001);
    assertThat(bands.next(100_001)).isEmpty();
    assertThat(bands.find("power_user")).hasValue(4);
    assertThat(bands.find("nobody")).isEmpty();
  }
}
