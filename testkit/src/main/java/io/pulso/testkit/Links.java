package io.pulso.testkit;

import io.pulso.engine.event.Event;
import io.pulso.engine.event.EventType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which id stands for which other id. Every id has at most one outgoing link and no links form a
/// circle; the first link wins.
final class Links {
  private final Map<String, String> next = new HashMap<>();

  /// The links of records that are in order.
  static Links of(List<Event> records) {
    Links links = new Links();
    for (Event event : records) {
      if (event.type() == EventType.ALIAS) {
        links.add(event.previousId(), event.userId());
      }
      links.add(event.anonymousId(), event.userId());
    }
    return links;
  }

  private void add(@Nullable String from, @Nullable String to) {
    if (from != null && to != null && !next.containsKey(from) && !end(to).equals(from)) {
      next.put(from, to);
    }
  }

  /// The last id of the chain that starts here.
  String end(String id) {
    String at = id;
    String then = next.get(at);
    while (then != null) {
      at = then;
      then = next.get(at);
    }
    return at;
  }
}
