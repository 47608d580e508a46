package io.pulso.server.journey;

import io.pulso.engine.journey.Retention;
import io.pulso.engine.metric.Select;
import io.pulso.engine.metric.SubjectDays;
import io.pulso.engine.model.Model;
import io.pulso.server.store.Members;
import io.pulso.server.store.View;
import java.util.function.IntPredicate;

/// The days on which customers or accounts were active, since the first data.
///
/// @param begun the first day with data; a far one where there is none
/// @param open the first day of which not everything is known: today, or that after the last data
record Active(Model.Subject per, Members members, SubjectDays days, int begun, int open) {
  /// @param last the last day that is asked for
  static Active upTo(View view, Model.Subject per, int last, int today) {
    Members members = view.members(per);
    int begun = view.firstDay().orElse(Integer.MAX_VALUE - Retention.EXISTING_DAYS);
    SubjectDays days =
        begun > last
            ? SubjectDays.empty(members.span())
            : view.journeys().active(per, members.span(), begun, last);
    int open = Math.min(today, view.lastDay().orElse(today) + 1);
    return new Active(per, members, days, begun, open);
  }

  /// Which of them count.
  IntPredicate who(Select.Who who) {
    return per == Model.Subject.ACCOUNT
        ? subject -> true
        : switch (who) {
          case ANYBODY -> subject -> true;
          case IDENTIFIED -> subject -> members.identified().get(subject);
          case ANONYMOUS -> subject -> !members.identified().get(subject);
        };
  }
}
