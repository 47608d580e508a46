package io.pulso.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.journey.FunnelKernel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class GatheredStepsTest {
  private static final long FROM = 1_700_000_000_000_000L;
  private static final long YEAR = 366L * 86_400_000_000L;
  private static final int STEPS = 5;

  private record Step(int owner, long at, int which) {}

  @Test
  void each_owner_is_told_once_and_their_events_in_the_order_of_time() {
    Random random = new Random(5);
    List<Step> given = new ArrayList<>();
    for (int i = 0; i < 40_000; i++) {
      long at = FROM + random.nextInt(50) * (YEAR / 49);
      int which = 1 + random.nextInt((1 << STEPS) - 1);
      int inside = random.nextBoolean() ? FunnelKernel.INSIDE : 0;
      given.add(new Step(random.nextInt(7_000), at, which | inside));
    }
    Semaphore free = new Semaphore(1_000);
    List<List<Step>> told = Collections.synchronizedList(new ArrayList<>());
    try (GatheredSteps gathered = gathered(free, FROM + YEAR)) {
      given.forEach(step -> gathered.add(step.owner(), step.at(), step.which()));
      assertThat(gathered.isFull()).isFalse();
      assertThat(free.availablePermits()).isLessThan(1_000);
      gathered.each(() -> new Keeping(told));
    }
    assertThat(free.availablePermits()).isEqualTo(1_000);
    Comparator<Step> order = Comparator.comparingInt(Step::owner).thenComparingLong(Step::at);
    Comparator<Step> whole = order.thenComparingInt(Step::which);
    assertThat(told.stream().flatMap(List::stream).sorted(whole).toList())
        .isEqualTo(given.stream().sorted(whole).toList());
    for (List<Step> some : told) {
      assertThat(some).isSortedAccordingTo(order);
    }
    assertThat(
            told.stream()
                .mapToLong(some -> some.stream().map(Step::owner).distinct().count())
                .sum())
        .isEqualTo(given.stream().map(Step::owner).distinct().count());
  }

  @Test
  void what_has_no_room_is_not_gathered() {
    Semaphore free = new Semaphore(2);
    try (GatheredSteps gathered = gathered(free, FROM + YEAR)) {
      gathered.add(1, FROM, 1);
      gathered.add(5_000, FROM, 1);
      assertThat(gathered.isFull()).isFalse();
      gathered.add(9_000, FROM, 1);
      assertThat(gathered.isFull()).isTrue();
    }
    assertThat(free.availablePermits()).isEqualTo(2);
  }

  @Test
  void many_steps_of_long_periods_do_not_go_into_eight_bytes() {
    Semaphore free = new Semaphore(2);
    assertThat(GatheredSteps.of(free, 20, FROM, FROM + YEAR)).isNull();
    assertThat(GatheredSteps.of(free, 6, FROM, FROM + YEAR)).isNotNull();
    assertThat(free.availablePermits()).isEqualTo(2);
  }

  private static GatheredSteps gathered(Semaphore free, long to) {
    return Objects.requireNonNull(GatheredSteps.of(free, STEPS, FROM, to));
  }

  /// Keeps what some owners are told together.
  private static final class Keeping implements GatheredSteps.Taking {
    private final List<List<Step>> to;
    private List<Step> some = new ArrayList<>();

    Keeping(List<List<Step>> to) {
      this.to = to;
    }

    @Override
    public void take(int owner, long at, int which) {
      some.add(new Step(owner, at, which));
    }

    @Override
    public void end() {
      to.add(some);
      some = new ArrayList<>();
    }
  }
}
