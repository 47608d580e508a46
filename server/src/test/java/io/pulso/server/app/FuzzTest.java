package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.access.Tokens.Scope;
import io.pulso.server.api.Api;
import io.pulso.server.app.Mutations.Request;
import io.pulso.server.app.Mutations.Spoilt;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is sent to whatever address of a real server: it answers soon, and never with a fault
/// of its own.
class FuzzTest {
  private static final int PATIENCE = 25_000;
  private static final int THREADS = 6;
  private static final int TOLD = 50_000;
  private static final int SERVERS = 4;
  private static final List<String> DOORS =
      List.of(
          "/v1/track",
          "/v1/identify",
          "/v1/page",
          "/v1/screen",
          "/v1/group",
          "/v1/alias",
          "/v1/t",
          "/v1/batch",
          "/v1/import",
          "/v1/cloudevents",
          "/batch",
          "/capture",
          "/e",
          "/i/v0/e",
          "/track/",
          "/v1/m",
          "/s",
          "/flags/?v=2",
          "/decide/",
          "/sourceConfig/",
          "/v1/projects/key/settings",
          "/array/key/config",
          "/array/key/config.js",
          "/nothing");
  private static final List<String> BODIES =
      List.of(
          "{\"type\":\"track\",\"userId\":\"ann\",\"event\":\"Login\",\"properties\":{\"value\":1.5,\"url\":\"https://x/?a=b\",\"password\":\"x\"},\"timestamp\":\"2026-06-01T10:00:00Z\",\"context\":{\"ip\":\"203.0.113.7\",\"consent\":{\"categoryPreferences\":{\"Ads\":false}}}}",
          "{\"batch\":[{\"type\":\"page\",\"anonymousId\":\"x\",\"name\":\"Home\"},{\"type\":\"identify\",\"userId\":\"u\",\"anonymousId\":\"x\",\"traits\":{\"plan\":\"gold\"}}],\"context\":{\"library\":{\"name\":\"x\"},\"userToken\":\"a.b.c\"},\"sentAt\":\"2026-06-01T10:00:00Z\"}",
          "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"T\",\"subject\":\"u\",\"time\":\"2026-06-01T10:00:00Z\",\"data\":{\"a\":1}}",
          "{\"api_key\":\"k\",\"batch\":[{\"event\":\"$pageview\",\"distinct_id\":\"d\",\"properties\":{\"$current_url\":\"https://x/?a\",\"$ip\":\"::1\",\"$set\":{\"a\":1}},\"timestamp\":\"2026-06-01T10:00:00Z\"}]}",
          "data=eyJldmVudCI6ImEiLCJkaXN0aW5jdF9pZCI6ImIifQ%3D%3D&compression=base64",
          "{\"source\":\"web\",\"browser\":true,\"origins\":[\"https://x.example\"],\"per_minute\":5}",
          "{\"name\":\"x\",\"scope\":\"read\",\"days\":1}",
          "[{\"event\":\"a\",\"properties\":{\"distinct_id\":\"b\",\"time\":1780000000}}]");

  @TempDir private Path folder;

  @Test
  void three_thousand_spoilt_requests_are_answered() throws Exception {
    fuzz(3_000, 1);
  }

  @Test
  @Tag("long")
  void a_million_spoilt_requests_are_answered() throws Exception {
    int requests = Integer.getInteger("pulso.fuzz", 1_000_000);
    // Each export of the rejected lane hands over all that was refused before: some servers, one
    // after the other, take half an hour where one takes hours.
    for (int server = 0; server < SERVERS; server++) {
      fuzz(requests / SERVERS, 2 + server);
    }
  }

