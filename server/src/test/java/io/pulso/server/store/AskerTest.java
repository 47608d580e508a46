package io.pulso.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Questions that are asked on somebody's behalf.
@Timeout(60)
class AskerTest {
  @TempDir private Path folder;

  @Test
  void what_is_under_way_ends_when_its_asker_leaves_and_nothing_more_begins() throws Exception {
    try (Store store = Records.open(folder.resolve("pulso.duckdb"));
        ExecutorService threads = Executors.newCachedThreadPool()) {
      Asker leaving = new Asker(Duration.ofMinutes(1));
      Asker staying = new Asker(Duration.ofMinutes(1));
      Future<String> asked = threads.submit(() -> leaving.ask(() -> Endless.ask(store)));
      assertThatThrownBy(() -> asked.get(500, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      while (!asked.isDone()) {
        leaving.leave();
      }
      assertThatThrownBy(asked::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(NobodyWaits.class);
      assertThatThrownBy(() -> leaving.ask(() -> Endless.askLittle(store)))
          .isInstanceOf(NobodyWaits.class);
      assertThat(staying.ask(() -> Endless.askLittle(store))).isNotNull();
      assertThat(Endless.askLittle(store)).isNotNull();
    }
  }

  @Test
  void every_connection_that_is_opened_for_an_asker_has_the_same_end() throws Exception {
    try (Store store = Records.open(folder.resolve("pulso.duckdb"))) {
      Asker asker = new Asker(Duration.ofSeconds(1));
      assertThatThrownBy(() -> asker.ask(() -> Endless.ask(store))).isInstanceOf(TooSlow.class);
      assertThatThrownBy(() -> asker.ask(() -> Endless.askLittle(store)))
          .isInstanceOf(TooSlow.class);
    }
  }
}
