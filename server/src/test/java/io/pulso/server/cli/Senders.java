package io.pulso.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;

/// Threads that send single events and batches, some of them again, and what was acknowledged.
final class Senders {
  final Set<String> sent = ConcurrentHashMap.newKeySet();
  final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  final AtomicLong rowsSent = new AtomicLong();
  final AtomicLong rowsAcknowledged = new AtomicLong();
  final Set<Integer> refusals = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedDeque<String> again = new ConcurrentLinkedDeque<>();
  private final AtomicLong next = new AtomicLong();
  private final int threads;
  private volatile boolean done;

  Senders(int threads) {
    this.threads = threads;
  }

  /// Sends until the server is gone or [#enough] is called.
  List<Thread> start(ServedChild child, long seed) {
    done = false;
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Random random = new Random(31 * seed + i);
      all.add(Thread.startVirtualThread(() -> run(child, random)));
    }
    return all;
  }

  void enough() {
    done = true;
  }

  private void run(ServedChild child, Random random) {
    try {
      while (!done) {
        send(child, random);
      }
    } catch (IOException e) {
      // The server is gone: nobody knows what became of the request.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(ServedChild child, Random random) throws IOException, InterruptedException {
    boolean single = random.nextBoolean();
    List<String> ids = new ArrayList<>();
    for (int i = single ? 1 : random.nextInt(1, 30); i > 0; i--) {
      ids.add(id(random));
    }
    boolean bad = !single && random.nextInt(4) == 0;
    int rows = ids.size() + (bad ? 1 : 0);
    sent.addAll(ids);
    rowsSent.addAndGet(rows);
    List<String> events = new ArrayList<>(ids.stream().map(Senders::event).toList());
    if (bad) {
      events.add("{\"type\":\"track\",\"event\":\"Login\"}");
    }
    String body = single ? events.getFirst() : "{\"batch\":[" + String.join(",", events) + "]}";
    again.addAll(ids.subList(0, random.nextInt(2)));
    HttpResponse<String> answer = child.post(single ? "/v1/track" : "/v1/batch", body);
    if (answer.statusCode() == 200) {
      acknowledged.addAll(ids);
      rowsAcknowledged.addAndGet(rows);
    } else {
      refusals.add(answer.statusCode());
      again.addAll(ids);
    }
  }

  /// A new id, or one that was sent before, acknowledged or not.
  private String id(Random random) {
    String old = random.nextInt(10) == 0 ? again.poll() : null;
    return old != null ? old : "m" + next.incrementAndGet();
  }

  private static String event(String id) {
    return "{\"type\":\"track\",\"userId\":\"u%d\",\"event\":\"Login\",\"messageId\":\"%s\"}"
        .formatted(Math.floorMod(id.hashCode(), 500), id);
  }

  /// Everything acknowledged is stored, and nothing that was never sent.
  void expectIn(ServedChild.Stored stored) {
    stored.expectSound();
    Set<String> lost = new HashSet<>(acknowledged);
    lost.removeAll(stored.ids().keySet());
    assertThat(lost).as("acknowledged, but not stored").isEmpty();
    Set<String> foreign = new HashSet<>(stored.ids().keySet());
    foreign.removeAll(new HashSet<>(sent));
    assertThat(foreign).as("stored, but never sent").isEmpty();
    assertThat(stored.received()).isBetween(rowsAcknowledged.get(), rowsSent.get());
  }
}
