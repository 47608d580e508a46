package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pulso.server.access.Tokens.Scope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Files that are sent to a real server, and read by a process of its own.
@Timeout(120)
class UploadTest {
  private static final String PRODUCT =
      "name: product\nactivities:\n- {name: logins, match: event == \"Login\", points: 6}\n";

  @TempDir private Path folder;
  private @Nullable Running running;

  @BeforeEach
  void start() throws Exception {
    running = Running.on(folder, Map.of("product", PRODUCT));
  }

  @AfterEach
  void stop() {
    running().close();
  }

  private Running running() {
    return Objects.requireNonNull(running);
  }

  private HttpResponse<String> send(String query, byte[] file) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(running().url() + "/api/v1/imports" + query))
            .header("Authorization", "Bearer " + running().server().token("w", Scope.WRITE))
            .POST(HttpRequest.BodyPublishers.ofByteArray(file))
            .build();
    return running().client().send(request, HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode ended(HttpResponse<String> started) throws Exception {
    assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
    String id = JsonMapper.shared().readTree(started.body()).path("id").asString();
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (System.nanoTime() < end) {
      JsonNode job = JsonMapper.shared().readTree(running().get("/api/v1/imports/" + id));
      if (!job.path("ended_at").isNull()) {
        return job;
      }
      LockSupport.parkNanos(20_000_000);
    }
    throw new AssertionError("it does not end");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] zipped(byte[] bytes, int times) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      for (int i = 0; i < times; i++) {
        zip.write(bytes);
      }
    }
    return out.toByteArray();
  }

  private static String csv(int rows) {
    StringBuilder csv = new StringBuilder("user_id,event,timestamp\n");
    for (int i = 0; i < rows; i++) {
      csv.append("p%d,Login,%s\n".formatted(i, Instant.now().minusSeconds(60)));
    }
    return csv.toString();
  }

  @Test
  void a_file_is_stored_and_scored_and_stored_once() throws Exception {
    byte[] file = bytes(csv(1000) + ",Login,2026-01-01\np1,Login,never\n");
    JsonNode first = ended(send("?name=orders.csv&source=shop", file));
    assertThat(first.path("state").asString()).isEqualTo("done");
    assertThat(first.path("read").asInt()).isEqualTo(1002);
    assertThat(first.path("stored").asInt()).isEqualTo(1000);
    assertThat(first.path("rejected").toString()).isEqualTo("{\"no_id\":1,\"bad_timestamp\":1}");
    assertThat(running().get("/api/v1/customers/p7/score")).contains("\"score\":6");
    assertThat(running().get("/api/v1/rejected?reason=no_id"))
        .contains("\"from\":\"orders.csv\"", "\"line\":1002");
    JsonNode second = ended(send("?name=other.csv&source=shop", zipped(file, 1)));
    assertThat(second.path("stored").asInt()).isZero();
    assertThat(second.path("duplicates").asInt()).isEqualTo(1000);
    assertThat(folder.resolve("data/uploads")).isEmptyDirectory();
  }

  @Test
  void options_say_how_a_file_is_read() throws Exception {
    String map =
        URLEncoder.encode(
            "{\"customer\":\"row.who\",\"event\":\"\\\"Login\\\"\",\"time\":\"row.at\"}",
            StandardCharsets.UTF_8);
    JsonNode job =
        ended(send("?delimiter=semicolon&map=" + map, bytes("who;at;z\nann;2026-01-01;1\n")));
    assertThat(job.path("stored").asInt()).as(job.toString()).isEqualTo(1);
    for (String wrong : new String[] {"map=x", "map=%7B%7D", "as=x", "zone=x", "header=maybe"}) {
      assertThat(send("?" + wrong, bytes("x")).statusCode()).as(wrong).isEqualTo(400);
    }
    assertThat(send("", new byte[0]).statusCode()).isEqualTo(400);
  }

  @Test
  void what_was_imported_is_a_duplicate_when_it_is_sent() throws Exception {
    String key = running().server().key("shop");
    String call =
        "{\"type\":\"track\",\"userId\":\"ann\",\"event\":\"Login\",\"messageId\":\"%s\",\"timestamp\":\"%s\"}";
    String now = Instant.now().toString();
    assertThat(running().post("/v1/track", key, call.formatted("m0", now)).statusCode())
        .isEqualTo(200);
    running().until("/api/v1/status", "\"stored\":1");
    String received = call.replace("}", ",\"receivedAt\":\"%3$s\"}");
    ended(send("?source=shop", bytes(received.formatted("m1", now, now) + "\n")));
    assertThat(running().post("/v1/track", key, call.formatted("m1", now)).statusCode())
        .isEqualTo(200);
    running().until("/api/v1/status", "\"duplicates\":1");
    assertThat(running().get("/api/v1/customers/ann/score")).contains("\"score\":12");
  }

  @Test
  void a_file_that_grows_without_end_is_refused_by_its_reader() throws Exception {
    byte[] bomb = zipped(bytes("user_id,event,timestamp\n".repeat(50_000)), 1_500);
    JsonNode job = ended(send("?name=bomb.csv.gz", bomb));
    assertThat(job.path("state").asString()).isEqualTo("failed");
    assertThat(job.path("fault").asString()).contains("times its size");
  }

  @Test
  void a_file_that_is_none_fails_and_says_why() throws Exception {
    JsonNode job = ended(send("?name=..%2F..%2Fx.zip", bytes("PK\u0003\u0004nonsense")));
    assertThat(job.path("state").asString()).isEqualTo("failed");
    assertThat(job.path("fault").asString()).contains("ZIP").doesNotContain(folder.toString());
    assertThat(job.path("name").asString()).isEqualTo("x.zip");
  }

  @Test
  void a_fault_names_parameters_and_not_options_of_the_command_line() throws Exception {
    JsonNode job = ended(send("", bytes("x,y\n1,2\n")));
    assertThat(job.path("fault").asString()).contains("'map'").doesNotContain("--");
  }

  @Test
  void a_cancelled_import_stores_nothing() throws Exception {
    HttpResponse<String> started = send("", bytes(csv(200_000)));
    String id = JsonMapper.shared().readTree(started.body()).path("id").asString();
    running().send(new Running.Ask("DELETE", "/api/v1/imports/" + id, running().admin(), ""));
    JsonNode job = ended(started);
    assertThat(job.path("state").asString()).isEqualTo("cancelled");
    assertThat(running().get("/api/v1/customers")).contains("\"total\":0");
    assertThat(ProcessHandle.current().children().filter(UploadTest::isJava)).isEmpty();
  }

  @Test
  void the_process_that_reads_is_held_to_limits_by_the_operating_system() throws Exception {
    assumeTrue(Files.isReadable(Path.of("/proc/self/limits")), "only Linux tells the limits");
    HttpResponse<String> started = send("", bytes(csv(200_000)));
    String limits = "";
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!limits.contains("java") && System.nanoTime() < end) {
      limits =
          ProcessHandle.current()
              .children()
              .map(child -> Path.of("/proc", String.valueOf(child.pid())))
              .map(UploadTest::described)
              .reduce("", String::concat);
    }
    assertThat(limits)
        .containsPattern("Max core file size +0 +0 ")
        .containsPattern("Max file size +268435456 +268435456 ")
        .containsPattern("Max open files +512 +512 ")
        .containsPattern("Max cpu time +[0-9]+ +[0-9]+ ");
    assertThat(ended(started).path("stored").asInt()).isEqualTo(200_000);
  }

  /// What runs in a process and its limits; empty when it has just ended.
  private static String described(Path process) {
    try {
      return Files.readString(process.resolve("comm"))
          + Files.readString(process.resolve("limits"));
    } catch (IOException e) {
      return "";
    }
  }

  @Test
  void a_file_over_the_limit_is_refused_while_it_is_read() throws Exception {
    running().close();
    Workspace workspace = Workspace.open(folder);
    ServerSettings settings =
        ServerSettings.of(Map.of("port", "0", "upload_megabytes", "1"), Map.of());
    try (Server server = new Server(workspace, settings, java.time.Clock.systemUTC())) {
      HttpRequest.BodyPublisher large = HttpRequest.BodyPublishers.ofByteArray(new byte[2 << 20]);
      HttpRequest.BodyPublisher unsaid = HttpRequest.BodyPublishers.fromPublisher(large);
      for (HttpRequest.BodyPublisher body : new HttpRequest.BodyPublisher[] {large, unsaid}) {
        HttpRequest request =
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + server.port() + "/api/v1/imports"))
                .header("Authorization", "Bearer " + server.token("w", Scope.WRITE))
                .POST(body)
                .build();
        assertThat(running().client().isTerminated()).isTrue();
        try (java.net.http.HttpClient client = java.net.http.HttpClient.newHttpClient()) {
          assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
              .isEqualTo(413);
        }
      }
      assertThat(folder.resolve("data/uploads")).isEmptyDirectory();
    }
  }

  /// A browser of other tests is a child of this process too.
  private static boolean isJava(ProcessHandle child) {
    return child.isAlive() && child.info().command().orElse("").endsWith("java");
  }
}
