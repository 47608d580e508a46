package io.pulso.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// The set of 128-bit numbers beside one of the library.
class SeenIdsTest {
  private record Id(long high, long low) {}

  private static void expectSame(int steps, Supplier<Id> next) {
    SeenIds seen = new SeenIds();
    Set<Id> all = new HashSet<>();
    for (int i = 0; i < steps; i++) {
      Id id = next.get();
      assertThat(seen.contains(id.high, id.low)).isEqualTo(all.contains(id));
      assertThat(seen.add(id.high, id.low)).isEqualTo(all.add(id));
      assertThat(seen.size()).isEqualTo(all.size());
    }
    for (Id id : all) {
      assertThat(seen.contains(id.high, id.low)).isTrue();
      assertThat(seen.contains(~id.high, id.low)).isEqualTo(all.contains(new Id(~id.high, id.low)));
    }
  }

  @Test
  void random_numbers_are_there_once_they_were_added() {
    Random random = new Random(1);
    expectSame(50_000, () -> new Id(random.nextLong(), random.nextLong()));
  }

  @Test
  void few_numbers_that_come_often_are_kept_once() {
    Random random = new Random(2);
    expectSame(50_000, () -> new Id(random.nextInt(60), random.nextInt(60)));
  }

  @Test
  void zero_and_equal_halves_are_numbers_as_others_are() {
    Random random = new Random(3);
    expectSame(
        20_000,
        () -> {
          long half = random.nextInt(4000);
          return switch (random.nextInt(4)) {
            case 0 -> new Id(0, half);
            case 1 -> new Id(half, 0);
            case 2 -> new Id(half, half);
            default -> new Id(half, Long.rotateLeft(half, 32));
          };
        });
  }

  @Test
  void the_number_zero_is_not_there_before_it_was_added() {
    SeenIds seen = new SeenIds();
    assertThat(seen.contains(0, 0)).isFalse();
    assertThat(seen.add(0, 0)).isTrue();
    assertThat(seen.add(0, 0)).isFalse();
    assertThat(seen.size()).isEqualTo(1);
  }
}
