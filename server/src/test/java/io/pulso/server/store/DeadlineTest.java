package io.pulso.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How long a question may take.
class DeadlineTest {
  private static final String ENDLESS =
      "(SELECT SUM(a.range * b.range) FROM range(100000000) a, range(1000000) b)";

  @TempDir private Path folder;

  @Test
  void a_question_that_takes_too_long_is_ended_and_others_go_on() {
    try (Store store = Records.open(folder.resolve("pulso.duckdb"));
        Store limited = store.beside(Duration.ofSeconds(1))) {
      assertThatThrownBy(() -> limited.rowsAsText(ENDLESS))
          .isInstanceOf(TooSlow.class)
          .hasMessageContaining("longer than 1 s");
      assertThatThrownBy(() -> limited.rowsAsText("(SELECT 1 AS one)")).isInstanceOf(TooSlow.class);
      assertThat(store.rowsAsText("(SELECT 1 AS one)")).hasSize(1);
      try (Store next = store.beside(Duration.ofSeconds(10))) {
        assertThat(next.rowsAsText("(SELECT 1 AS one)")).hasSize(1);
      }
    }
  }
}
