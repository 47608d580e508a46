package io.pulso.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A database that gave itself up because its disk was full in the middle of a checkpoint.
class FatalFaultTest {
  @TempDir private Path folder;

  @Test
  void the_store_is_opened_again_and_goes_on() throws Exception {
    Process mounted =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", folder.toString())
            .redirectErrorStream(true)
            .start();
    Assumptions.assumeTrue(
        mounted.waitFor(30, TimeUnit.SECONDS) && mounted.exitValue() == 0,
        "no full disk was tried: this user cannot mount a small file system");
    try {
      faulted();
    } finally {
      new ProcessBuilder("umount", "-l", folder.toString()).start().waitFor();
    }
  }

  private void faulted() throws IOException {
    Path ballast = folder.resolve("ballast");
    try (Store store = Records.open(folder.resolve("pulso.duckdb"));
        Store loading = store.steady()) {
      LiveLoad live = loading.live(Clock.systemUTC(), java.util.List::of);
      live.load(
          java.util.List.of(Records.part(Records.events("ann", 0, 500).toArray(new Incoming[0]))),
          1);
      fill(ballast);
      assertThatThrownBy(store::checkpoint).isInstanceOfAny(DiskFull.class, StoreException.class);
      assertThatThrownBy(() -> store.rowsAsText("event")).isInstanceOf(StoreBusy.class);
      Files.delete(ballast);
      live.load(
          java.util.List.of(Records.part(Records.event("ann", "m0"), Records.event("bob", "n"))),
          2);
      assertThat(store.rowsAsText("event")).hasSize(501);
      try (Store reading = store.beside()) {
        assertThat(reading.rowsAsText("person")).hasSize(2);
      }
    }
  }

  private static void fill(Path ballast) throws IOException {
    try (var out = Files.newOutputStream(ballast)) {
      byte[] block = new byte[1 << 12];
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space");
    }
  }
}
