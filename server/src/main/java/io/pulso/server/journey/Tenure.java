package io.pulso.server.journey;

import io.pulso.engine.journey.Stays;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Survival;
import io.pulso.server.store.View;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who left in a period, and how long customers or accounts stay.
///
/// @param commercial what became of them by their subscriptions; null where nobody has any
/// @param silent what became of them by their silence, in the last days of which that can be told
/// @param lasting how many days they stay until they fall silent
public record Tenure(Stays.@Nullable Stay commercial, Stays.Stay silent, Survival lasting) {
  /// Asks for both ways to leave at once.
  ///
  /// @param silence when somebody counts as gone silent
  public static Tenure ask(View view, Measure.Loss silence, Period period, int today) {
    Active active = Active.upTo(view, silence.per(), Math.max(period.last(), today - 1), today);
    Leaving bySilence = Leaving.read(view, silence, active);
    Leaving bySubscription = Leaving.read(view, new Measure.Loss(silence.per(), null), active);
    int late = Math.max(0, period.last() - bySilence.lastTold());
    Period told = new Period(period.first() - late, period.last() - late);
    return new Tenure(
        bySubscription.isKnown() ? bySubscription.stays(List.of(period)).getFirst() : null,
        bySilence.stays(List.of(told)).getFirst(),
        bySilence.lifetimes(period, false));
  }
}
