package io.pulso.server.app;

import io.pulso.server.api.Api;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// A real server on a new workspace, and a client of it.
public record Running(Server server, String url, String admin, HttpClient client)
    implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /// A request that can be sent more than once.
  ///
  /// @param token empty for none
  /// @param body empty for none
  public record Ask(String method, String path, String token, String body) {}

  public static Running on(Path folder, Map<String, String> models) throws IOException {
    NewWorkspace.make(folder, ZoneOffset.UTC);
    for (Map.Entry<String, String> model : models.entrySet()) {
      Files.writeString(folder.resolve("models/" + model.getKey() + ".yaml"), model.getValue());
    }
    Workspace workspace = Workspace.open(folder);
    ServerSettings settings = ServerSettings.of(Map.of("port", "0"), Map.of());
    Server server =
        new Server(
            workspace,
            settings,
            Clock.systemUTC(),
            new io.pulso.server.cli.HeldCommands(workspace));
    ServerFile.Place place = ServerFile.read(workspace).orElseThrow();
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    return new Running(server, place.url(), place.token(), client);
  }

  public List<Api.Address> addresses() {
    return server.addresses();
  }

  public HttpResponse<String> send(Ask ask, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + ask.path()))
            .timeout(LONGEST)
            .method(
                ask.method(),
                ask.body().isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(ask.body()));
    if (!ask.token().isEmpty()) {
      request.header("Authorization", "Bearer " + ask.token());
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /// The answer to a question of the administrator.
  public String get(String path) throws IOException, InterruptedException {
    return send(new Ask("GET", path, admin, "")).body();
  }

  public HttpResponse<String> post(String path, String token, String body)
      throws IOException, InterruptedException {
    return send(new Ask("POST", path, token, body));
  }

  /// Asks until the answer has some text, for at most half a minute.
  public String until(String path, String text) throws IOException, InterruptedException {
    long end = System.nanoTime() + LONGEST.toNanos();
    String body = "";
    while (System.nanoTime() < end) {
      body = get(path);
      if (body.contains(text)) {
        return body;
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    throw new AssertionError("no '%s' in %s".formatted(text, body));
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
