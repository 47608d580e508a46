package io.pulso.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A store that is written into a new file while it is in use, and one whose process ended in the
/// middle of that.
class RewriteTest {
  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("pulso.duckdb");
  }

  @Test
  void all_connections_go_on_with_the_new_file() throws Exception {
    try (Store store = Records.open(file());
        Store loading = store.steady()) {
      LiveLoad live = loading.live(Clock.systemUTC(), List::of);
      live.load(List.of(Records.part(Records.event("ann", "m1"))), 10);
      Object before = Files.readAttributes(file(), "unix:ino").get("ino");
      Map<String, List<String>> rows = Records.dump(store);
      store.upkeep().rewrite();
      assertThat(Files.readAttributes(file(), "unix:ino").get("ino")).isNotEqualTo(before);
      assertThat(Records.dump(store)).isEqualTo(rows);
      live.load(List.of(Records.part(Records.event("ann", "m1"), Records.event("bob", "m2"))), 20);
      assertThat(live.position()).isEqualTo(20);
      try (Store reading = store.beside()) {
        assertThat(reading.rowsAsText("event")).hasSize(2);
      }
    }
    try (Store again = Records.open(file())) {
      assertThat(again.rowsAsText("event")).hasSize(2);
    }
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file()));
  }

  @Test
  void a_store_that_is_loaded_and_read_all_the_time_loses_and_doubles_nothing() throws Exception {
    try (Store store = Records.open(file());
        Store loading = store.steady()) {
      LiveLoad live = loading.live(Clock.systemUTC(), List::of);
      AtomicBoolean done = new AtomicBoolean();
      CompletableFuture<Integer> load =
          CompletableFuture.supplyAsync(
              () -> {
                int batch = 0;
                while (!done.get()) {
                  live.load(
                      List.of(
                          Records.part(
                              Records.events("u" + batch % 7, batch * 100, batch * 100 + 100)
                                  .toArray(new Incoming[0]))),
                      ++batch);
                }
                return batch;
              },
              Thread::startVirtualThread);
      CompletableFuture<Integer> read =
          CompletableFuture.supplyAsync(
              () -> {
                int asked = 0;
                int last = 0;
                while (!done.get()) {
                  try (Store reading = store.beside()) {
                    int now = reading.rowsAsText("import").size();
                    assertThat(reading.rowsAsText("event")).hasSizeGreaterThanOrEqualTo(100 * last);
                    last = now;
                    asked++;
                  }
                }
                return asked;
              },
              Thread::startVirtualThread);
      for (int i = 0; i < 5; i++) {
        store.upkeep().rewrite();
      }
      done.set(true);
      int batches = load.get(60, TimeUnit.SECONDS);
      assertThat(read.get(60, TimeUnit.SECONDS)).isPositive();
      assertThat(live.position()).isEqualTo(batches);
      assertThat(store.rowsAsText("event")).hasSize(100 * batches).doesNotHaveDuplicates();
    }
  }

  @Test
  void readers_that_come_and_go_do_not_keep_the_old_file() throws Exception {
    try (Store store = Records.open(file())) {
      AtomicBoolean done = new AtomicBoolean();
      List<CompletableFuture<Integer>> reads =
          Stream.generate(() ->
                  CompletableFuture.supplyAsync(
                      () -> comeAndGo(store, done), Thread.ofPlatform()::start))
              .limit(4)
              .toList();
      for (int i = 0; i < 30; i++) {
        store.upkeep().rewrite();
      }
      done.set(true);
      for (CompletableFuture<Integer> read : reads) {
        assertThat(read.get(60, TimeUnit.SECONDS)).isPositive();
      }
    }
  }

  private static int comeAndGo(Store store, AtomicBoolean done) {
    int came = 0;
    while (!done.get()) {
      try (Store reading = store.beside()) {
        assertThat(reading.file()).isEqualTo(store.file());
        came++;
      }
    }
    return came;
  }

  @Test
  void a_reader_that_does_not_end_is_told_to_ask_again() throws Exception {
    try (Store store = Records.open(file());
        Store loading = store.steady()) {
      LiveLoad live = loading.live(Clock.systemUTC(), List::of);
      live.load(
          List.of(Records.part(Records.events("ann", 0, 20_000).toArray(new Incoming[0]))), 1);
      CountDownLatch inside = new CountDownLatch(1);
      CountDownLatch rewritten = new CountDownLatch(1);
      CompletableFuture<Void> slow =
          CompletableFuture.runAsync(
              () -> {
                try (Store reading = store.beside()) {
                  reading.eachRow(
                      "event",
                      () -> {
                        inside.countDown();
                        rewritten.await();
                      });
                }
              },
              Thread::startVirtualThread);
      if (!inside.await(20, TimeUnit.SECONDS)) {
        slow.join();
      }
      store.upkeep().rewrite();
      rewritten.countDown();
      assertThatThrownBy(slow::join).hasCauseInstanceOf(StoreBusy.class);
      assertThat(store.rowsAsText("event")).hasSize(20_000);
    }
  }

  private byte[] stored(String... ids) throws IOException {
    Files.deleteIfExists(file());
    try (Store store = Records.open(file())) {
      LiveLoad live = store.live(Clock.systemUTC(), List::of);
      for (int i = 0; i < ids.length; i++) {
        live.load(List.of(Records.part(Records.event(ids[i], "m" + i))), i + 1);
      }
    }
    return Files.readAllBytes(file());
  }

  @Test
  void what_was_not_decided_when_the_process_ended_is_removed() throws Exception {
    byte[] fresh = stored("new");
    stored("old");
    Files.write(folder.resolve("pulso.duckdb.new"), java.util.Arrays.copyOf(fresh, 5000));
    Files.writeString(folder.resolve("pulso.duckdb.new.wal"), "half");
    Files.writeString(folder.resolve("pulso.duckdb.copy"), "half");
    try (Store store = Records.open(file())) {
      assertThat(store.rowsAsText("person").toString()).contains("old");
    }
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file()));
  }

  @Test
  void what_was_decided_when_the_process_ended_is_finished() throws Exception {
    byte[] fresh = stored("new");
    byte[] old = stored("old");
    Path mark = folder.resolve("pulso.duckdb.complete");
    Path next = folder.resolve("pulso.duckdb.new");
    Path wal = folder.resolve("pulso.duckdb.wal");
    for (int step = 0; step < 3; step++) {
      Files.write(file(), old);
      Files.write(next, fresh);
      Files.createFile(mark);
      Files.writeString(wal, "of the old store");
      if (step > 0) {
        Files.delete(wal);
      }
      if (step > 1) {
        Files.move(next, file(), StandardCopyOption.REPLACE_EXISTING);
      }
      try (Store store = Records.open(file())) {
        assertThat(store.rowsAsText("person").toString()).contains("new").doesNotContain("old");
      }
      assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file()));
    }
  }

  @Test
  void even_a_single_row_is_changed_only_when_nobody_else_changes_the_store() throws Exception {
    try (Store store = Records.open(file())) {
      List<Consumer<Store>> changes =
          List.of(
              each -> each.access().tokens().revoke("t", 1),
              each -> each.access().writeKeys().revoke("k", Instant.EPOCH),
              each -> each.access().signingSecrets().revoke("s", Instant.EPOCH),
              each -> each.rejected().markReplayed(List.of()),
              each -> each.versions().publish("shop", "hash", "text", "eva", Instant.EPOCH, ""),
              each -> each.load("new", true, "file", Clock.systemUTC(), List.of()).close());
      for (Consumer<Store> change : changes) {
        CompletableFuture<Boolean> changed;
        try (Load load = store.load("web", true, "file", Clock.systemUTC(), List.of())) {
          changed = CompletableFuture.supplyAsync(() -> done(store, change));
          assertThatThrownBy(() -> changed.get(200, TimeUnit.MILLISECONDS))
              .as("change %d", changes.indexOf(change))
              .isInstanceOf(TimeoutException.class);
          load.commit();
        }
        assertThat(changed.get(1, TimeUnit.MINUTES)).isTrue();
      }
      assertThat(store.versions().of("shop")).hasSize(1);
    }
  }

  private static boolean done(Store store, Consumer<Store> change) {
    try (Store own = store.beside()) {
      change.accept(own);
      return true;
    }
  }
}
