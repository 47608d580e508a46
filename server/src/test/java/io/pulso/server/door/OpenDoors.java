package io.pulso.server.door;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.pulso.server.ingest.Arrival;
import io.pulso.server.ingest.Bounds;
import io.pulso.server.ingest.Census;
import io.pulso.server.ingest.UserTokens;
import io.pulso.server.store.Incoming;
import io.pulso.server.store.Rejected;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;

/// A real server with open doors, which keeps what arrives in memory.
final class OpenDoors implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  static final String PAGE = "https://shop.example";

  final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
  final Map<String, Key> keys = new ConcurrentHashMap<>();
  static final String SECRET = "a secret of the tests with many letters";
  static final String KID = "k1";

  final Doors doors;
  private final Guards guards =
      new Guards(
          new Census(0, System::nanoTime),
          new UserTokens((source, kid) ->
              source.equals("web") && kid.equals(KID)
                  ? SECRET.getBytes(StandardCharsets.UTF_8)
                  : null),
          context -> 0);
  volatile boolean full;

  private final Javalin javalin;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  OpenDoors() {
    this(() -> NOW);
  }

  OpenDoors(InstantSource clock) {
    keys.put("secret", Key.server("k1", "shop", 0));
    keys.put("public", Key.browser("k2", "web", Set.of(PAGE), 0));
    keys.put("slow", Key.server("k3", "shop", 2));
    doors = new Doors(keys::get, this::keep, Bounds.DEFAULT, clock, Context::ip, guards);
    javalin =
        Javalin.create(
                config -> {
                  config.concurrency.useVirtualThreads = true;
                  config.startup.showJavalinBanner = false;
                  config.router.ignoreTrailingSlashes = false; // the doors know both
                  ProblemPages.use(config);
                  doors.open(config.routes);
                })
            .start("127.0.0.1", 0);
  }

  private void keep(Arrival arrival) throws Busy {
    if (full) {
      throw new Busy("full", Duration.ofMillis(1_500));
    }
    synchronized (arrivals) {
      arrivals.add(arrival);
      arrivals.notifyAll();
    }
  }

  /// Waits until so many rows have arrived.
  void await(int rows) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    synchronized (arrivals) {
      while (rows().size() < rows && System.nanoTime() < deadline) {
        arrivals.wait(100);
      }
    }
  }

  String address() {
    return "http://127.0.0.1:" + javalin.port();
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(address() + path)).timeout(Duration.ofSeconds(30));
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Posts with the secret key.
  HttpResponse<String> post(String path, String body) {
    return post(path, body.getBytes(StandardCharsets.UTF_8));
  }

  HttpResponse<String> post(String path, byte[] body) {
    return post(path, body, "Authorization", basic("secret:"));
  }

  HttpResponse<String> post(String path, byte[] body, String... headers) {
    HttpRequest.Builder request = to(path).POST(HttpRequest.BodyPublishers.ofByteArray(body));
    return send((headers.length == 0 ? request : request.headers(headers)).build());
  }

  static String basic(String user) {
    byte[] utf8 = user.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(utf8);
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  List<Incoming> rows() {
    return arrivals.stream().flatMap(a -> a.rows().stream()).toList();
  }

  List<Rejected> rejects() {
    return arrivals.stream().flatMap(a -> a.rejects().stream()).toList();
  }

  Incoming only() {
    if (rows().size() != 1) {
      throw new AssertionError("expected one row, got " + arrivals);
    }
    return rows().getFirst();
  }

  void clear() {
    arrivals.clear();
  }

  @Override
  public void close() {
    client.close();
    javalin.stop();
  }
}
