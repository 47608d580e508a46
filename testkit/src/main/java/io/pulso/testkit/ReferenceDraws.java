package io.pulso.testkit;

import io.pulso.engine.metric.Cell;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Place;
import io.pulso.engine.metric.Select;
import io.pulso.engine.metric.SessionFact;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What each customer, or the events with each value at a place, add to a metric, slow and obvious:
/// the metric is counted once for each of them alone.
public final class ReferenceDraws {
  private final World world;
  private final DrawnQuestion question;

  private ReferenceDraws(World world, DrawnQuestion question) {
    this.world = world;
    this.question = question;
  }

  /// What one of them adds above and below the line.
  public record Added(double over, double per) {}

  /// By period and part, and by whom; who adds nothing is left out, and nobody is an empty text.
  public static Map<Place, Map<String, Added>> amounts(World world, DrawnQuestion question) {
    return new ReferenceDraws(world, question).amounts();
  }

  private Map<Place, Map<String, Added>> amounts() {
    Map<String, Map<Place, Double>> over = of(question.draws().over());
    Measure below = question.draws().per();
    Map<String, Map<Place, Double>> per = below == null ? Map.of() : of(below);
    Map<Place, Map<String, Added>> found = new HashMap<>();
    for (String who : keys(over, per)) {
      Map<Place, Double> one = over.getOrDefault(who, Map.of());
      Map<Place, Double> other = per.getOrDefault(who, Map.of());
      for (Place place : keys(one, other)) {
        Added added = new Added(one.getOrDefault(place, 0.0), other.getOrDefault(place, 0.0));
        if (added.over() != 0 || added.per() != 0) {
          found.computeIfAbsent(place, ignored -> new HashMap<>()).put(who, added);
        }
      }
    }
    return found;
  }

  private static <T> Set<T> keys(Map<T, ?> one, Map<T, ?> other) {
    Set<T> keys = new HashSet<>(one.keySet());
    keys.addAll(other.keySet());
    return keys;
  }

  private Map<String, Map<Place, Double>> of(Measure measure) {
    return switch (measure) {
      case Measure.Leaf leaf ->
          numbers(
              ReferenceMetrics.each(
                  world,
                  new MetricQuestion(leaf, question.every(), question.periods(), question.by()),
                  question.draws().of()),
              leaf instanceof Measure.Total);
      case Measure.Sessions(SessionFact fact, Select.Who who) ->
          numbers(
              ReferenceSessions.each(
                  world,
                  new SessionQuestion(
                      fact, who, question.every(), question.periods(), question.by())),
              true);
      case Measure.Sum(Measure one, Measure other) -> together(of(one), of(other), 1);
      case Measure.Difference(Measure from, Measure less) -> together(of(from), of(less), -1);
      default -> throw new IllegalArgumentException("does not add up: " + measure);
    };
  }

  private static Map<String, Map<Place, Double>> numbers(
      Map<String, Map<Place, Cell>> each, boolean total) {
    Map<String, Map<Place, Double>> found = new HashMap<>();
    each.forEach((who, cells) -> {
      Map<Place, Double> own = new HashMap<>();
      cells.forEach((place, cell) -> own.put(place, total ? cell.total().doubleValue() : cell.n()));
      found.put(who, own);
    });
    return found;
  }

  private static Map<String, Map<Place, Double>> together(
      Map<String, Map<Place, Double>> one, Map<String, Map<Place, Double>> other, int sign) {
    other.forEach((who, more) -> {
      Map<Place, Double> own = one.computeIfAbsent(who, ignored -> new HashMap<>());
      more.forEach((place, amount) -> own.merge(place, sign * amount, Double::sum));
    });
    return one;
  }
}
