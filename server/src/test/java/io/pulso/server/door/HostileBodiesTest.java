package io.pulso.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.event.EventType;
import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonText;
import io.pulso.server.ingest.Arrival;
import io.pulso.server.ingest.ArrivalCodec;
import io.pulso.server.ingest.Bounds;
import io.pulso.server.ingest.SharedData;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Real payloads with random changes at every door: whatever comes, the fault is the sender's, and
/// what is kept can be written and read again.
class HostileBodiesTest {
  private static final String[] BITS = {
    "\"",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\\",
    "\\ud800",
    "\\u0000",
    "\0",
    "null",
    "1e999",
    "-0",
    "1e100000000",
    "9".repeat(400),
    "\ufeff",
    "é",
    "😀",
    "{\"a\":".repeat(60),
    "[".repeat(600),
    "\"userId\":{}",
    "\"batch\":[",
    "\"sentAt\":\"9999-12-31T23:59:59Z\",",
    "data=",
    "%",
    "&",
    "=",
    "\"timestamp\":\"0001-01-01T00:00:00Z\",",
    "\"distinct_id\":[],",
    "\"context\":5,",
    "\u001f"
  };
  private static final List<Way> WAYS =
      List.of(
          new Way.Call(EventType.TRACK),
          new Way.Call(EventType.ALIAS),
          new Way.Batch(false),
          new Way.Batch(true),
          new Way.PostHog(),
          new Way.CloudEvents());
  private static final Set<Integer> FINE = Set.of(200, 400, 401, 403, 413);

  private static final Arrival NOTHING = new Arrival("", true, 0, List.of(), List.of());

  private final AtomicReference<Arrival> last = new AtomicReference<>(NOTHING);
  private final Door door =
      new Door(
          value ->
              value.equals("public")
                  ? Key.browser("b", "web", Set.of(), 0)
                  : Key.server("a", "shop", 0),
          last::set,
          Bounds.DEFAULT,
          () -> OpenDoors.NOW,
          System::nanoTime,
          new Counters(),
          Guards.fresh());

