package io.pulso.engine.score;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AccountUnitsTest {
  @Test
  void each_person_is_cut_before_people_are_added_up() {
    RollUp units =
        new AccountUnits(2, 5000)
            .add(0, 7, 9000)
            .add(1, 7, 4000)
            .add(0, 7, 2000)
            .add(0, 8, 6000)
            .divide(AccountUnits.Divisor.NONE)
            .units();
    assertThat(units.of(0).on(7)).isEqualTo(7000);
    assertThat(units.of(0).on(8)).isEqualTo(5000);
    assertThat(units.of(1).on(7)).isEqualTo(4000);
  }

  @Test
  void sums_are_divided_by_seats_and_rounded_once() {
    RollUp units =
        new AccountUnits(2, Long.MAX_VALUE)
            .add(0, 7, 1000)
            .add(0, 7, 1000)
            .add(1, 7, 5000)
            .divide((account, _) -> account == 0 ? 3000 : 2500)
            .units();
    assertThat(units.of(0).on(7)).isEqualTo(667);
    assertThat(units.of(1).on(7)).isEqualTo(2000);
  }

  @Test
  void without_a_seat_nothing_counts_and_that_is_told() {
    AccountUnits.Divided divided =
        new AccountUnits(1, Long.MAX_VALUE)
            .add(0, 7, 4000)
            .add(0, 8, 1000)
            .divide((_, day) -> day == 7 ? 999 : 1000);
    assertThat(divided.units().of(0).on(7)).isZero();
    assertThat(divided.units().of(0).on(8)).isEqualTo(1000);
    assertThat(divided.undivided()).containsExactly(new AccountUnits.Undivided(0, 7, 4000));
  }

  @Test
  void a_day_without_active_people_divides_by_one() {
    AccountUnits.Divided divided =
        new AccountUnits(1, Long.MAX_VALUE)
            .add(0, 7, 4000)
            .add(0, 8, 4000)
            .divide(AccountUnits.Divisor.activePeople((_, day) -> day == 7 ? 0 : 2000));
    assertThat(divided.units().of(0).on(7)).isEqualTo(4000);
    assertThat(divided.units().of(0).on(8)).isEqualTo(2000);
    assertThat(divided.undivided()).isEmpty();
  }
}
