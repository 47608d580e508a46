package io.pulso.server.metric;

import io.pulso.engine.metric.Cell;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// What was counted for the metrics of one page, which have much in common. Used by one thread, in
/// one state of the store.
public final class Counted {
  private final Map<List<Object>, Map<Place, Cell>> found = new HashMap<>();
  private final Map<Measure.Leaf, Map<Integer, Cell>> days = new HashMap<>();

  Map<Place, Cell> get(List<Object> question, Supplier<Map<Place, Cell>> count) {
    Map<Place, Cell> have = found.get(question);
    if (have == null) {
      have = count.get();
      found.put(question, have);
    }
    return have;
  }

  /// What was counted by day, to be added to.
  Map<Integer, Cell> days(Measure.Leaf leaf) {
    return days.computeIfAbsent(leaf, ignored -> new HashMap<>());
  }
}
