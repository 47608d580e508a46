package io.pulso.server.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.metric.Metric.Direction;
import org.junit.jupiter.api.Test;

class ProgressTest {
  @Test
  void it_is_a_share_of_the_way_beside_an_even_pace() {
    assertThat(Progress.of(Direction.UP, 40, 20.0, 25.0, 100, 110, 105))
        .isEqualTo(new Progress(25.0, 0.25, 0.5, Progress.State.BEHIND));
    assertThat(Progress.of(Direction.UP, 40, 20.0, 30.0, 100, 110, 105).state())
        .isEqualTo(Progress.State.ON_PACE);
    assertThat(Progress.of(Direction.UP, 40, 20.0, 41.0, 100, 110, 101))
        .isEqualTo(new Progress(41.0, 1, 0.1, Progress.State.REACHED));
  }

  @Test
  void where_less_is_better_it_goes_down() {
    assertThat(Progress.of(Direction.DOWN, 2, 6.0, 3.0, 0, 10, 5).share()).isEqualTo(0.75);
    assertThat(Progress.of(Direction.DOWN, 2, 6.0, 2.0, 0, 10, 5).state())
        .isEqualTo(Progress.State.REACHED);
    assertThat(Progress.of(Direction.NEITHER, 2, 6.0, 7.0, 0, 10, 5).share()).isZero();
  }

  @Test
  void after_its_day_it_is_reached_or_missed() {
    assertThat(Progress.of(Direction.UP, 40, null, 39.0, 0, 10, 11).state())
        .isEqualTo(Progress.State.MISSED);
    assertThat(Progress.of(Direction.UP, 40, null, null, 0, 10, 10))
        .isEqualTo(new Progress(null, 0, 1, Progress.State.BEHIND));
  }
}
