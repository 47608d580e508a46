package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.http.Context;
import io.pulso.server.api.Cost;
import io.pulso.server.api.Desk;
import io.pulso.server.api.Presence;
import io.pulso.server.api.Turns;
import io.pulso.server.store.Endless;
import io.pulso.server.store.NobodyWaits;
import io.pulso.server.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of reads of the store when those who asked leave or ask for much at once, over real
/// connections.
@Timeout(60)
class ReadersTest {
  private final BlockingQueue<String> begun = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> abandoned = new LinkedBlockingQueue<>();
  private final CountDownLatch held = new CountDownLatch(1);
  private final Desk desk = new Desk(8, new Turns(), Duration.ofSeconds(50));

  @TempDir private Path folder;
  private @Nullable Store store;
  private @Nullable Web web;

  @BeforeEach
  void start() {
    store = Endless.store(folder.resolve("pulso.duckdb"));
    web =
        new Web(
            ServerSettings.of(Map.of("port", "0"), Map.of()),
            folder,
            false,
            config -> config.routes.get("/{who}/{what}", this::take));
  }

  @AfterEach
  void stop() {
    held.countDown();
    Objects.requireNonNull(web).close();
    desk.close();
    Objects.requireNonNull(store).close();
  }

  private void take(Context ctx) throws Exception {
    String what = ctx.pathParam("what");
    boolean answered =
        desk.run(
            ctx,
            Cost.HEAVY,
            ctx.pathParam("who"),
            () -> {
              begun.add(what);
              ctx.result(what + " " + read(what, Presence.of(ctx)));
              return null;
            });
    ctx.status(answered ? 200 : 429);
  }

  private String read(String what, Presence presence) throws InterruptedException {
    Store from = Objects.requireNonNull(store);
    try {
      return switch (what) {
        case "endless" -> Endless.ask(from);
        case "held" -> String.valueOf(held.await(50, TimeUnit.SECONDS));
        // Long enough for the server to look whether anybody waits.
        case "slow" -> slow(presence);
        default -> Endless.askLittle(from);
      };
    } catch (NobodyWaits e) {
      abandoned.add(what);
      throw e;
    }
  }

  private static String slow(Presence presence) {
    long end = System.nanoTime() + Duration.ofMillis(500).toNanos();
    boolean gone = false;
    while (System.nanoTime() < end) {
      gone |= presence.isGone();
      LockSupport.parkNanos(10_000_000);
    }
    return gone ? "gone" : "there";
  }

  private int port() {
    return Objects.requireNonNull(web).port();
  }

  /// A connection over which one or more requests were sent, without waiting for answers.
  private Socket asking(String... paths) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
    StringBuilder all = new StringBuilder();
    for (String path : paths) {
      all.append("GET ").append(path).append(" HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }
    socket.getOutputStream().write(all.toString().getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private CompletableFuture<HttpResponse<String>> ask(HttpClient client, String path) {
    return client.sendAsync(
        HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void a_read_ends_when_its_reader_closes_the_connection() throws Exception {
    try (Socket socket = asking("/ann/endless")) {
      assertThat(begun.poll(20, TimeUnit.SECONDS)).isEqualTo("endless");
      assertThat(abandoned.poll(500, TimeUnit.MILLISECONDS)).as("its reader waits").isNull();
      assertThat(socket.isConnected()).isTrue();
    }
    assertThat(abandoned.poll(40, TimeUnit.SECONDS)).isEqualTo("endless");
  }

  @Test
  void what_a_reader_sends_meanwhile_is_answered_next() throws Exception {
    try (Socket socket = asking("/ann/slow", "/ann/one", "/ann/slow", "/ann/two")) {
      socket.setSoTimeout(20_000);
      assertThat(body(socket.getInputStream())).isEqualTo("slow there");
      assertThat(body(socket.getInputStream())).startsWith("one ");
      assertThat(body(socket.getInputStream())).isEqualTo("slow there");
      assertThat(body(socket.getInputStream())).startsWith("two ");
    }
  }

  /// The body of the next answer.
  private static String body(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int read = in.read();
      assertThat(read).as(head.toString()).isNotNegative();
      head.append((char) read);
    }
    assertThat(head.toString()).startsWith("HTTP/1.1 200");
    String length =
        head.toString().lines().filter(l -> l.startsWith("Content-Length: ")).findFirst().get();
    byte[] body = in.readNBytes(Integer.parseInt(length.substring("Content-Length: ".length())));
    return new String(body, StandardCharsets.UTF_8);
  }

  @Test
  void one_person_has_two_heavy_reads_at_once_and_a_line_behind_them() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var one = ask(client, "/ann/held");
      var two = ask(client, "/ann/held");
      assertThat(begun.poll(20, TimeUnit.SECONDS)).isEqualTo("held");
      assertThat(begun.poll(20, TimeUnit.SECONDS)).isEqualTo("held");
      var third = ask(client, "/ann/third");
      assertThat(ask(client, "/bob/other").get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      assertThat(begun.poll(20, TimeUnit.SECONDS)).isEqualTo("other");
      try (Socket leaving = asking("/ann/never")) {
        assertThat(begun.poll(300, TimeUnit.MILLISECONDS)).as("they wait").isNull();
        assertThat(leaving.isConnected()).isTrue();
      }
      assertThat(begun.poll(500, TimeUnit.MILLISECONDS)).as("one left the line").isNull();
      assertThat(third.isDone()).isFalse();
      held.countDown();
      assertThat(third.get(20, TimeUnit.SECONDS).body()).startsWith("third ");
      assertThat(one.get().body() + two.get().body()).isEqualTo("held trueheld true");
      assertThat(begun).containsExactly("third");
    }
  }

  @Test
  void who_waits_too_long_is_sent_away() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var one = ask(client, "/ann/held");
      var two = ask(client, "/ann/held");
      assertThat(begun.poll(20, TimeUnit.SECONDS)).isEqualTo("held");
      assertThat(begun.poll(20, TimeUnit.SECONDS)).isEqualTo("held");
      assertThat(ask(client, "/ann/third").get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(429);
      held.countDown();
      assertThat(one.get().statusCode() + two.get().statusCode()).isEqualTo(400);
    }
  }
}
