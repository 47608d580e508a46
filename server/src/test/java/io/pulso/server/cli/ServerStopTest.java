package io.pulso.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.app.Workspace;
import io.pulso.server.store.Store;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that is asked to end, and one whose disk is full.
class ServerStopTest {
  @TempDir private Path folder;

  @Test
  void commands_wait_for_a_server_that_is_starting_and_it_for_a_command() throws Exception {
    Path workspace = folder.resolve("w");
    ServedChild.make(workspace);
    Path output = folder.resolve("output");
    Process server;
    try (Store held = Workspace.open(workspace).store()) {
      assertThat(held.file()).exists();
      server =
          Cli.start(output, Main.class.getName(), "serve", "--port", "0", "--workspace", workspace);
      while (!Files.exists(workspace.resolve("data/server.starting"))) {
        assertThat(server.isAlive()).as(Cli.read(output)).isTrue();
        ServedChild.pause(5);
      }
    }
    try {
      Cli.expect(0, "key", "create", "--source", "app", "--workspace", workspace);
      assertThat(ServedChild.file(workspace)).exists();
      assertThat(workspace.resolve("data/server.starting")).doesNotExist();
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

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
          "POST /v1/track HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n\r\n%s"
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
}
