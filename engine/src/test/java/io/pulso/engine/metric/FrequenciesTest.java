package io.pulso.engine.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How often numbers are there.
class FrequenciesTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void numbers_in_any_order_are_as_in_a_sorted_list(long seed) {
    Random random = new Random(seed);
    Frequencies.Builder builder = Frequencies.builder();
    Frequencies.Builder half = Frequencies.builder();
    TreeMap<Long, Long> often = new TreeMap<>();
    int different = 1 + random.nextInt(300);
    for (int i = random.nextInt(400); i > 0; i--) {
      long number = random.nextLong(different) - different / 2;
      long times = 1L + random.nextInt(3);
      often.merge(number, times, Long::sum);
      (random.nextBoolean() ? builder : half).add(number, times);
    }
    Frequencies all = builder.add(half.build()).build();
    assertThat(all.map()).isEqualTo(often);
    assertThat(all).isEqualTo(Frequencies.of(often)).hasSameHashCodeAs(Frequencies.of(often));
    long[] sorted =
        often.entrySet().stream()
            .flatMapToLong(each -> LongStream.generate(each::getKey).limit(each.getValue()))
            .toArray();
    assertThat(all.n()).isEqualTo(sorted.length);
    long sum = 0;
    for (int place = 0; place < sorted.length; place++) {
      assertThat(all.at(place)).isEqualTo(sorted[place]);
      sum += sorted[place];
    }
    assertThat(all.total()).isEqualByComparingTo(BigDecimal.valueOf(sum, 3));
    for (long bound = -different; bound <= different; bound++) {
      long limit = bound;
      assertThat(all.below(bound))
          .isEqualTo(Arrays.stream(sorted).filter(one -> one < limit).count());
    }
  }

  @Test
  void sums_beyond_a_long_are_exact() {
    Frequencies.Builder builder = Frequencies.builder();
    BigDecimal sum = BigDecimal.ZERO;
    for (long i = 0; i < 1_000; i++) {
      long number = (i % 3 == 0 ? 999_999_999_999L : 1_000_000_000L) - i;
      long times = 1_000_000_000L - i;
      builder.add(number, times);
      sum = sum.add(BigDecimal.valueOf(number, 3).multiply(BigDecimal.valueOf(times)));
    }
    assertThat(builder.build().total()).isEqualByComparingTo(sum);
  }

  @Test
  void nothing_is_there() {
    assertThat(Frequencies.NONE.n()).isZero();
    assertThat(Frequencies.NONE.below(5)).isZero();
    assertThat(Frequencies.NONE.total()).isEqualByComparingTo(BigDecimal.ZERO);
    assertThat(Frequencies.NONE.map()).isEmpty();
  }
}
