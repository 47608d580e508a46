package io.pulso.server.api;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How many things each token may do at once.
final class Slots {
  private final int most;
  private final Map<String, Integer> taken = new HashMap<>();

  Slots(int most) {
    this.most = most;
  }

  /// One thing that is being done.
  final class Slot implements AutoCloseable {
    private final String who;

    private Slot(String who) {
      this.who = who;
    }

    @Override
    public void close() {
      give(who);
    }
  }

  /// Room for one more; null where there is none.
  synchronized @Nullable Slot take(String who) {
    int now = taken.getOrDefault(who, 0);
    if (now >= most) {
      return null;
    }
    taken.put(who, now + 1);
    return new Slot(who);
  }

  private synchronized void give(String who) {
    taken.computeIfPresent(who, (key, now) -> now == 1 ? null : (Integer) (now - 1));
  }
}
