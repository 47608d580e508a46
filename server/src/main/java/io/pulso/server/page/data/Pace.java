package io.pulso.server.page.data;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// How quickly imports are read, from what was seen of each when somebody looked.
final class Pace {
  private static final int KEPT = 100;
  private static final long LEAST_NANOS = 500_000_000L;

  private final LongSupplier nanos;
  private final Map<String, Seen> first =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
          return size() > KEPT;
        }
      };

  private record Seen(long nanos, long bytes) {}

  /// @param nanos a clock that never jumps
  Pace(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /// The seconds until all is read; null where too little was seen.
  synchronized @Nullable Long secondsLeft(String id, long read, long all) {
    long now = nanos.getAsLong();
    Seen seen = first.computeIfAbsent(id, key -> new Seen(now, read));
    long took = now - seen.nanos();
    long done = read - seen.bytes();
    return took < LEAST_NANOS || done <= 0
        ? null
        : (Long) Math.max(1, Math.round((double) (all - read) / done * took / 1e9));
  }
}
