package io.pulso.server.journey;

import io.pulso.engine.journey.Lifecycle;
import io.pulso.engine.metric.Period;
import io.pulso.server.store.View;
import java.util.BitSet;
import java.util.List;

/// Asks the store who is new, stays, comes back or falls silent.
public final class Lifecycles {
  private Lifecycles() {}

  /// What customers or accounts were in each period.
  public static List<Lifecycle.Stage> ask(View view, LifecycleAsked asked) {
    List<Period> periods = RetentionAsked.periods(asked.every(), asked.period(), asked.weekStart());
    int first = periods.getFirst().first();
    Period before = asked.every().periods(first - 1, first - 1, asked.weekStart()).getFirst();
    int last = Math.min(periods.getLast().last(), asked.today() - 1);
    Active active = Active.upTo(view, asked.per(), last, asked.today());
    return Lifecycle.stages(
        active.days(), active.who(asked.who()), periods, before, active.open(), active.begun());
  }

  /// The numbers of those who are of a kind.
  ///
  /// @param asked about the days of one period
  public static BitSet who(View view, LifecycleAsked asked, Lifecycle.Kind kind) {
    Period period =
        RetentionAsked.periods(asked.every(), asked.period(), asked.weekStart()).getFirst();
    int eve = period.first() - 1;
    Period before = asked.every().periods(eve, eve, asked.weekStart()).getFirst();
    int last = Math.min(period.last(), asked.today() - 1);
    Active active = Active.upTo(view, asked.per(), last, asked.today());
    return Lifecycle.who(active.days(), active.who(asked.who()), period, before, kind);
  }
}
