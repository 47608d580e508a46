package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Events at a steady rate for a long time: memory grows by nothing but the message ids that are
/// kept to find repeated ones, and nothing is lost. Properties set the minutes
/// (`pulso.soak.minutes`) and the events a second (`pulso.soak.rate`).
@Tag("soak")
class SoakTest {
  private static final int MINUTES = Integer.getInteger("pulso.soak.minutes", 30);
  private static final int RATE = Integer.getInteger("pulso.soak.rate", 5_000);
  private static final int BATCH = 50;
  private static final int CUSTOMERS = 50_000;
  private static final long MOST_GROWTH = 64L << 20;

  @TempDir private Path folder;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Random random = new Random(5);
  private final AtomicLong good = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final Semaphore under = new Semaphore(64);
  private long next;

  @Test
  void memory_grows_by_nothing_but_the_ids_of_the_horizon() throws Exception {
    try (GuardedServer server =
        new GuardedServer(folder.resolve("w"), "", Map.of(), Clock.systemUTC())) {
      long seconds = MINUTES * 60L;
      long warm = Math.max(20, seconds / 5);
      send(server, warm);
      long first = heap(server);
      System.err.printf("after %d s: %d MB%n", warm, first >> 20);
      for (int part = 1; part <= 4; part++) {
        send(server, (seconds - warm) / 4);
        System.err.printf(
            "%d events: %d MB; %d refused for a while%n",
            good.get(), heap(server) >> 20, refused.get());
      }
      long last = heap(server);
      System.err.printf(
          "soak of %d minutes at %d events a second: %d MB at first, %d MB at last%n",
          MINUTES, RATE, first >> 20, last >> 20);
      long ids = (good.get() * 40) + MOST_GROWTH;
      assertThat(last - first).isLessThan(ids);
      assertThat(server.api("GET", "/api/v1/status", "").body())
          .contains("\"stored\":" + good.get() + ",");
    } finally {
      client.close();
    }
  }

  /// Sends for some seconds, evenly.
  private void send(GuardedServer server, long seconds) throws InterruptedException {
    URI batch = URI.create(server.place().url() + "/v1/batch");
    long begun = System.nanoTime();
    long batches = seconds * RATE / BATCH;
    long pause = Duration.ofSeconds(1).toNanos() * BATCH / RATE;
    for (long i = 0; i < batches; i++) {
      under.acquire();
      String body = body();
      HttpRequest request =
          HttpRequest.newBuilder(batch)
              .header("Authorization", "Bearer " + GuardedServer.KEY)
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      var _ =
          client
              .sendAsync(request, HttpResponse.BodyHandlers.ofString())
              .whenComplete((answer, fault) -> {
                under.release();
                (fault == null && answer.statusCode() == 200 ? good : refused).addAndGet(BATCH);
              });
      LockSupport.parkNanos(begun + (i + 1) * pause - System.nanoTime());
    }
    under.acquire(64);
    under.release(64);
  }

  private String body() {
    StringBuilder out = new StringBuilder("{\"batch\":[");
    for (int i = 0; i < BATCH; i++) {
      out.append(i == 0 ? "" : ",")
          .append(
              "{\"type\":\"track\",\"userId\":\"u%d\",\"event\":\"%s\",\"messageId\":\"soak-%d\",\"properties\":{\"page\":\"p%d\",\"value\":%d}}"
                  .formatted(
                      random.nextInt(CUSTOMERS),
                      random.nextInt(4) == 0 ? "Login" : "Feature Used",
                      next++,
                      random.nextInt(50),
                      random.nextInt(100)));
    }
    return out.append("]}").toString();
  }

  /// What is in use when everything has been loaded and the rest is cleared away.
  private long heap(GuardedServer server) throws Exception {
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (!server.api("GET", "/api/v1/status", "").body().contains("\"waiting_bytes\":0")) {
      assertThat(System.nanoTime()).as("everything is loaded in time").isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
