package io.pulso.bench;

import io.pulso.server.app.ServerFile;
import io.pulso.server.app.Workspace;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Measures what a `pulso serve` takes over HTTP, and how soon scores follow.
///
/// `HttpRate FOLDER MODEL [SECONDS]`; the workspace is `http-rate` in the folder, and made where
/// there is none: one with many customers is imported there before.
public final class HttpRate {
  private static final int CONNECTIONS = 64;
  private static final int BATCH = 20;
  private static final int STEADY = 5_000;
  private static final int CUSTOMERS = 20_000;
  private static final String KEY = "a-key-of-the-benchmark-0123456789";

  private final int port;
  private final String token;
  private final Duration time;
  private final AtomicLong number = new AtomicLong();
  private final AtomicInteger refused = new AtomicInteger();

  private HttpRate(ServerFile.Place place, Duration time) {
    this.port = URI.create(place.url()).getPort();
    this.token = place.token();
    this.time = time;
  }

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]).resolve("http-rate");
    Duration time = Duration.ofSeconds(args.length > 2 ? Integer.parseInt(args[2]) : 10);
    if (!Files.exists(folder)) {
      run(folder, "init", folder.toString());
      Files.copy(Path.of(args[1]), folder.resolve("models/model.yaml"));
    }
    run(
        folder,
        "key",
        "create",
        "--source",
        "web",
        "--value",
        KEY,
        "--workspace",
        folder.toString());
    Process server = start(folder, "serve", "--port", "0", "--workspace", folder.toString());
    try {
      HttpRate rate = new HttpRate(place(folder, server), time);
      // Until the first looks at everything after a start are over, and code is compiled.
      for (int i = 0; i < 4; i++) {
        rate.flood("single events (warming up)", 1);
      }
      rate.flood("single events", 1);
      rate.flood("batches of " + BATCH, BATCH);
      rate.catchUp();
      rate.steady("steady", end -> {});
      rate.steady("while a backup is made and the store written anew", rate::keep);
      rate.catchUp();
      say("most memory of the server: %,d MB", Child.peak(server.pid()) >> 20);
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  private static void run(Path folder, String... words) throws Exception {
    if (start(folder, words).waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", words) + " failed");
    }
  }

  private static Process start(Path folder, String... words) throws IOException {
    List<String> command = new ArrayList<>(Child.java(folder, words));
    int jar = command.indexOf("-jar");
    command.set(jar, "-cp");
    command.set(jar + 1, System.getProperty("java.class.path"));
    command.add(jar + 2, "io.pulso.server.cli.Main");
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static ServerFile.Place place(Path folder, Process server) {
    Workspace workspace = Workspace.open(folder);
    while (server.isAlive()) {
      var place = ServerFile.read(workspace);
      if (place.isPresent()) {
        return place.get();
      }
      LockSupport.parkNanos(10_000_000);
    }
    throw new IllegalStateException("the server did not start");
  }

  /// As much as all connections take.
  private void flood(String what, int events) throws InterruptedException {
    Waits waits = new Waits();
    long start = System.nanoTime();
    List<Thread> senders = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      senders.add(begin(() -> flood(start + time.toNanos(), events, waits)));
    }
    join(senders);
    double seconds = (System.nanoTime() - start) / 1e9;
    say("%s: %,.0f events a second, %s", what, waits.count() * events / seconds, waits.text());
  }

  private void flood(long end, int events, Waits waits) throws IOException {
    try (HttpLine line = new HttpLine(port)) {
      while (System.nanoTime() < end) {
        long start = System.nanoTime();
        if (send(line, events) == 200) {
          waits.add(System.nanoTime() - start);
        } else {
          refused.incrementAndGet();
          LockSupport.parkNanos(10_000_000);
        }
      }
    }
  }

  private int send(HttpLine line, int events) throws IOException {
    if (events == 1) {
      return line.ask("POST", "/v1/track", KEY, event("u" + number.get() % CUSTOMERS));
    }
    StringBuilder body = new StringBuilder("{\"batch\":[");
    for (int i = 0; i < events; i++) {
      body.append(i == 0 ? "" : ",").append(event("u" + number.get() % CUSTOMERS));
    }
    return line.ask("POST", "/v1/batch", KEY, body.append("]}").toString());
  }

  private String event(String who) {
    long id = number.incrementAndGet();
    return "{\"type\":\"track\",\"userId\":\""
        + who
        + "\",\"event\":\"Feature Used\",\"messageId\":\"bench-"
        + id
        + "\",\"properties\":{\"feature\":\"f"
        + id % 9
        + "\",\"plan\":\"team\"}}";
  }

  /// Waits until a new event can be read, so that nothing of before is left to load.
  private void catchUp() throws IOException {
    long start = System.nanoTime();
    try (HttpLine line = new HttpLine(port)) {
      readable(line, "last-of-the-flood");
    }
    say(
        "then, until all of it was loaded: %.1f s; refused with 503: %d",
        (System.nanoTime() - start) / 1e9, refused.get());
  }

  /// Sends an event of a new customer and waits until the score is there; gives the nanoseconds.
  private long readable(HttpLine line, String who) throws IOException {
    while (line.ask("POST", "/v1/track", KEY, event(who)) != 200) {
      LockSupport.parkNanos(10_000_000);
    }
    long start = System.nanoTime();
    while (line.ask("GET", "/api/v1/customers/" + who + "/score", token, "") != 200) {
      LockSupport.parkNanos(10_000_000);
    }
    return System.nanoTime() - start;
  }

  /// Makes backups and writes the store anew, one after the other.
  private void keep(long end) throws IOException {
    HttpClient client = HttpClient.newHttpClient();
    while (System.nanoTime() < end) {
      keep(client, "GET", "backup");
      keep(client, "POST", "rewrite");
    }
  }

  private void keep(HttpClient client, String method, String what) throws IOException {
    long start = System.nanoTime();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/" + what))
            .header("Authorization", "Bearer " + token)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      say("  %s: status %d after %.1f s", what, status, (System.nanoTime() - start) / 1e9);
    } catch (InterruptedException e) {
      throw new InterruptedIOException(what);
    }
  }

  private interface Beside {
    void run(long end) throws IOException;
  }

  private void steady(String what, Beside beside) throws InterruptedException {
    Waits sends = new Waits();
    Waits reads = new Waits();
    Waits scores = new Waits();
    long start = System.nanoTime();
    long end = start + 2 * time.toNanos();
    long step = 1_000_000_000L * BATCH * CONNECTIONS / STEADY;
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      long first = start + i * step / CONNECTIONS;
      all.add(begin(() -> paced(first, step, end, sends, line -> send(line, BATCH))));
    }
    Random random = new Random(1);
    all.add(begin(() -> paced(start, 200_000_000, end, reads, line -> page(line, random))));
    all.add(
        begin(() -> {
          try (HttpLine line = new HttpLine(port)) {
            for (int i = 0; System.nanoTime() < end; i++) {
              scores.add(readable(line, "probe-" + i));
            }
          }
        }));
    all.add(begin(() -> beside.run(end)));
    join(all);
    double seconds = (end - start) / 1e9;
    say(
        "%s: %,.0f events a second in batches, %s",
        what, sends.count() * BATCH / seconds, sends.text());
    say("meanwhile score and explanation: %d, %s", reads.count(), reads.text());
    say("acknowledged until the score is readable: %d, %s", scores.count(), scores.text());
  }

  private int page(HttpLine line, Random random) throws IOException {
    String at = "/api/v1/customers/u" + random.nextInt(CUSTOMERS);
    return Math.max(
        line.ask("GET", at + "/score", token, ""), line.ask("GET", at + "/explanation", token, ""));
  }

  private interface Asking {
    int ask(HttpLine line) throws IOException;
  }

  /// Asks at fixed times; a wait counts from the time at which it should have begun.
  private void paced(long first, long step, long end, Waits waits, Asking asking)
      throws IOException {
    try (HttpLine line = new HttpLine(port)) {
      for (long due = first; due < end; due += step) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        int status = asking.ask(line);
        if (status != 200) {
          throw new IOException("an answer with status " + status);
        }
        waits.add(System.nanoTime() - due);
      }
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static Thread begin(Work work) {
    return Thread.startVirtualThread(() -> {
      try {
        work.run();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    });
  }

  private static void join(List<Thread> threads) throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void say(String format, Object... values) {
    System.out.println(Report.text(format, values));
  }
}
