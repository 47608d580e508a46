package io.pulso.server.metric;

import io.pulso.server.store.CountedDays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was found of single days that are over, kept in memory until something is stored that
/// changes them. May be used by several threads.
final class DayCache<K, V> {
  private static final int MOST_DAYS = 4_000;

  /// By what was asked last, in that order.
  private final Map<K, Map<Integer, Kept<V>>> kept;

  /// @param revision of the counted days when it was found
  private record Kept<V>(V value, long revision) {}

  /// @param most so many questions are remembered
  DayCache(int most) {
    this.kept =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, Map<Integer, Kept<V>>> eldest) {
            return size() > most;
          }
        };
  }

  /// What is known of a day; null where it has to be found.
  synchronized @Nullable V get(K question, CountedDays counted, int day) {
    Map<Integer, Kept<V>> days = kept.get(question);
    Kept<V> one = days == null ? null : days.get(day);
    return one != null && counted.isRight(day, one.revision()) ? one.value() : null;
  }

  /// Keeps what was found of a day, if the day is over.
  synchronized void put(K question, CountedDays counted, int day, V value) {
    if (counted.watches(day)) {
      Map<Integer, Kept<V>> days = kept.computeIfAbsent(question, ignored -> new HashMap<>());
      if (days.size() > MOST_DAYS) {
        days.clear();
      }
      days.put(day, new Kept<>(value, counted.revision()));
    }
  }
}
