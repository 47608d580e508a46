package io.pulso.engine.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.score.RollUp;
import org.junit.jupiter.api.Test;

/// Windows that move over days of activity.
class ActiveDaysTest {
  private static final RollUp ACTIVE =
      RollUp.builder(3)
          .add(0, 100, 1000)
          .add(0, 102, 1000)
          .add(0, 109, 1000)
          .add(1, 101, 1000)
          .add(2, 103, 1000)
          .build();

  @Test
  void a_day_counts_those_of_the_day() {
    assertThat(ActiveDays.trailing(ACTIVE, subject -> true, 100, 104, 1))
        .containsExactly(1, 1, 1, 1, 0);
  }

  @Test
  void a_window_counts_everybody_once() {
    assertThat(ActiveDays.trailing(ACTIVE, subject -> true, 100, 110, 3))
        .containsExactly(1, 2, 2, 3, 2, 1, 0, 0, 0, 1, 1);
  }

  @Test
  void days_before_the_first_reach_into_it() {
    assertThat(ActiveDays.trailing(ACTIVE, subject -> true, 104, 105, 5)).containsExactly(3, 3);
    assertThat(ActiveDays.trailing(ACTIVE, subject -> subject == 1, 104, 106, 5))
        .containsExactly(1, 1, 0);
  }
}
