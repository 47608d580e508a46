package io.pulso.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that writes its store anew and makes backups all the time, and is killed at any moment
/// of it.
class RewriteKillTest {
  @TempDir private Path folder;

  @Test
  void every_acknowledged_event_is_stored_once_after_6_kills() throws Exception {
    killOften(6);
  }

  @Test
  @Tag("long")
  void every_acknowledged_event_is_stored_once_after_100_kills() throws Exception {
    killOften(100);
  }

  private void killOften(int rounds) throws Exception {
    Path workspace = folder.resolve("w");
    ServedChild.make(workspace);
    Senders senders = new Senders(4);
    Random random = new Random(rounds);
    AtomicInteger rewritten = new AtomicInteger();
    for (int round = 0; round < rounds; round++) {
      ServedChild child = ServedChild.start(workspace, folder.resolve("output" + round));
      List<Thread> running = senders.start(child, round);
      Thread rewriting =
          Thread.startVirtualThread(() -> {
            while (child.process().isAlive()) {
              if (ask(child, "POST", "/api/v1/rewrite") == 200) {
                rewritten.incrementAndGet();
              }
              ask(child, "GET", "/api/v1/backup");
            }
          });
      ServedChild.pause(random.nextInt(300, 2_500));
      assertThat(child.process().isAlive()).isTrue();
      child.process().destroyForcibly().waitFor();
      for (Thread thread : running) {
        thread.join();
      }
      rewriting.join();
    }
    ServedChild.start(workspace, folder.resolve("output")).finish();
    assertThat(rewritten).hasPositiveValue();
    assertThat(senders.refusals).isEmpty();
    senders.expectIn(ServedChild.Stored.of(workspace));
    try (var files = Files.list(workspace.resolve("data"))) {
      assertThat(files.map(file -> file.getFileName().toString()).toList())
          .contains("pulso.duckdb")
          .noneMatch(
              name -> name.contains(".new") || name.contains(".part") || name.contains(".copy"));
    }
  }

  private static int ask(ServedChild child, String method, String path) {
    try {
      return ServedChild.CLIENT
          .send(
              HttpRequest.newBuilder(URI.create(child.place().url() + path))
                  .timeout(Duration.ofSeconds(30))
                  .header("Authorization", "Bearer " + child.place().token())
                  .method(method, HttpRequest.BodyPublishers.noBody())
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray())
          .statusCode();
    } catch (java.io.IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
