package io.pulso.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Who may do something heavy, and who waits.
@Timeout(30)
class TurnsTest {
  private static final Presence STAYS = () -> false;

  private static Turns.Turn taken(Turns turns, String who) throws Exception {
    return Objects.requireNonNull(turns.take(who, STAYS));
  }

  /// One that waits, as soon as it does.
  private static Future<Turns.@Nullable Turn> waiting(
      ExecutorService threads, Turns turns, Presence presence, int place) {
    Future<Turns.@Nullable Turn> made = threads.submit(() -> turns.take("ann", presence));
    while (turns.waiting("ann") < place && !made.isDone()) {
      LockSupport.parkNanos(1_000_000);
    }
    return made;
  }

  @Test
  void those_beyond_two_wait_in_order_and_others_do_not() throws Exception {
    Turns turns = new Turns(2, 3, Duration.ofMinutes(1));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Turns.Turn first = taken(turns, "ann");
      Turns.Turn second = taken(turns, "ann");
      var third = waiting(threads, turns, STAYS, 1);
      var fourth = waiting(threads, turns, STAYS, 2);
      taken(turns, "bob").close();
      assertThat(third.isDone()).isFalse();
      second.close();
      Turns.Turn now = Objects.requireNonNull(third.get());
      assertThat(fourth.isDone()).isFalse();
      first.close();
      Objects.requireNonNull(fourth.get()).close();
      now.close();
      taken(turns, "ann").close();
      assertThat(turns.refused()).isZero();
    }
  }

  @Test
  void who_finds_no_place_or_waits_too_long_or_leaves_has_no_turn() throws Exception {
    Turns turns = new Turns(1, 1, Duration.ofMillis(300));
    AtomicBoolean gone = new AtomicBoolean();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Turns.Turn first = taken(turns, "ann");
      var second = waiting(threads, turns, STAYS, 1);
      assertThat(turns.take("ann", STAYS)).as("no place").isNull();
      assertThat(second.get()).as("too long").isNull();
      var leaving = waiting(threads, turns, gone::get, 1);
      gone.set(true);
      assertThat(leaving.get()).as("has left").isNull();
      assertThat(turns.refused()).isEqualTo(3);
      first.close();
      taken(turns, "ann").close();
      assertThat(turns.waiting("ann")).isZero();
    }
  }
}
