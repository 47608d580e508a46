package io.pulso.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ChangesTest {
  private static final Duration NOW = Duration.ofMillis(1);

  private static void tell(Changes changes, int times) {
    for (int i = 0; i < times; i++) {
      changes.counters(new Answer().put("stored", i).json());
    }
  }

  @Test
  void a_reader_that_is_slower_than_the_ring_is_let_go() throws Exception {
    try (Changes changes = new Changes(10);
        Changes.Reader slow = changes.read(null);
        Changes.Reader quick = changes.read(null)) {
      tell(changes, 10);
      assertThat(Objects.requireNonNull(quick.next(NOW))).hasSize(10);
      tell(changes, 1);
      assertThat(Objects.requireNonNull(quick.next(NOW))).hasSize(1);
      assertThat(slow.next(NOW)).isNull();
    }
  }

  @Test
  void a_reader_that_comes_back_gets_what_is_in_the_ring_or_hears_of_the_loss() throws Exception {
    try (Changes changes = new Changes(10)) {
      String last;
      try (Changes.Reader reader = changes.read(null)) {
        tell(changes, 1);
        last = Objects.requireNonNull(reader.next(NOW)).getFirst().id();
      }
      tell(changes, 10);
      try (Changes.Reader back = changes.read(last)) {
        assertThat(back.hasLost()).isFalse();
        List<Changes.Item> items = Objects.requireNonNull(back.next(NOW));
        assertThat(items).hasSize(10);
      }
      tell(changes, 1);
      try (Changes.Reader back = changes.read(last)) {
        assertThat(back.hasLost()).isTrue();
        assertThat(back.next(NOW)).isEmpty();
      }
    }
  }

  @Test
  void nobody_is_heard_when_nobody_reads() {
    try (Changes changes = new Changes(10)) {
      assertThat(changes.isHeard()).isFalse();
      try (Changes.Reader reader = changes.read(null)) {
        assertThat(changes.isHeard()).isTrue();
        assertThat(reader.hasLost()).isFalse();
      }
      assertThat(changes.isHeard()).isFalse();
    }
  }
}
