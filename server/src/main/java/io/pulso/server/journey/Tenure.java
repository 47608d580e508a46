package io.pulso.server.journey;

import io.pulso.engine.journey.Stays;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Metric;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Survival;
import io.pulso.engine.model.Model;
import io.pulso.server.store.View;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Who left in a period, and how long customers or accounts stay.
///
/// @param commercial what became of them by their subscriptions; null where nobody has any
/// @param silent what became of them by their silence, in the last days of which that can be told
/// @param lasting how many days they stay until they fall silent
public record Tenure(Stays.@Nullable Stay commercial, Stays.Stay silent, Survival lasting) {
  /// What customers can be told apart by.
  public static final List<String> WAYS = List.of("band", "segment");

  /// When somebody counts as gone silent, as the metric of it says.
  public static Measure.Loss silence(Map<String, Metric> catalogue, Model.Subject per) {
    Metric metric = catalogue.get("churn_rate.silent");
    if (metric == null || !(metric.measure() instanceof Measure.Leaving(var loss, var kept))) {
      throw new IllegalStateException("no metric of silence");
    }
    return new Measure.Loss(per, loss.silent());
  }

  /// As [#ask], of everybody as one group, or of each group.
  ///
  /// @param groups as in [#ofGroups]; null for everybody together
  public static List<Group> ask(
      View view,
      Measure.Loss silence,
      Period period,
      int today,
      @Nullable IntFunction<Map<String, BitSet>> groups) {
    if (groups != null) {
      return ofGroups(view, silence, period, today, groups);
    }
    Tenure all = ask(view, silence, period, today);
    return List.of(new Group("", all.commercial(), all.silent(), all.lasting()));
  }

  /// The same of a group of customers.
  ///
  /// @param commercial of those who are in it at the start of the period; null where nobody has a
  ///   subscription
  /// @param silent of those who are in it at the start of the days that are told of silence
  /// @param lasting of those who are in it at the end of the period
  public record Group(
      String name, Stays.@Nullable Stay commercial, Stays.Stay silent, Survival lasting) {}

  /// As [#ask], of each group.
  ///
  /// @param groups who is in which group at the end of a day, by number
  public static List<Group> ofGroups(
      View view,
      Measure.Loss silence,
      Period period,
      int today,
      IntFunction<Map<String, BitSet>> groups) {
    Reading reading = Reading.of(view, silence, period, today);
    Map<String, BitSet> atStart = groups.apply(period.first() - 1);
    Map<String, BitSet> atSilence = groups.apply(reading.told.first() - 1);
    Map<String, BitSet> atEnd = groups.apply(period.last());
    Set<String> names = new LinkedHashSet<>(atEnd.keySet());
    names.addAll(atSilence.keySet());
    names.addAll(atStart.keySet());
    BitSet nobody = new BitSet();
    return names.stream()
        .map(name ->
            new Group(
                name,
                reading.commercial(period, atStart.getOrDefault(name, nobody)),
                reading.silent(atSilence.getOrDefault(name, nobody)),
                reading.bySilence.lifetimes(period, false, atEnd.getOrDefault(name, nobody))))
        .toList();
  }

  /// Asks for both ways to leave at once.
  ///
  /// @param silence when somebody counts as gone silent
  public static Tenure ask(View view, Measure.Loss silence, Period period, int today) {
    Reading reading = Reading.of(view, silence, period, today);
    return new Tenure(
        reading.commercial(period, null),
        reading.silent(null),
        reading.bySilence.lifetimes(period, false, null));
  }

  /// What is read once.
  ///
  /// @param told the last days of which silence can be told
  private record Reading(Leaving bySilence, Leaving bySubscription, Period told) {
    static Reading of(View view, Measure.Loss silence, Period period, int today) {
      Active active = Active.upTo(view, silence.per(), Math.max(period.last(), today - 1), today);
      Leaving bySilence = Leaving.read(view, silence, active);
      int late = Math.max(0, period.last() - bySilence.lastTold());
      return new Reading(
          bySilence,
          Leaving.read(view, new Measure.Loss(silence.per(), null), active),
          new Period(period.first() - late, period.last() - late));
    }

    Stays.@Nullable Stay commercial(Period period, @Nullable BitSet among) {
      return bySubscription.isKnown()
          ? bySubscription.stays(List.of(period), among).getFirst()
          : null;
    }

    Stays.Stay silent(@Nullable BitSet among) {
      return bySilence.stays(List.of(told), among).getFirst();
    }
  }
}
