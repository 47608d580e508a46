package io.pulso.testkit;

import io.pulso.engine.event.Event;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The order of records and of texts, and which records stay.
final class Records {
  private Records() {}

  /// Texts by their UTF-8 bytes.
  static final Comparator<String> BYTES =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  /// (occurred_at, received_at, messageId); two sources may use one messageId, so the name of the
  /// source comes last.
  static final Comparator<Event> ORDER =
      Comparator.comparingLong(Event::occurredAt)
          .thenComparingLong(Event::receivedAt)
          .thenComparing(Event::messageId, BYTES)
          .thenComparing(Event::source, BYTES);

  private record Id(String source, String messageId) {}

  /// One record of each (source, messageId), received by `knownAt`, in [#ORDER]. Of several copies
  /// the one received first stays, then the one that arrived first.
  static List<Event> kept(List<Event> arrived, @Nullable Instant knownAt) {
    Map<Id, Event> first = new LinkedHashMap<>();
    for (Event event : arrived) {
      Id id = new Id(event.source(), event.messageId());
      Event other = first.get(id);
      if (other == null || event.receivedAt() < other.receivedAt()) {
        first.put(id, event);
      }
    }
    List<Event> kept = new ArrayList<>(first.values());
    if (knownAt != null) {
      long latest = ChronoUnit.MICROS.between(Instant.EPOCH, knownAt);
      kept.removeIf(event -> event.receivedAt() > latest);
    }
    kept.sort(ORDER);
    return kept;
  }
}
