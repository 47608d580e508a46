package io.pulso.server.score;

import io.pulso.engine.model.Activity;
import io.pulso.engine.model.Model;
import io.pulso.server.store.View;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// By what the units of one account are divided on each day: its seats, or its active people.
final class Divisors {
  private static final int ONLY = 0;

  private final LiveSeats seats = new LiveSeats();
  private final Map<Integer, Set<Integer>> active = new HashMap<>();

  private Divisors() {}

  /// Those of a subject between two days, both included; a customer has none.
  static Divisors of(View view, Model model, Individual who, int from, int to) {
    Divisors found = new Divisors();
    if (model.subject() == Model.Subject.ACCOUNT) {
      if (uses(model, Activity.Per.SEAT)) {
        view.seats(
            new int[] {who.number()},
            (account, firstDay, milli) -> found.seats.put(ONLY, firstDay, milli));
      }
      if (uses(model, Activity.Per.ACTIVE_PERSON)) {
        view.accountUnits(
            who.number(),
            List.of(View.ACTIVE_IN_ACCOUNT),
            from,
            to,
            (account, activity, day, person, units) ->
                found.active.computeIfAbsent(day, on -> new HashSet<>()).add(person));
      }
    }
    return found;
  }

  private static boolean uses(Model model, Activity.Per per) {
    return model.activities().stream().anyMatch(activity -> activity.per() == per);
  }

  /// Thousandths of what an activity's units of a day are divided by.
  long on(Activity activity, int day) {
    return switch (activity.per()) {
      case ACCOUNT -> DayTally.WHOLE;
      case SEAT -> seats.on(ONLY, day);
      case ACTIVE_PERSON -> DayTally.WHOLE * Math.max(1, active.getOrDefault(day, Set.of()).size());
    };
  }
}
