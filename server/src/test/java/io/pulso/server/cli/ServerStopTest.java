package io.pulso.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that is asked to end, and one whose disk is full.
class ServerStopTest {
  @TempDir private Path folder;

  @Test
  void a_server_that_is_asked_to_end_answers_what_is_under_way() throws Exception {
    Path workspace = folder.resolve("w");
    Path output = folder.resolve("output");
    ServedChild.make(workspace);
    ServedChild child = ServedChild.start(workspace, output);
    Senders senders = new Senders(8);
    List<Thread> running = senders.start(child, 1);
    String body = "{\"userId\":\"ann\",\"event\":\"Login\",\"messageId\":\"slow\"}";
    try (Socket slow =
        new Socket(InetAddress.getLoopbackAddress(), URI.create(child.place().url()).getPort())) {
      OutputStream out = slow.getOutputStream();
      out.write(
          "POST /v1/track HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(ServedChild.KEY, body.length(), body.substring(0, 20))
              .getBytes(StandardCharsets.UTF_8));
      out.flush();
      ServedChild.pause(500);
      child.process().destroy();
      while (!Cli.read(output).contains("stopping ...")) {
        ServedChild.pause(5);
      }
      ServedChild.pause(100);
      out.write(body.substring(20).getBytes(StandardCharsets.UTF_8));
      out.flush();
      slow.setSoTimeout(20_000);
      String answer = new String(slow.getInputStream().readNBytes(15), StandardCharsets.UTF_8);
      assertThat(answer).isEqualTo("HTTP/1.1 200 OK");
    }
    senders.enough();
    for (Thread thread : running) {
      thread.join();
    }
    child.stop();
    assertThat(ServedChild.file(workspace)).doesNotExist();
    ServedChild.start(workspace, output).finish();
    senders.acknowledged.add("slow");
    senders.sent.add("slow");
    senders.rowsAcknowledged.incrementAndGet();
    senders.rowsSent.incrementAndGet();
    senders.expectIn(ServedChild.Stored.of(workspace));
  }

  @Test
  void a_full_disk_makes_senders_wait_and_loses_nothing() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        call("mount", "-t", "tmpfs", "-o", "size=320m", "tmpfs", disk.toString()),
        "no disk of a few megabytes can be mounted here");
    try {
      Path workspace = disk.resolve("w");
      ServedChild.make(workspace);
      ServedChild child = ServedChild.start(workspace, folder.resolve("output"));
      Path filler = disk.resolve("filler");
      Set<String> kept = new TreeSet<>();
      try {
        assertThat(send(child, kept, 0).statusCode()).isEqualTo(200);
        fill(filler);
        HttpResponse<String> refused = untilStatus(child, kept, 503, 3000);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        Files.delete(filler);
        untilStatus(child, kept, 200, 600);
        child.finish();
      } finally {
        child.process().destroyForcibly().waitFor();
      }
      ServedChild.Stored stored = ServedChild.Stored.of(workspace);
      stored.expectSound();
      assertThat(stored.ids().keySet()).containsExactlyInAnyOrderElementsOf(kept);
    } finally {
      call("umount", disk.toString());
    }
  }

  /// Sends until an answer has a status.
  private static HttpResponse<String> untilStatus(
      ServedChild child, Set<String> kept, int status, int most) throws Exception {
    for (int i = 0; i < most; i++) {
      HttpResponse<String> answer = send(child, kept, kept.size() + i);
      if (answer.statusCode() == status) {
        return answer;
      }
      assertThat(answer.statusCode()).isIn(200, 503);
      ServedChild.pause(answer.statusCode() == 503 ? 50 : 0);
    }
    throw new AssertionError("never answered " + status);
  }

  /// Sends events of 30 KB; their ids are kept where they are acknowledged.
  private static HttpResponse<String> send(ServedChild child, Set<String> kept, int number)
      throws IOException, InterruptedException {
    Set<String> ids = new TreeSet<>();
    StringBuilder batch = new StringBuilder();
    for (int i = 0; i < 15; i++) {
      String id = "n" + number + "-" + i + "-" + kept.size();
      ids.add(id);
      batch
          .append(i == 0 ? "" : ",")
          .append(
              "{\"type\":\"track\",\"userId\":\"ann\",\"event\":\"Login\",\"messageId\":\"%s\",\"properties\":{\"text\":\"%s\"}}"
                  .formatted(id, Long.toString(number + 50_000L, 36).repeat(7_500)));
    }
    HttpResponse<String> answer = child.post("/v1/batch", "{\"batch\":[" + batch + "]}");
    if (answer.statusCode() == 200) {
      kept.addAll(ids);
    }
    return answer;
  }

  /// Takes all room that is left on a disk.
  private static void fill(Path filler) throws IOException {
    byte[] block = new byte[4096];
    try (RandomAccessFile file = new RandomAccessFile(filler.toFile(), "rw")) {
      long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (System.nanoTime() < end) {
        file.write(block);
      }
      throw new AssertionError("the disk is never full");
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  private static boolean call(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
