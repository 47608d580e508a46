package io.pulso.engine.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RollUpTest {
  @Test
  void rows_in_any_order_come_out_by_subject_and_day() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      TreeMap<Integer, TreeMap<Integer, Long>> expected = new TreeMap<>();
      RollUpBuilder builder = RollUp.builder(20);
      boolean ordered = seed % 3 == 0;
      int rows = random.nextInt(100);
      for (int i = 0; i < rows; i++) {
        int subject = ordered ? i / 7 : random.nextInt(20);
        int day = ordered ? i % 7 - 3 : random.nextInt(-30, 30);
        long units = random.nextLong(seed % 2 == 0 ? 9000 : RollUp.MOST_A_DAY);
        builder.add(subject, day, units);
        expected
            .computeIfAbsent(subject, _ -> new TreeMap<>())
            .merge(day, units, (a, b) -> Math.min(a + b, RollUp.MOST_A_DAY));
      }
      expected.values().forEach(days -> days.values().removeIf(units -> units == 0));
      RollUp rollUp = builder.build();
      for (int subject = 0; subject < 20; subject++) {
        SubjectUnits.Days days = rollUp.of(subject);
        TreeMap<Integer, Long> found = new TreeMap<>();
        for (int i = 0; i < days.days().length; i++) {
          found.put(days.days()[i], days.units()[i]);
        }
        assertThat(days.days()).isSorted().hasSize(found.size());
        assertThat(found).isEqualTo(expected.getOrDefault(subject, new TreeMap<>()));
      }
    }
  }

  @Test
  void days_out_of_order_within_a_subject_are_sorted() {
    RollUp rollUp = RollUp.builder(2).add(0, 9, 1).add(0, 4, 2).add(0, 9, 3).add(1, 7, 4).build();
    assertThat(rollUp.of(0).days()).containsExactly(4, 9);
    assertThat(rollUp.of(0).units()).containsExactly(2, 4);
    assertThat(rollUp.of(1).days()).containsExactly(7);
  }

  @Test
  void columns_are_added_row_by_row() {
    int[] subjects = {1, 0, 1};
    int[] days = {5, 6, 5};
    RollUp rollUp = RollUp.builder(2).add(subjects, days, new long[] {1, 2, 3}, 3).build();
    assertThat(rollUp.rows()).isEqualTo(2);
    assertThat(rollUp.of(1).on(5)).isEqualTo(4);
    assertThat(rollUp.of(0).on(6)).isEqualTo(2);
    assertThat(rollUp.of(0).on(5)).isEqualTo(0);
  }

  @Test
  void counted_units_take_six_bytes_a_row() {
    RollUpBuilder builder = RollUp.builder(1);
    for (int day = 0; day < 10_000; day++) {
      builder.add(0, day, 5_000_000_000L);
    }
    assertThat(builder.build().bytes()).isEqualTo(60_008);
  }

  @Test
  void only_some_days_can_be_kept() {
    RollUp rollUp =
        RollUp.builder(2).add(0, 4, 1).add(0, 5, 2).add(1, 5, 3).add(1, 7, 4).build().between(5, 6);
    assertThat(rollUp.rows()).isEqualTo(2);
    assertThat(rollUp.of(0).on(5)).isEqualTo(2);
    assertThat(rollUp.of(1).on(5)).isEqualTo(3);
  }

  @Test
  void units_below_zero_are_refused() {
    RollUpBuilder builder = RollUp.builder(1);
    assertThatThrownBy(() -> builder.add(0, 5, -1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void days_that_span_centuries_are_refused() {
    RollUpBuilder builder = RollUp.builder(1).add(0, 0, 1).add(0, 70_000, 1);
    assertThatThrownBy(builder::build).isInstanceOf(IllegalArgumentException.class);
  }
}
