package io.pulso.server.api;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonText;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The last changes of scores, bands and counters, numbered, in a ring: all readers share it, and
/// one that falls behind it has lost something. Memory does not grow with readers.
public final class Changes implements AutoCloseable {
  private static final int MOST_AT_ONCE = 256;

  private final @Nullable Item[] ring;
  private final String run = Long.toHexString(new SecureRandom().nextLong());
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private long next;
  private int readers;
  private boolean closed;

  /// @param size how many changes are remembered
  public Changes(int size) {
    this.ring = new Item[size];
  }

  /// A change as it is sent.
  record Item(String id, String kind, String json) {}

  /// A score that became another one.
  ///
  /// @param subject its id
  /// @param before milli-points; null where there was none or it is not known
  /// @param bandBefore the band's id
  public record Scored(
      String kind,
      String subject,
      String model,
      String version,
      int day,
      @Nullable Long before,
      @Nullable Long after,
      @Nullable String bandBefore,
      @Nullable String bandAfter) {
    private Json.Obj json() {
      return new Answer()
          .put("kind", kind)
          .put("subject", subject)
          .put("model", model)
          .put("version", version)
          .day("day", day)
          .milli("score_before", before)
          .milli("score", after)
          .put("band_before", bandBefore)
          .put("band", bandAfter)
          .json();
    }
  }

  /// Tells a score, and its band where that is another one than before.
  public void scored(Scored change) {
    tell("score", change.json());
    if (change.bandAfter() != null && !change.bandAfter().equals(change.bandBefore())) {
      tell("band", change.json());
    }
  }

  /// Tells that somebody objected to being scored, or took that back.
  public void processing(String kind, String subject, boolean objected) {
    tell(
        "processing",
        new Answer()
            .put("kind", kind)
            .put("subject", subject)
            .put("processing", ProcessingAnswer.word(objected))
            .json());
  }

  /// Tells what was loaded since the server started.
  public void counters(Json.Obj counters) {
    tell("counters", counters);
  }

  private void tell(String kind, Json.Obj json) {
    String text = JsonText.write(json);
    lock.lock();
    try {
      ring[(int) (next % ring.length)] = new Item(run + "-" + next, kind, text);
      next++;
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Whether anybody listens.
  public boolean isHeard() {
    lock.lock();
    try {
      return readers > 0;
    } finally {
      lock.unlock();
    }
  }

  /// A reader, from now on or from behind an item on.
  ///
  /// @param last the id of the last item that was read; null for none
  Reader read(@Nullable String last) {
    lock.lock();
    try {
      readers++;
      return new Reader(last);
    } finally {
      lock.unlock();
    }
  }

  /// One that reads.
  final class Reader implements AutoCloseable {
    private long at;
    private boolean lost;

    private Reader(@Nullable String last) {
      at = next;
      if (last != null) {
        Long no = number(last);
        lost = no == null || isGone(no + 1);
        at = lost || no == null ? next : no + 1;
      }
    }

    private @Nullable Long number(String id) {
      if (!id.startsWith(run + "-") || !id.substring(run.length() + 1).matches("[0-9]{1,18}")) {
        return null;
      }
      return Long.valueOf(id.substring(run.length() + 1));
    }

    private boolean isGone(long no) {
      return no > next || no < next - ring.length;
    }

    /// Whether items were lost before the first that is read.
    boolean hasLost() {
      return lost;
    }

    /// The next items; none where nothing came in that time; null at the end, which is also there
    /// when this reader was too slow.
    @Nullable List<Item> next(Duration patience) throws InterruptedException {
      lock.lockInterruptibly();
      try {
        long nanos = patience.toNanos();
        while (at == next && !closed && nanos > 0) {
          nanos = more.awaitNanos(nanos);
        }
        if (closed || isGone(at)) {
          return null;
        }
        List<Item> items = new ArrayList<>();
        while (at < next && items.size() < MOST_AT_ONCE) {
          Item item = ring[(int) (at % ring.length)];
          if (item != null) {
            items.add(item);
          }
          at++;
        }
        return items;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      lock.lock();
      try {
        readers--;
      } finally {
        lock.unlock();
      }
    }
  }

  /// Ends all readers.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
