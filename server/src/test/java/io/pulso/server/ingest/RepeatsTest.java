package io.pulso.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RepeatsTest {
  @Test
  void counts_are_those_of_a_map_however_often_and_however_close_hashes_come() {
    Repeats repeats = new Repeats();
    Map<Long, Integer> expected = new HashMap<>();
    Random random = new Random(2);
    for (int i = 0; i < 300_000; i++) {
      long hash = i % 3 == 0 ? random.nextInt(300) : random.nextLong() >>> random.nextInt(64);
      assertThat(repeats.count(hash))
          .isEqualTo(expected.merge(hash == 0 ? 1 : hash, 1, Integer::sum));
    }
  }

  @Test
  void a_cleared_count_begins_again() {
    Repeats repeats = new Repeats();
    repeats.count(5);
    repeats.clear();
    assertThat(repeats.count(5)).isEqualTo(1);
  }
}
