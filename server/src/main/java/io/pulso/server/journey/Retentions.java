package io.pulso.server.journey;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.journey.Retention;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.SubjectDays;
import io.pulso.server.store.View;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks the store who came back.
public final class Retentions {
  private Retentions() {}

  /// Who came back.
  public static RetentionTold ask(View view, RetentionAsked asked) {
    List<Period> periods = asked.periods();
    int last = Math.min(periods.getLast().last(), asked.today() - 1);
    Active active = Active.upTo(view, asked.per(), last, asked.today());
    SubjectDays began = days(view, active, asked, asked.begin(), last);
    SubjectDays back = days(view, active, asked, asked.back(), last);
    List<Retention.Cohort> cohorts =
        Retention.cohorts(
            began,
            back,
            active.who(asked.who()),
            new Retention.Question(periods, asked.rolling(), active.open(), active.begun()));
    return new RetentionTold(asked, cohorts, Retention.together(cohorts));
  }

  /// The numbers of those of a cohort, and of them those who were there in a later period or were
  /// not.
  ///
  /// @param later periods after their own
  public static BitSet who(View view, RetentionAsked asked, int cohort, int later, boolean there) {
    List<Period> periods = asked.periods();
    BitSet found = new BitSet();
    if (cohort < 0 || later < 0 || cohort + later >= periods.size()) {
      return found;
    }
    int last = Math.min(periods.getLast().last(), asked.today() - 1);
    Active active = Active.upTo(view, asked.per(), last, asked.today());
    SubjectDays began = days(view, active, asked, asked.begin(), last);
    SubjectDays back = days(view, active, asked, asked.back(), last);
    Period own = periods.get(cohort);
    Period then = periods.get(cohort + later);
    int end = asked.rolling() ? last : then.last();
    for (int subject = 0; subject < began.subjects(); subject++) {
      boolean counts = !began.isEmpty(subject) && active.who(asked.who()).test(subject);
      int first = counts ? began.first(subject) : Integer.MIN_VALUE;
      if (first >= own.first()
          && first <= own.last()
          && back.isWithin(subject, Math.max(first, then.first()), end) == there) {
        found.set(subject);
      }
    }
    return found;
  }

  private static SubjectDays days(
      View view, Active active, RetentionAsked asked, @Nullable Expression match, int last) {
    if (match == null || active.begun() > last) {
      return active.days();
    }
    return view.journeys()
        .days(
            match.condition(),
            asked.per(),
            asked.who(),
            active.members().span(),
            active.begun(),
            last);
  }
}
