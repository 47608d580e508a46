package io.pulso.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.store.RejectReason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
  private static final int REQUEST = 500 * 1024;
  private static final String CALL = "{\"type\":\"track\",\"userId\":\"ann\",\"event\":\"E\"}";
  private static OpenDoors doors;

  @BeforeAll
  static void open() {
    doors = new OpenDoors();
  }

  @AfterAll
  static void close() {
    doors.close();
  }

  @BeforeEach
  void clear() {
    doors.clear();
  }

  /// A call of so many bytes.
  private static String call(int bytes) {
    String head = CALL.substring(0, CALL.length() - 1) + ",\"properties\":{\"x\":\"";
    return head + "x".repeat(bytes - head.length() - 3) + "\"}}";
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void packed_bodies_are_unpacked_whatever_their_headers_say() {
    byte[] packed = OpenDoors.gzip(utf8(CALL));
    String key = OpenDoors.basic("secret:");
    doors.post("/v1/track", packed, "Authorization", key, "Content-Encoding", "gzip");
    doors.post("/v1/track", packed, "Authorization", key);
    doors.post("/v1/track", utf8(CALL), "Authorization", key, "Content-Encoding", "gzip");
    doors.post("/v1/track", utf8(CALL), "Authorization", key, "Content-Type", "text/plain");
    assertThat(doors.rows()).hasSize(4);
  }

  @Test
  void an_event_may_have_32_kilobytes() {
    assertThat(doors.post("/v1/track", call(32 * 1024)).statusCode()).isEqualTo(200);
    HttpResponse<String> answer = doors.post("/v1/track", call(32 * 1024 + 1));
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("an event may have 32768 bytes, this has 32769");
    HttpResponse<String> batch =
        doors.post("/v1/batch", "{\"batch\":[" + call(33_000) + "," + CALL + "]}");
    assertThat(batch.statusCode()).isEqualTo(200);
    assertThat(doors.rows()).hasSize(2);
    assertThat(doors.rejects())
        .extracting(r -> r.reason())
        .containsExactly(RejectReason.TOO_LARGE, RejectReason.TOO_LARGE);
    assertThat(utf8(doors.rejects().getFirst().body())).hasSizeLessThanOrEqualTo(8 * 1024);
  }

  @Test
  void a_request_may_have_500_kilobytes_packed_and_unpacked() {
    String batch = "{\"batch\":[" + CALL + "]}";
    byte[] most = utf8(batch + " ".repeat(REQUEST - batch.length()));
    byte[] more = utf8(batch + " ".repeat(REQUEST + 1 - batch.length()));
    assertThat(doors.post("/v1/batch", most).statusCode()).isEqualTo(200);
    assertThat(doors.post("/v1/batch", OpenDoors.gzip(most)).statusCode()).isEqualTo(200);
    HttpResponse<String> plain = doors.post("/v1/batch", more);
    assertThat(plain.statusCode()).isEqualTo(413);
    assertThat(plain.body()).contains("a request may have 512000 bytes, this has more");
    HttpResponse<String> packed = doors.post("/v1/batch", OpenDoors.gzip(more));
    assertThat(packed.statusCode()).isEqualTo(413);
    assertThat(packed.body()).contains("a request may have 512000 bytes unpacked");
    byte[] noise = new byte[REQUEST];
    new Random(1).nextBytes(noise);
    HttpResponse<String> dense = doors.post("/v1/batch", OpenDoors.gzip(noise));
    assertThat(dense.statusCode()).isEqualTo(413);
    assertThat(doors.rows()).hasSize(2);
    assertThat(doors.rejects()).hasSize(3).allMatch(r -> r.reason() == RejectReason.TOO_LARGE);
  }

  @Test
  void a_batch_may_have_2500_events() {
    String small = "{\"userId\":\"a\",\"event\":\"E\"},";
    String most = small.repeat(2_499) + CALL;
    assertThat(doors.post("/v1/batch", "{\"batch\":[" + most + "]}").statusCode()).isEqualTo(200);
    assertThat(doors.rows()).hasSize(2_500);
    doors.clear();
    HttpResponse<String> answer =
        doors.post("/v1/batch", "{\"batch\":[" + most + "," + CALL + "]}");
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("a batch may have 2500 events, this has 2501");
    assertThat(doors.rows()).isEmpty();
  }

  @Test
  void a_bomb_is_refused_before_it_is_unpacked() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      byte[] blanks = new byte[1 << 20];
      Arrays.fill(blanks, (byte) ' ');
      for (int i = 0; i < 400; i++) {
        gzip.write(blanks);
      }
    }
    assertThat(out.size()).isLessThan(REQUEST);
    long begun = System.nanoTime();
    for (String path : new String[] {"/v1/batch", "/v1/track", "/batch", "/v1/cloudevents"}) {
      assertThat(doors.post(path, out.toByteArray()).statusCode()).as(path).isEqualTo(413);
    }
    assertThat(System.nanoTime() - begun).isLessThan(5_000_000_000L);
    byte[] layers = OpenDoors.gzip(OpenDoors.gzip(utf8(CALL)));
    assertThat(doors.post("/v1/track", layers).statusCode()).isEqualTo(400);
  }

  @Test
  void broken_gzip_is_the_senders_fault() {
    byte[] packed = OpenDoors.gzip(utf8(call(2_000)));
    assertThat(doors.post("/v1/track", Arrays.copyOf(packed, packed.length - 9)).body())
        .contains("the gzip stream is cut off");
    byte[] broken = packed.clone();
    broken[packed.length - 3] ^= 1;
    HttpResponse<String> answer = doors.post("/v1/track", broken);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("bad_encoding");
    assertThat(doors.post("/v1/track", Arrays.copyOf(packed, 5)).statusCode()).isEqualTo(400);
  }

  @Test
  void a_large_context_does_not_multiply_with_the_events_of_its_batch() {
    String context = "\"context\":{\"x\":\"" + "x".repeat(100_000) + "\"}";
    String batch = "{\"batch\":[" + (CALL + ",").repeat(2_000) + CALL + "]," + context + "}";
    assertThat(doors.post("/v1/batch", batch).statusCode()).isEqualTo(200);
    long kept = doors.rows().stream().mapToLong(r -> String.valueOf(r.context()).length()).sum();
    assertThat(kept).isLessThanOrEqualTo(8 << 20);
    assertThat(doors.rows().size() + doors.rejects().size()).isEqualTo(2_001);
    assertThat(doors.rejects().getFirst().detail()).contains("context of the batch");
  }

  @Test
  void a_body_without_a_length_is_bounded_too() {
    byte[] much = utf8(" ".repeat(3 << 20));
    HttpRequest.BodyPublisher endless =
        HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(much));
    HttpRequest request =
        doors
            .to("/v1/track")
            .header("Authorization", OpenDoors.basic("secret"))
            .POST(endless)
            .build();
    assertThat(doors.send(request).statusCode()).isEqualTo(413);
    assertThat(doors.rejects()).hasSize(1);
  }

  @Test
  void a_sender_that_dribbles_is_not_waited_for_without_end() throws IOException {
    long[] now = {0};
    InputStream slow =
        new ByteArrayInputStream(new byte[100]) {
          @Override
          public synchronized int read(byte[] into, int from, int length) {
            now[0] += 1_000;
            return super.read(into, from, 1);
          }
        };
    assertThat(Content.read(slow, -1, 1_000, () -> now[0], 5_000)).isEqualTo(new Content.TooSlow());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 8_191, 8_192, 8_193, 20_000, 100_000})
  void a_body_is_read_whole_whatever_length_it_says(int size) throws IOException {
    byte[] body = utf8("x".repeat(size));
    for (int said : new int[] {-1, 0, 1, size - 1, size, size + 1, Integer.MAX_VALUE}) {
      assertThat(Content.read(new ByteArrayInputStream(body), said, 100_000, () -> 0, 1))
          .as("said " + said)
          .isInstanceOfSatisfying(
              Content.Whole.class, whole -> assertThat(whole.bytes()).isEqualTo(body));
      assertThat(Content.read(new ByteArrayInputStream(body), said, size / 2, () -> 0, 1))
          .isInstanceOf(size == 0 ? Content.Whole.class : Content.TooLarge.class);
    }
  }

  @Test
  void what_is_no_http_gets_a_problem_and_never_a_page() throws IOException {
    URI at = URI.create(doors.address());
    try (Socket socket = new Socket(at.getHost(), at.getPort())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(utf8("GET /v1/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json");
    }
    String query = "/v1/track?verbose=%zz&%=%&&&=&a=%f";
    try (Socket socket = new Socket(at.getHost(), at.getPort())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              utf8(
                  "POST "
                      + query
                      + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json");
    }
  }
}
