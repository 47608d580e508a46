package io.pulso.server.app;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Lets the customers of a sample company go on living: what happened on the same day of an earlier
/// week happens again today, at the same time of day, and is sent to the server like anybody's
/// events.
public final class SampleTraffic implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SampleTraffic.class.getName());
  private static final Set<String> TYPES = Set.of("track", "page", "screen");
  private static final int WEEK = 7;
  private static final int MOST = 500;
  private static final long LONGEST_WAIT = 1_000;

  private final Path files;
  private final LocalDate last;
  private final URI batch;
  private final String key;
  private final Clock clock;
  private final HttpClient client = HttpClient.newHttpClient();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  /// An event that is still to happen.
  private record Due(Instant at, Json.Obj call) {}

  /// Begins to send.
  ///
  /// @param files of the sample company, one a month
  /// @param last the last day in them, in UTC
  /// @param url of the server
  /// @param key with which it is sent
  public SampleTraffic(Path files, LocalDate last, String url, String key, Clock clock) {
    this.files = files;
    this.last = last;
    this.batch = URI.create(url + "/v1/batch");
    this.key = key;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("sample-traffic").daemon().start(this::run);
  }

  private void run() {
    try {
      LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
      while (closing.getCount() > 0) {
        send(day(day));
        day = day.plusDays(1);
        Instant start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        while (clock.instant().isBefore(start) && !pause()) {
          LOG.log(System.Logger.Level.TRACE, "nothing more happens today");
        }
      }
    } catch (IOException | JsonFault e) {
      LOG.log(System.Logger.Level.WARNING, "the sample company stops living", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Waits a little; true when it shall end.
  private boolean pause() throws InterruptedException {
    return closing.await(LONGEST_WAIT, TimeUnit.MILLISECONDS);
  }

  private void send(List<Due> events) throws IOException, InterruptedException {
    int next = 0;
    while (next < events.size()) {
      Instant now = clock.instant();
      List<Json> calls = new ArrayList<>();
      while (next < events.size() && calls.size() < MOST && !events.get(next).at().isAfter(now)) {
        calls.add(events.get(next++).call());
      }
      if (!calls.isEmpty()) {
        post(calls);
      } else if (pause()) {
        return;
      }
    }
  }

  private void post(List<Json> calls) throws IOException, InterruptedException {
    Json body = new Json.Obj(Map.of("batch", new Json.Arr(calls)));
    HttpRequest request =
        HttpRequest.newBuilder(batch)
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer " + key)
            .POST(HttpRequest.BodyPublishers.ofString(JsonText.write(body)))
            .build();
    int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status != 200) {
      LOG.log(System.Logger.Level.WARNING, "sample events were answered with status {0}", status);
    }
  }

  /// What happens on a day, in the order of time.
  private List<Due> day(LocalDate day) throws IOException, JsonFault {
    long weeks = Math.max(1, Math.ceilDiv(day.toEpochDay() - last.toEpochDay(), WEEK));
    LocalDate model = day.minusDays(WEEK * weeks);
    Duration later = Duration.ofDays(WEEK * weeks);
    String mark = "\"timestamp\":\"" + model;
    List<Due> found = new ArrayList<>();
    Path file = files.resolve("events-%tY-%<tm.jsonl".formatted(model));
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.contains(mark) && JsonText.read(line) instanceof Json.Obj call) {
          due(call, later, found);
        }
      }
    }
    found.sort(Comparator.comparing(Due::at));
    return found;
  }

  private static void due(Json.Obj call, Duration later, List<Due> found) {
    if (call.fields().get("timestamp") instanceof Json.Str(String text)
        && call.fields().get("type") instanceof Json.Str(String type)
        && call.fields().get("messageId") instanceof Json.Str(String id)
        && TYPES.contains(type)) {
      Instant at = Instant.parse(text).plus(later);
      Map<String, Json> fields = new LinkedHashMap<>(call.fields());
      fields.remove("receivedAt");
      fields.put("timestamp", new Json.Str(at.toString()));
      fields.put("messageId", new Json.Str(id + "-" + later.toDays()));
      found.add(new Due(at, new Json.Obj(fields)));
    }
  }

  @Override
  public void close() {
    closing.countDown();
    thread.interrupt();
  }
}
