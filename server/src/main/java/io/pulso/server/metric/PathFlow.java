package io.pulso.server.metric;

import io.pulso.engine.session.PathCounter;
import io.pulso.engine.session.Step;
import io.pulso.engine.session.Ways;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How sessions go on, step after step: on each level the most frequent steps, and the others as
/// one.
public record PathFlow(List<Node> nodes, List<Link> links) {
  /// Steps of a level that stand for themselves.
  private static final int MOST = 7;

  /// In place of a step: any other one.
  private static final int OTHERS = -3;

  public PathFlow {
    nodes = List.copyOf(nodes);
    links = List.copyOf(links);
  }

  /// What sessions have on a level.
  ///
  /// @param step null where they end or begin, and for all other steps
  /// @param edge whether they end or begin there
  public record Node(int level, @Nullable Step step, boolean edge, long sessions) {}

  /// How many sessions go from one node to another, by their places.
  public record Link(int from, int to, long sessions) {}

  static PathFlow of(List<Ways.Way> ways, IntFunction<Step> steps) {
    return new Making(ways, steps).flow();
  }

  private static final class Making {
    private final List<Ways.Way> ways;
    private final IntFunction<Step> steps;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Map<Integer, Integer>> places = new ArrayList<>();
    private final List<Set<Integer>> shown = new ArrayList<>();

    Making(List<Ways.Way> ways, IntFunction<Step> steps) {
      this.ways = ways;
      this.steps = steps;
    }

    PathFlow flow() {
      for (int level = 0; level < PathCounter.DEPTH; level++) {
        level(level);
      }
      Map<Long, Long> links = new TreeMap<>();
      for (Ways.Way way : ways) {
        for (int level = 0; level + 1 < PathCounter.DEPTH; level++) {
          Integer from = place(level, way.steps().get(level));
          Integer to = place(level + 1, way.steps().get(level + 1));
          if (from != null && to != null) {
            links.merge((long) from << 32 | to, (long) way.sessions(), Long::sum);
          }
        }
      }
      return new PathFlow(
          nodes,
          links.entrySet().stream()
              .map(each ->
                  new Link((int) (each.getKey() >> 32), each.getKey().intValue(), each.getValue()))
              .toList());
    }

    /// The nodes of a level: its most frequent steps, the others, and where sessions end.
    private void level(int level) {
      Map<Integer, Long> counts = new HashMap<>();
      ways.forEach(way -> counts.merge(way.steps().get(level), (long) way.sessions(), Long::sum));
      counts.remove(PathCounter.NOTHING);
      List<Integer> own =
          counts.keySet().stream()
              .filter(step -> step != PathCounter.EDGE)
              .sorted(
                  Comparator.comparingLong((Integer step) -> -counts.getOrDefault(step, 0L))
                      .thenComparing(steps::apply))
              .toList();
      List<Integer> top = own.subList(0, own.size() > MOST ? MOST - 1 : own.size());
      shown.add(top.stream().collect(Collectors.toSet()));
      Map<Integer, Integer> here = new HashMap<>();
      places.add(here);
      for (int step : top) {
        add(level, here, step, steps.apply(step), counts.getOrDefault(step, 0L));
      }
      long others =
          own.stream().skip(top.size()).mapToLong(step -> counts.getOrDefault(step, 0L)).sum();
      add(level, here, OTHERS, null, others);
      add(level, here, PathCounter.EDGE, null, counts.getOrDefault(PathCounter.EDGE, 0L));
    }

    private void add(
        int level, Map<Integer, Integer> here, int key, @Nullable Step step, long sessions) {
      if (sessions > 0) {
        here.put(key, nodes.size());
        nodes.add(new Node(level, step, key == PathCounter.EDGE, sessions));
      }
    }

    private @Nullable Integer place(int level, int step) {
      if (step == PathCounter.NOTHING) {
        return null;
      }
      boolean own = step == PathCounter.EDGE || shown.get(level).contains(step);
      return places.get(level).get(own ? step : OTHERS);
    }
  }
}
