package io.pulso.server.metric;

import io.pulso.engine.metric.Contrast;
import io.pulso.engine.metric.Figure;
import io.pulso.engine.metric.Formula;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Metric;
import io.pulso.engine.metric.Period;
import io.pulso.engine.model.Model;
import io.pulso.server.segment.Strata;
import io.pulso.server.store.Members;
import io.pulso.server.store.View;
import java.util.BitSet;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// How a metric changed since the period before among the same customers, and among customers who
/// are alike.
///
/// @param since the first day of the period before
/// @param customers how many were there before that day
/// @param before of these in the period before; null where they are too few
/// @param now of these in the period; null where they are too few
/// @param alike the difference between customers with the same plan and tenure; null where it is
///   not told
public record Steady(
    int since,
    int customers,
    @Nullable Figure before,
    @Nullable Figure now,
    @Nullable Double alike) {
  private static final String SAME = "same";

  /// Null where the metric is none of customers, or nothing is known of the period before.
  public static @Nullable Steady ask(View view, Asked asked, Audience audience) {
    Period before = asked.period().before();
    OptionalInt begun = view.firstDay();
    boolean hasBefore = begun.isPresent() && begun.getAsInt() <= before.last();
    if (!hasBefore || !isOfCustomers(asked.metric().measure())) {
      return null;
    }
    BitSet same = there(view, before.first() - 1);
    if (same.cardinality() < Contrast.LEAST) {
      return new Steady(before.first(), same.cardinality(), null, null, null);
    }
    Map<String, BitSet> group = Map.of(SAME, same);
    Figure then = Metrics.ofGroups(view, asked, audience, group, before).get(SAME);
    Figure now = Metrics.ofGroups(view, asked, audience, group, asked.period()).get(SAME);
    return then == null || now == null || then.n() + now.n() == 0
        ? null
        : new Steady(
            before.first(), same.cardinality(), then, now, alike(view, asked, audience, before));
  }

  /// Identified customers who existed at the end of a day.
  private static BitSet there(View view, int day) {
    Members members = view.members(Model.Subject.CUSTOMER);
    BitSet there = new BitSet();
    for (int number = 0; number < members.span(); number++) {
      if (members.identified().get(number) && members.firstDays()[number] <= day) {
        there.set(number);
      }
    }
    return there;
  }

  private static boolean isOfCustomers(Measure measure) {
    return !(measure instanceof Measure.Course)
        && Formula.counted(measure).stream()
            .allMatch(each ->
                switch (each) {
                  case Measure.Machines _ -> false;
                  case Measure.Leaf _,
                      Measure.Chain _,
                      Measure.Active _,
                      Measure.Stickiness _,
                      Measure.Sessions _ ->
                      true;
                  case Measure.Standing(var stat) -> stat.isOfScores();
                  default -> false;
                });
  }

  /// Whether it is a rate, or a mean, of what single events say.
  private static boolean isRate(Metric metric) {
    boolean rate =
        switch (metric.kind()) {
          case COUNT, CUSTOMERS -> false;
          case MONEY -> metric.measure() instanceof Measure.Ratio;
          case PERCENT, NUMBER, SCORE, NPS, SECONDS -> true;
        };
    return rate
        && Formula.counted(metric.measure()).stream()
            .allMatch(each -> each instanceof Measure.Leaf || each instanceof Measure.Sessions);
  }

  /// The difference within each stratum, by how many customers there are in both periods.
  private static @Nullable Double alike(View view, Asked asked, Audience audience, Period before) {
    if (!isRate(asked.metric())) {
      return null;
    }
    Map<String, BitSet> then = strata(view, before.last());
    Map<String, BitSet> now = strata(view, asked.period().last());
    if (Math.max(then.size(), now.size()) > Metrics.MOST_PARTS) {
      return null;
    }
    Map<String, Figure> first = Metrics.ofGroups(view, asked, audience, then, before);
    Map<String, Figure> second = Metrics.ofGroups(view, asked, audience, now, asked.period());
    double sum = 0;
    long covered = 0;
    for (Map.Entry<String, BitSet> stratum : now.entrySet()) {
      int here = stratum.getValue().cardinality();
      int there = then.getOrDefault(stratum.getKey(), new BitSet()).cardinality();
      Double from = first.getOrDefault(stratum.getKey(), Figure.NONE).value();
      Double to = second.getOrDefault(stratum.getKey(), Figure.NONE).value();
      if (from != null && to != null && Math.min(here, there) >= Contrast.LEAST_OF_STRATUM) {
        sum += (here + there) * (to - from);
        covered += here + there;
      }
    }
    long all = size(then) + size(now);
    return covered == 0 || covered < Contrast.LEAST_COVERED * all ? null : (Double) (sum / covered);
  }

  private static Map<String, BitSet> strata(View view, int day) {
    return Strata.of(view, there(view, day), day);
  }

  private static long size(Map<String, BitSet> strata) {
    return strata.values().stream().mapToLong(BitSet::cardinality).sum();
  }
}
