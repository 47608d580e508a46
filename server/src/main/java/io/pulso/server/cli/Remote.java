package io.pulso.server.cli;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonLimits;
import io.pulso.engine.json.JsonText;
import io.pulso.server.app.ServerFile;
import io.pulso.server.app.Starting;
import io.pulso.server.app.Workspace;
import io.pulso.server.event.InputException;
import io.pulso.server.store.Store;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The server that holds a workspace, for commands that cannot open its store meanwhile.
final class Remote {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

  /// Lists of a server are longer than what others send.
  private static final int MOST_KEYS = 1_000_000;

  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofHours(6);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final ServerFile.Place place;

  private Remote(ServerFile.Place place) {
    this.place = place;
  }

  /// The server that runs on a workspace, if there is one.
  static Optional<Remote> of(Workspace workspace) {
    return at(workspace.folder());
  }

  /// One that is just starting is waited for.
  private static Optional<Remote> at(Path workspace) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Optional<Remote> found = there(workspace);
    while (found.isEmpty() && Starting.isSaid(workspace) && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(LOOK.toNanos());
      found = there(workspace);
    }
    return found.isPresent() ? found : there(workspace);
  }

  private static Optional<Remote> there(Path workspace) {
    return ServerFile.read(workspace).map(Remote::new).filter(Remote::isThere);
  }

  /// Refuses what cannot be done while a server runs on a workspace.
  ///
  /// @param workspace its folder
  /// @param what the user wants
  static void none(Path workspace, String what) {
    at(workspace)
        .ifPresent(remote -> {
          throw new InputException(
              "a server at %s runs on the workspace %s: stop it to %s"
                  .formatted(remote.place.url(), workspace, what));
        });
  }

  /// Asks the server that holds a workspace; where none does, opens its store.
  static Json.Obj orHere(
      Workspace workspace, Function<Remote, Json.Obj> server, Function<Store, Json.Obj> here) {
    Optional<Remote> remote = of(workspace);
    if (remote.isPresent()) {
      return server.apply(remote.get());
    }
    try (Store store = workspace.store()) {
      return here.apply(store);
    }
  }

  /// A part of a path or of a query.
  static String part(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private boolean isThere() {
    try {
      return send("GET", "/health/live", HttpRequest.BodyPublishers.noBody(), PATIENCE).statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /// Asks the server; what it refuses is an [InputException].
  Json.Obj ask(String method, String path, Json body) {
    try {
      HttpRequest.BodyPublisher publisher =
          body instanceof Json.Null
              ? HttpRequest.BodyPublishers.noBody()
              : HttpRequest.BodyPublishers.ofString(JsonText.write(body));
      HttpResponse<String> response = send(method, path, publisher, LONG);
      Json answer = JsonText.read(response.body(), new JsonLimits(MOST_KEYS));
      if (answer instanceof Json.Obj object) {
        if (response.statusCode() < 300) {
          return object;
        }
        if (object.fields().get("detail") instanceof Json.Str(String detail)) {
          throw new InputException(detail);
        }
      }
      throw new InputException(
          "the server at %s answered with status %d".formatted(place.url(), response.statusCode()));
    } catch (IOException | JsonFault e) {
      throw new InputException("the server at %s cannot be asked: %s".formatted(place.url(), e), e);
    }
  }

  /// Writes a file that the server sends.
  void download(String path, OutputStream out) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(place.url() + path))
            .timeout(LONG)
            .header("Authorization", "Bearer " + place.token())
            .build();
    HttpResponse<InputStream> response = stream(request);
    try (InputStream in = response.body()) {
      if (response.statusCode() != 200) {
        throw new InputException(
            "the server at %s cannot make a backup: %s"
                .formatted(place.url(), new String(in.readNBytes(2000), StandardCharsets.UTF_8)));
      }
      in.transferTo(out);
    }
  }

  /// The lines of a long answer.
  BufferedReader lines(String path, Json body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(place.url() + path))
            .header("Authorization", "Bearer " + place.token())
            .POST(HttpRequest.BodyPublishers.ofString(JsonText.write(body)))
            .build();
    HttpResponse<InputStream> response = stream(request);
    while (response.statusCode() == 429) {
      // Other commands are under way.
      response.body().close();
      pause();
      response = stream(request);
    }
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    if (response.statusCode() != 200) {
      String problem = lines.lines().collect(Collectors.joining());
      lines.close();
      throw new InputException(detail(problem));
    }
    return lines;
  }

  private HttpResponse<InputStream> stream(HttpRequest request) throws IOException {
    return sent(() -> client.send(request, HttpResponse.BodyHandlers.ofInputStream()));
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(BETWEEN_TRIES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /// Sends a file and gives the answer.
  Json.Obj upload(String path, HttpRequest.BodyPublisher file) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(place.url() + path))
              .header("Authorization", "Bearer " + place.token())
              .POST(file)
              .build();
      HttpResponse<String> response =
          sent(() -> client.send(request, HttpResponse.BodyHandlers.ofString()));
      if (response.statusCode() == 202
          && JsonText.read(response.body()) instanceof Json.Obj object) {
        return object;
      }
      throw new InputException(detail(response.body()));
    } catch (IOException | JsonFault e) {
      throw new InputException("the server at %s cannot be asked: %s".formatted(place.url(), e), e);
    }
  }

  private static String detail(String problem) {
    try {
      if (JsonText.read(problem) instanceof Json.Obj object
          && object.fields().get("detail") instanceof Json.Str(String detail)) {
        return detail;
      }
    } catch (JsonFault e) {
      return problem;
    }
    return problem;
  }

  private interface Sending<T> {
    HttpResponse<T> send() throws IOException, InterruptedException;
  }

  private static <T> HttpResponse<T> sent(Sending<T> sending) throws IOException {
    try {
      return sending.send();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private HttpResponse<String> send(
      String method, String path, HttpRequest.BodyPublisher body, Duration patience)
      throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(place.url() + path))
            .timeout(patience)
            .header("Authorization", "Bearer " + place.token())
            .method(method, body)
            .build();
    return sent(() -> client.send(request, HttpResponse.BodyHandlers.ofString()));
  }
}