  private static List<byte[]> payloads() throws Exception {
    List<byte[]> payloads = new ArrayList<>();
    payloads.add(
        utf8(
            "{\"type\":\"track\",\"userId\":\"a\",\"event\":\"E\",\"properties\":{\"value\":1.5}}"));
    payloads.add(
        utf8(
            "{\"batch\":[{\"type\":\"page\",\"anonymousId\":\"x\"}],\"context\":{\"a\":[1]},\"sentAt\":\"2026-06-01T10:00:00Z\"}"));
    payloads.add(
        utf8(
            "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"T\",\"subject\":\"u\",\"data\":{\"a\":1}}"));
    payloads.add(
        utf8(
            "{\"api_key\":\"k\",\"batch\":[{\"event\":\"$identify\",\"distinct_id\":\"d\",\"$set\":{\"a\":1},\"offset\":5}],\"sent_at\":\"2026-06-01T10:00:00Z\"}"));
    for (String name : List.of("segment_docs.jsonl", "posthog_requests_dump.jsonl")) {
      for (String line : Files.readAllLines(SharedData.path("event_payloads/" + name))) {
        if (!line.startsWith("#") && JsonText.read(line) instanceof Json.Obj one) {
          if (one.get("payload") instanceof Json.Obj payload) {
            payloads.add(utf8(JsonText.write(payload)));
          } else if (one.get("body") instanceof Json.Str body) {
            payloads.add(Base64.getDecoder().decode(body.value()));
          }
        }
      }
    }
    return payloads;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void some_thousand_changed_payloads_break_nothing() throws Exception {
    assail(8_000, 1);
  }

  @Test
  @Tag("long")
  void a_million_changed_payloads_break_nothing() throws Exception {
    assail(1_000_000, 2);
  }

  @Test
  void changed_payloads_break_nothing_over_http_either() throws Exception {
    List<byte[]> payloads = payloads();
    Random random = new Random(3);
    List<String> paths =
        List.of(
            "/v1/track", "/v1/b/", "/v1/import", "/e/?_=1&data=%25%ff", "/v1/cloudevents", "/v1/g");
    try (OpenDoors doors = new OpenDoors()) {
      for (int i = 0; i < 1_500; i++) {
        byte[] body = changed(payloads.get(random.nextInt(payloads.size())), random);
        int status = doors.post(paths.get(i % paths.size()), body).statusCode();
        assertThat(FINE).as(() -> new String(body, StandardCharsets.UTF_8)).contains(status);
      }
      assertThat(doors.rows()).isNotEmpty();
      assertThat(doors.rejects()).isNotEmpty();
    }
  }

  private void assail(int times, long seed) throws Exception {
    List<byte[]> payloads = payloads();
    Random random = new Random(seed);
    int accepted = 0;
    long slowest = 0;
    for (int i = 0; i < times; i++) {
      byte[] body = changed(payloads.get(random.nextInt(payloads.size())), random);
      long begun = System.nanoTime();
      Reply reply = door.take(ask(body, random), WAYS.get(random.nextInt(WAYS.size())));
      slowest = Math.max(slowest, System.nanoTime() - begun);
      assertThat(FINE).as(() -> new String(body, StandardCharsets.UTF_8)).contains(reply.status());
      accepted += reply.status() == 200 ? 1 : 0;
      Arrival arrival = last.getAndSet(NOTHING);
      if (!arrival.equals(NOTHING)) {
        assertThat(arrival.rows().size() + arrival.rejects().size()).isPositive();
        assertThat(ArrivalCodec.decode(ArrivalCodec.encode(arrival))).isEqualTo(arrival);
      }
    }
    assertThat(accepted).isGreaterThan(times / 50);
    assertThat(slowest).as("the slowest answer in nanoseconds").isLessThan(5_000_000_000L);
  }

  private static Ask ask(byte[] body, Random random) {
    Map<String, String> headers =
        switch (random.nextInt(5)) {
          case 0 -> Map.of();
          case 1 -> Map.of("authorization", "Bearer public");
          case 2 ->
              Map.of(
                  "authorization",
                  "Bearer s",
                  "ce-specversion",
                  "1.0",
                  "ce-id",
                  "%",
                  "ce-source",
                  "s",
                  "ce-type",
                  "T%f0",
                  "ce-subject",
                  "u");
          default -> Map.of("authorization", OpenDoors.basic("s"));
        };
    Map<String, String> query =
        random.nextBoolean() ? Map.of() : Map.of("_", "1694769302325", "verbose", "1");
    int length = random.nextInt(4) == 0 ? random.nextInt(2 * body.length + 1) - 1 : body.length;
    return new Ask(
        "POST /x", new Told(headers), length, query, new ByteArrayInputStream(body), "10.0.0.1");
  }

  private record Told(Map<String, String> all) implements Ask.Headers {
    @Override
    public @Nullable String one(String name) {
      return all.get(name);
    }
  }

  /// The payload with some changes; one in eight is packed, and then changed again by chance.
  private static byte[] changed(byte[] payload, Random random) {
    byte[] body = payload;
    for (int n = random.nextInt(4); n > 0; n--) {
      body = change(body, random);
    }
    if (random.nextInt(8) == 0) {
      body = OpenDoors.gzip(body);
      body = random.nextInt(4) == 0 ? change(body, random) : body;
    }
    return body;
  }

  private static byte[] change(byte[] body, Random random) {
    int at = random.nextInt(body.length + 1);
    int end = Math.min(body.length, at + random.nextInt(12));
    byte[] bit =
        switch (random.nextInt(4)) {
          case 0 -> new byte[0];
          case 1 -> new byte[] {(byte) random.nextInt()};
          case 2 -> Arrays.copyOfRange(body, random.nextInt(at + 1), at);
          default -> utf8(BITS[random.nextInt(BITS.length)]);
        };
    byte[] changed = new byte[at + bit.length + body.length - end];
    System.arraycopy(body, 0, changed, 0, at);
    System.arraycopy(bit, 0, changed, at, bit.length);
    System.arraycopy(body, end, changed, at + bit.length, body.length - end);
    return changed;
  }
}
