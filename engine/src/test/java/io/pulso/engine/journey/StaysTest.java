package io.pulso.engine.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.metric.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StaysTest {
  private record Time(int begin, int end, boolean first) {
    /// At the start of a day.
    boolean isThere(int day) {
      return begin < day && day <= end;
    }
  }

  @Test
  void twenty_lost_of_a_hundred_are_a_fifth() {
    Stays stays = new Stays(List.of(new Period(10, 19)));
    for (int i = 0; i < 80; i++) {
      stays.add(3, Stays.NEVER, true);
    }
    for (int i = 0; i < 20; i++) {
      stays.add(3, 10 + i % 10, true);
    }
    assertThat(stays.told())
        .containsExactly(new Stays.Stay(new Period(10, 19), 100, 20, 20, 0, 0, 80, 80));
  }

  @Test
  void start_less_lost_with_new_and_resurrected_is_the_end() {
    for (long seed = 1; seed <= 300; seed++) {
      Random random = new Random(seed);
      List<Period> periods = new ArrayList<>();
      int day = 5;
      for (int i = 1 + random.nextInt(5); i > 0; i--) {
        int length = 1 + random.nextInt(9);
        periods.add(new Period(day, day + length - 1));
        day += length;
      }
      List<Time> all = new ArrayList<>();
      Stays stays = new Stays(periods);
      for (int who = 0; who < 30; who++) {
        int at = random.nextInt(30) - 3;
        boolean first = true;
        boolean more = true;
        while (more && at < 60) {
          more = random.nextInt(3) > 0;
          int end = more ? at + random.nextInt(9) : Stays.NEVER;
          all.add(new Time(at, end, first));
          stays.add(at, end, first);
          first = false;
          at = more ? end + 1 + random.nextInt(6) : at;
        }
      }
      for (Stays.Stay told : stays.told()) {
        assertThat(told).as("seed %d", seed).isEqualTo(counted(told.period(), all));
        assertThat(told.start() - told.lost() + told.fresh() + told.resurrected())
            .isEqualTo(told.end());
        assertThat(told.kept()).isLessThanOrEqualTo(told.start());
        assertThat(told.start() - told.lostOfStart()).isEqualTo(told.kept());
      }
    }
  }

  private static Stays.Stay counted(Period period, List<Time> all) {
    int after = period.last() + 1;
    return new Stays.Stay(
        period,
        all.stream().filter(time -> time.isThere(period.first())).count(),
        all.stream().filter(time -> holds(period, time.end())).count(),
        all.stream()
            .filter(time -> holds(period, time.end()) && time.begin() < period.first())
            .count(),
        all.stream().filter(time -> time.first() && holds(period, time.begin())).count(),
        all.stream().filter(time -> !time.first() && holds(period, time.begin())).count(),
        all.stream().filter(time -> time.isThere(after)).count(),
        all.stream().filter(time -> time.isThere(period.first()) && time.isThere(after)).count());
  }

  private static boolean holds(Period period, int day) {
    return period.first() <= day && day <= period.last();
  }
}
