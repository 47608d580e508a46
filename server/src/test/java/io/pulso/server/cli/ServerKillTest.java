package io.pulso.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that is killed at any moment while events come in.
class ServerKillTest {
  @TempDir private Path folder;

  @Test
  void every_acknowledged_event_is_stored_once_after_20_kills() throws Exception {
    killOften(20);
  }

  @Test
  @Tag("long")
  void every_acknowledged_event_is_stored_once_after_300_kills() throws Exception {
    killOften(300);
  }

  private void killOften(int rounds) throws Exception {
    Path workspace = folder.resolve("w");
    ServedChild.make(workspace);
    Senders senders = new Senders(8);
    Random random = new Random(rounds);
    for (int round = 0; round < rounds; round++) {
      ServedChild child = ServedChild.start(workspace, folder.resolve("output" + round));
      List<Thread> running = senders.start(child, round);
      ServedChild.pause(random.nextInt(100, 700));
      assertThat(child.process().isAlive()).isTrue();
      child.process().destroyForcibly().waitFor();
      for (Thread thread : running) {
        thread.join();
      }
    }
    ServedChild.start(workspace, folder.resolve("output")).finish();
    assertThat(senders.refusals).isEmpty();
    assertThat(senders.acknowledged).hasSizeGreaterThan(rounds * 10);
    ServedChild.Stored stored = ServedChild.Stored.of(workspace);
    senders.expectIn(stored);
    assertThat(stored.duplicates()).isPositive();
    assertThat(stored.rejected()).isPositive();
  }
}
