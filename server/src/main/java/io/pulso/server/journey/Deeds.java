package io.pulso.server.journey;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.metric.SubjectDays;
import io.pulso.engine.model.Model;
import io.pulso.server.store.View;
import java.util.BitSet;

/// Who did something.
final class Deeds {
  private Deeds() {}

  /// The numbers of identified customers who did it in a period.
  static BitSet who(View view, Expression match, Period period) {
    SubjectDays days =
        view.journeys()
            .days(
                match.condition(),
                Model.Subject.CUSTOMER,
                Select.Who.IDENTIFIED,
                view.members(Model.Subject.CUSTOMER).span(),
                period.first(),
                period.last());
    BitSet found = new BitSet();
    for (int subject = 0; subject < days.subjects(); subject++) {
      if (!days.isEmpty(subject)) {
        found.set(subject);
      }
    }
    return found;
  }
}
