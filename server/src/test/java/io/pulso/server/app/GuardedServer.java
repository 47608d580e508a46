package io.pulso.server.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// A real server whose settings a test chooses, and which can be started again.
final class GuardedServer implements AutoCloseable {
  static final String KEY = "a-key-of-the-tests-0123456789";

  final Path folder;
  private final Map<String, String> settings = new HashMap<>(Map.of("port", "0"));
  private final Clock clock;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private Server server;

  /// @param sources the YAML of `sources`
  GuardedServer(Path folder, String sources, Map<String, String> settings, Clock clock)
      throws IOException, InterruptedException {
    this.folder = folder;
    this.settings.putAll(settings);
    this.clock = clock;
    NewWorkspace.make(folder, ZoneOffset.UTC);
    Files.writeString(
        folder.resolve("models/product.yaml"),
        """
        name: product
        activities:
          - {name: logins, match: event == "Login", points: 5, cap: {per_day: 3}}
        """);
    Files.writeString(folder.resolve("pulso.yaml"), "time_zone: UTC\n" + sources);
    server = started();
    api("POST", "/api/v1/keys", "{\"source\":\"web\",\"value\":\"%s\"}".formatted(KEY));
  }

  private Server started() {
    return new Server(Workspace.open(folder), ServerSettings.of(settings, Map.of()), clock);
  }

  void again() {
    server.close();
    server = started();
  }

  Server server() {
    return server;
  }

  ServerFile.Place place() {
    return ServerFile.read(Workspace.open(folder)).orElseThrow();
  }

  HttpResponse<String> api(String method, String path, String body)
      throws IOException, InterruptedException {
    return send(method, path, place().token(), body);
  }

  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return send("POST", path, KEY, body);
  }

  /// As [#post], over a connection of its own: one that is kept may be ended by the server at that
  /// moment, since nobody used it for long.
  HttpResponse<String> postAnew(String path, String body) throws IOException, InterruptedException {
    try (HttpClient other = HttpClient.newBuilder().version(client.version()).build()) {
      return send(other, "POST", path, KEY, body);
    }
  }

  HttpResponse<String> send(String method, String path, String token, String body)
      throws IOException, InterruptedException {
    return send(client, method, path, token, body);
  }

  private HttpResponse<String> send(
      HttpClient by, String method, String path, String token, String body)
      throws IOException, InterruptedException {
    return by.send(
        HttpRequest.newBuilder(URI.create(place().url() + path))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer " + token)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /// Waits until so many events were loaded since the server started.
  String received(int events) throws IOException, InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      String status = api("GET", "/api/v1/status", "").body();
      if (status.contains("\"received\":" + events + ",")) {
        return status;
      }
      if (System.nanoTime() > end) {
        throw new AssertionError(status);
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  /// The first line of the answer to what is written to a connection as it stands.
  String raw(String text) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
