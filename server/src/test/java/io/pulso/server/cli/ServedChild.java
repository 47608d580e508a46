package io.pulso.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.app.ServerFile;
import io.pulso.server.app.Workspace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A `pulso serve` in a process of its own.
record ServedChild(Process process, ServerFile.Place place) {
  static final String KEY = "a-key-of-the-tests-0123456789";
  static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /// Makes a workspace with a model and a key.
  static void make(Path workspace) {
    Cli.expect(0, "init", workspace);
    Cli.write(
        workspace.resolve("models/product.yaml"),
        """
        name: product
        activities:
          - {name: logins, match: event == "Login", points: 5, cap: {per_day: 3}}
        """);
    Cli.expect(0, "key", "create", "--source", "web", "--value", KEY, "--workspace", workspace);
  }

  /// Starts it and waits until it listens.
  static ServedChild start(Path workspace, Path output) throws IOException {
    Files.deleteIfExists(file(workspace));
    Process process =
        Cli.start(output, Main.class.getName(), "serve", "--port", "0", "--workspace", workspace);
    Workspace opened = Workspace.open(workspace);
    while (process.isAlive()) {
      var place = ServerFile.read(opened);
      if (place.isPresent()) {
        return new ServedChild(process, place.get());
      }
      pause(5);
    }
    throw new AssertionError(Cli.read(output));
  }

  static Path file(Path workspace) {
    return workspace.resolve("data/server.json");
  }

  static void pause(long millis) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }

  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(place.url() + path))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer " + KEY)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private String status() throws IOException, InterruptedException {
    return CLIENT
        .send(
            HttpRequest.newBuilder(URI.create(place.url() + "/api/v1/status"))
                .header("Authorization", "Bearer " + place.token())
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /// Waits until everything acknowledged is in the store, and stops.
  void finish() throws IOException, InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!status().contains("\"waiting_bytes\":0")) {
      assertThat(System.nanoTime()).as("%s", status()).isLessThan(end);
      pause(20);
    }
    stop();
  }

  /// Asks it to end; its status is that of a process ended by the signal.
  void stop() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(128 + 15);
  }

  /// What a store has: how often each message id, and the sums of the import tables.
  record Stored(Map<String, Long> ids, long received, long stored, long duplicates, long rejected) {
    static Stored of(Path workspace) throws SQLException {
      try (Connection db =
              DriverManager.getConnection("jdbc:duckdb:" + workspace.resolve("data/pulso.duckdb"));
          Statement statement = db.createStatement()) {
        Map<String, Long> ids = new TreeMap<>();
        try (ResultSet rows =
            statement.executeQuery("SELECT message_text, COUNT(*) FROM event GROUP BY 1")) {
          while (rows.next()) {
            ids.put(rows.getString(1), rows.getLong(2));
          }
        }
        try (ResultSet row =
            statement.executeQuery(
                "SELECT SUM(received), SUM(stored), SUM(duplicates), (SELECT COALESCE(SUM(rows), 0) FROM import_rejected) FROM import")) {
          row.next();
          return new Stored(ids, row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
        }
      }
    }

    /// Nothing is doubled, and the sum holds.
    void expectSound() {
      assertThat(ids.values()).containsOnly(1L);
      assertThat(stored).isEqualTo(ids.size());
      assertThat(received).isEqualTo(stored + duplicates + rejected);
    }
  }
}
