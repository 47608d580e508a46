package io.pulso.engine.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WhatIfTest {
  private static final long[] BEFORE = {
    -1_000, 10_000, 40_000, 40_001, 200_000, Kernel.UNAVAILABLE, 5_000
  };
  private static final long[] AFTER = {1_000, 10_000, 40_001, 30_000, 100_001, 80_000, Kernel.NONE};

  @Test
  void everybody_is_counted_once_before_and_once_after() {
    Bands bands = Bands.of(Models.POINT_BANDS);
    WhatIf whatIf = WhatIf.of(bands, BEFORE, bands, AFTER);
    assertThat(whatIf.before()).containsExactly(1, 3, 1, 0, 1, 1);
    assertThat(whatIf.after()).containsExactly(0, 3, 1, 1, 1, 1);
    assertThat(whatIf.moved(0, 1)).isEqualTo(1);
    assertThat(whatIf.moved(1, 1)).isEqualTo(1);
    assertThat(whatIf.moved(1, 2)).isEqualTo(1);
    assertThat(whatIf.moved(5, 3)).isEqualTo(1);
    assertThat(whatIf.moved(1, 5)).isEqualTo(1);
  }

  @Test
  void models_may_have_different_bands() {
    WhatIf whatIf =
        WhatIf.of(Bands.of(Models.POINT_BANDS), BEFORE, Bands.of(Models.WEIGHTED_BANDS), AFTER);
    assertThat(whatIf.before()).hasSize(6);
    assertThat(whatIf.after()).containsExactly(3, 1, 2, 1);
  }

  @Test
  void movers_are_those_of_the_greatest_changes() {
    Movers movers = Movers.of(BEFORE, AFTER, 2);
    assertThat(movers.up())
        .containsExactly(new Movers.Mover(0, -1_000, 1_000), new Movers.Mover(2, 40_000, 40_001));
    assertThat(movers.down())
        .containsExactly(
            new Movers.Mover(4, 200_000, 100_001), new Movers.Mover(3, 40_001, 30_000));
  }

  @Test
  void equal_changes_come_by_subject_number() {
    Movers movers = Movers.of(new long[5], new long[] {3, 7, 7, 7, 0}, 2);
    assertThat(movers.up().stream().map(Movers.Mover::subject)).containsExactly(1, 2);
    assertThat(movers.down()).isEmpty();
    assertThat(Movers.of(new long[1], new long[] {1}, 0).up()).isEmpty();
  }

  @Test
  void mean_and_median_are_exact() {
    Distribution some = Distribution.of(new long[] {1, Kernel.NONE, 4, -3, 2});
    assertThat(some.size()).isEqualTo(4);
    assertThat(some.mean()).hasValue(1);
    assertThat(some.median()).hasValue(2);
    assertThat(Distribution.of(new long[] {-1, -2}).median()).hasValue(-2);
    assertThat(Distribution.of(new long[] {-1, -2}).mean()).hasValue(-2);
    assertThat(Distribution.of(new long[] {5, 1, 3}).median()).hasValue(3);
    assertThat(Distribution.of(new long[0]).mean()).isEmpty();
    assertThat(Distribution.of(new long[0]).median()).isEmpty();
    long[] great = new long[20_000];
    Arrays.fill(great, Plan.GREATEST_SCORE);
    assertThat(Distribution.of(great).mean()).hasValue(Plan.GREATEST_SCORE);
  }

  @Test
  void bars_hold_everybody_and_are_few() {
    Random random = new Random(1);
    for (int n : new int[] {1, 2, 50, 3000}) {
      long[] scores = random.longs(n, -40_000, 160_000).toArray();
      scores[0] = Plan.GREATEST_SCORE / (n > 1000 ? 1 : 1_000_000_000_000L);
      var bars = Distribution.of(scores).histogram(20);
      assertThat(bars).hasSizeBetween(1, 20);
      assertThat(bars.stream().mapToInt(Distribution.Bar::count).sum()).isEqualTo(n);
      for (int i = 1; i < bars.size(); i++) {
        assertThat(bars.get(i).from()).isEqualTo(bars.get(i - 1).to());
      }
    }
    assertThat(Distribution.of(new long[] {-1, 0, 1, 2, 3, 4, 5, 6, 7, 8}).histogram(6))
        .containsExactly(
            new Distribution.Bar(-2, 0, 1),
            new Distribution.Bar(0, 2, 2),
            new Distribution.Bar(2, 4, 2),
            new Distribution.Bar(4, 6, 2),
            new Distribution.Bar(6, 8, 2),
            new Distribution.Bar(8, 10, 1));
  }
}
