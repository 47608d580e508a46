package io.pulso.engine.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Days of subjects, and windows that move over them.
class SubjectDaysTest {
  private static final SubjectDays ACTIVE =
      SubjectDays.builder(3, 100)
          .add(0, 100)
          .add(0, 102)
          .add(0, 109)
          .add(1, 101)
          .add(2, 103)
          .build();

  @Test
  void a_day_counts_those_of_the_day() {
    assertThat(ACTIVE.trailing(subject -> true, 100, 104, 1)).containsExactly(1, 1, 1, 1, 0);
  }

  @Test
  void a_window_counts_everybody_once() {
    assertThat(ACTIVE.trailing(subject -> true, 100, 110, 3))
        .containsExactly(1, 2, 2, 3, 2, 1, 0, 0, 0, 1, 1);
  }

  @Test
  void days_before_the_first_reach_into_it() {
    assertThat(ACTIVE.trailing(subject -> true, 104, 105, 5)).containsExactly(3, 3);
    assertThat(ACTIVE.trailing(subject -> subject == 1, 104, 106, 5)).containsExactly(1, 1, 0);
  }

  @Test
  void nobody_is_there_on_no_day() {
    SubjectDays nobody = SubjectDays.empty(2);
    assertThat(nobody.subjects()).isEqualTo(2);
    assertThat(nobody.isEmpty(1)).isTrue();
    assertThat(nobody.first(0)).isEqualTo(SubjectDays.NEVER);
    assertThat(nobody.trailing(subject -> true, 5, 6, 30)).containsExactly(0, 0);
  }

  @Test
  void a_day_before_the_first_one_is_refused() {
    assertThatThrownBy(() -> SubjectDays.builder(1, 10).add(0, 9)).hasMessage("day 9 before 10");
    assertThatThrownBy(() -> SubjectDays.builder(1, 10).add(1, 10))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void days_in_any_order_are_as_in_sets(long seed) {
    var random = new Random(seed);
    int subjects = 1 + random.nextInt(6);
    int base = -200 + random.nextInt(20_000);
    int span = 1 + random.nextInt(400);
    var sets = new ArrayList<TreeSet<Integer>>();
    for (int subject = 0; subject < subjects; subject++) {
      sets.add(new TreeSet<>());
    }
    SubjectDaysBuilder builder = SubjectDays.builder(subjects, base);
    for (int i = random.nextInt(600); i > 0; i--) {
      int subject = random.nextInt(subjects);
      int day = base + random.nextInt(span);
      sets.get(subject).add(day);
      if (random.nextBoolean()) {
        builder.add(subject, day);
      } else {
        int after = day - base;
        builder.add(subject, after / SubjectDays.BLOCK, 1L << (after % SubjectDays.BLOCK));
      }
    }
    SubjectDays days = builder.build();
    assertThat(days.size()).isEqualTo(sets.stream().mapToLong(TreeSet::size).sum());
    for (int subject = 0; subject < subjects; subject++) {
      TreeSet<Integer> set = sets.get(subject);
      assertThat(days.isEmpty(subject)).isEqualTo(set.isEmpty());
      for (int day = base - 3; day < base + span + 70; day++) {
        Integer next = set.ceiling(day);
        assertThat(days.next(subject, day)).isEqualTo(next == null ? SubjectDays.NEVER : next);
        Integer previous = set.floor(day);
        assertThat(days.previous(subject, day))
            .isEqualTo(previous == null ? SubjectDays.NEVER : previous);
        assertThat(days.isWithin(subject, day, day + 9)).isEqualTo(next != null && next <= day + 9);
      }
    }
    int window = 1 + random.nextInt(40);
    int first = base + random.nextInt(span);
    int[] found = days.trailing(subject -> subject != 1, first, first + 50, window);
    for (int day = first; day <= first + 50; day++) {
      BitSet there = new BitSet();
      for (int subject = 0; subject < subjects; subject++) {
        there.set(
            subject,
            subject != 1 && !sets.get(subject).subSet(day - window + 1, day + 1).isEmpty());
      }
      assertThat(found[day - first]).isEqualTo(there.cardinality());
    }
  }
}
