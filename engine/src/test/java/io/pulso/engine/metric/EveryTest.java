package io.pulso.engine.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Periods as calendars have them.
class EveryTest {
  @Test
  void weeks_begin_on_the_chosen_day() {
    assertThat(periods(Every.WEEK, "2026-03-04", "2026-03-10", DayOfWeek.MONDAY))
        .containsExactly("2026-03-02/2026-03-08", "2026-03-09/2026-03-15");
    assertThat(periods(Every.WEEK, "2026-03-08", "2026-03-08", DayOfWeek.SUNDAY))
        .containsExactly("2026-03-08/2026-03-14");
  }

  @Test
  void months_have_their_own_length() {
    assertThat(periods(Every.MONTH, "2024-01-31", "2024-03-01", DayOfWeek.MONDAY))
        .containsExactly("2024-01-01/2024-01-31", "2024-02-01/2024-02-29", "2024-03-01/2024-03-31");
  }

  @Test
  void days_before_1970_are_days_too() {
    assertThat(periods(Every.WEEK, "1969-12-31", "1970-01-01", DayOfWeek.MONDAY))
        .containsExactly("1969-12-29/1970-01-04");
    assertThat(periods(Every.DAY, "1969-12-31", "1970-01-01", DayOfWeek.MONDAY))
        .containsExactly("1969-12-31/1969-12-31", "1970-01-01/1970-01-01");
  }

  @Test
  void the_period_before_is_as_long() {
    assertThat(new Period(10, 19).before()).isEqualTo(new Period(0, 9));
  }

  private static List<String> periods(Every every, String first, String last, DayOfWeek start) {
    return every
        .periods(
            (int) LocalDate.parse(first).toEpochDay(),
            (int) LocalDate.parse(last).toEpochDay(),
            start)
        .stream()
        .map(each -> LocalDate.ofEpochDay(each.first()) + "/" + LocalDate.ofEpochDay(each.last()))
        .toList();
  }
}