  private void fuzz(int requests, long seed) throws Exception {
    try (GuardedServer server =
        new GuardedServer(
            folder.resolve("w" + seed),
            "sources: {web: {consent: Ads, new_visitors_per_minute: 50}}\n",
            Map.of("header_seconds", "5", "idle_seconds", "10"),
            Clock.systemUTC())) {
      server.api(
          "POST", "/api/v1/keys", "{\"source\":\"web\",\"browser\":true,\"value\":\"public-key\"}");
      Round round = new Round(server, requests / THREADS, payloads());
      long before = heap();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Random random = new Random(seed * 1_000 + i);
        threads.add(Thread.ofPlatform().start(() -> round.run(random)));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      System.err.printf(
          "%d requests, slowest %d ms, heap %+d MB, answers %s%n",
          requests, round.slowest.get() / 1_000_000, (heap() - before) >> 20, round.answers);
      assertThat(round.faults).isEmpty();
      assertThat(round.answers.keySet()).contains(200, 400, 401, 403, 404, 405);
      assertThat(heap() - before).isLessThan(300L << 20);
      assertThat(server.post("/v1/track", "{\"userId\":\"last\",\"event\":\"Login\"}"))
          .matches(answer -> answer.statusCode() == 200);
      assertThat(server.api("GET", "/health/ready", "").statusCode()).isEqualTo(200);
    }
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /// Examples, and real payloads where they are at hand.
  private static List<byte[]> payloads() throws IOException {
    List<byte[]> payloads = new ArrayList<>();
    BODIES.forEach(body -> payloads.add(body.getBytes(StandardCharsets.UTF_8)));
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path file = at.resolve("shared/data/event_payloads/segment_docs.jsonl");
      if (Files.isRegularFile(file)) {
        Files.readAllLines(file).stream()
            .filter(line -> line.length() < 8_000)
            .forEach(line -> payloads.add(line.getBytes(StandardCharsets.UTF_8)));
        return payloads;
      }
    }
    return payloads;
  }

  /// One run of the test: what every thread sends, and what came of it.
  private static final class Round {
    private final GuardedServer server;
    private final int requests;
    private final List<byte[]> payloads;
    private final List<Api.Address> addresses;
    private final List<String> tokens;
    final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
    final Map<Integer, AtomicLong> answers = new ConcurrentHashMap<>();
    final AtomicLong slowest = new AtomicLong();
    final AtomicLong sent = new AtomicLong();

    Round(GuardedServer server, int requests, List<byte[]> payloads) {
      this.server = server;
      this.requests = requests;
      this.payloads = payloads;
      this.addresses = server.server().addresses();
      this.tokens =
          List.of(
              server.server().token("reads", Scope.READ),
              server.server().token("writes", Scope.WRITE),
              "nonsense");
    }

    void run(Random random) {
      Mutations mutations = new Mutations(random);
      try (RawClient client = new RawClient(server.server().port(), PATIENCE)) {
        for (int i = 0; i < requests && faults.size() < 20; i++) {
          send(client, mutations.of(random.nextInt(3) > 0 ? door(random) : api(random)));
          if (sent.incrementAndGet() % TOLD == 0) {
            System.err.printf("%d requests, faults %s%n", sent.get(), faults);
          }
        }
      } catch (IOException e) {
        faults.add(e.toString());
      }
    }

    private void send(RawClient client, Spoilt request) throws IOException {
      long begun = System.nanoTime();
      try {
        RawClient.Answer answer = client.send(request.bytes(), !request.whole());
        int status = answer.status();
        answers.computeIfAbsent(status, s -> new AtomicLong()).incrementAndGet();
        boolean busy = status == 503 && answer.retryAfter();
        if (status >= 500 && !busy) {
          faults.add(status + " to " + RawClient.shown(request.bytes()));
        }
      } catch (java.net.SocketTimeoutException e) {
        faults.add("no answer in time to " + RawClient.shown(request.bytes()));
        client.close();
      }
      slowest.accumulateAndGet(System.nanoTime() - begun, Math::max);
    }

    private Request door(Random random) {
      String key = random.nextInt(4) == 0 ? "public-key" : GuardedServer.KEY;
      byte[] body = payloads.get(random.nextInt(payloads.size()));
      boolean get = random.nextInt(20) == 0;
      return new Request(
          get ? "GET" : "POST",
          DOORS.get(random.nextInt(DOORS.size())),
          List.of("Authorization: Bearer " + key, "Content-Type: application/json"),
          body);
    }

    private Request api(Random random) {
      Api.Address address = addresses.get(random.nextInt(addresses.size()));
      String[] ids = {"ann", "%00", "a%2Fb", "x".repeat(300), "..", "1", "%F0%9F%98%80"};
      String path = address.path().replaceAll("\\{[a-z_]+}", ids[random.nextInt(ids.length)]);
      String query = random.nextInt(3) == 0 ? "?day=2026-06-01&model=product&limit=5" : "";
      boolean bare = address.method().equals("GET") || address.method().equals("DELETE");
      return new Request(
          address.method(),
          path + query,
          List.of(
              "Authorization: Bearer " + tokens.get(random.nextInt(tokens.size())),
              "Content-Type: application/json"),
          bare ? new byte[0] : payloads.get(random.nextInt(payloads.size())));
    }
  }
}
