package io.pulso.server.score;

import io.pulso.engine.model.Activity;
import io.pulso.engine.score.RollUp;
import io.pulso.server.store.MatchedEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The units of one activity on one day, as one event after the other adds to them: of accounts
/// each person's cut at its cap, summed, and divided.
final class DayTally {
  /// By which nothing is divided.
  static final long WHOLE = 1000;

  private static final long UNIT = 1000;

  private final long mostOfOne;
  private final long divisor;
  private final Map<Integer, Long> byPerson = new HashMap<>();
  private final Set<Value> values = new HashSet<>();
  private long sum;

  private record Value(int person, String value) {}

  /// @param divisor thousandths of what the units are divided by; below 1,000 nothing counts
  DayTally(Activity activity, long divisor) {
    Long cap = activity.caps().perPerson();
    this.mostOfOne = cap == null ? RollUp.MOST_A_DAY : cap;
    this.divisor = divisor;
  }

  /// The milli-units of the day so far.
  long total() {
    long most = Math.min(sum, RollUp.MOST_A_DAY);
    // Half away from zero; nothing is negative here.
    return divisor < WHOLE ? 0 : (most * WHOLE + divisor / 2) / divisor;
  }

  /// Adds an event.
  void add(MatchedEvent event) {
    String value = event.value();
    long adds =
        value == null ? event.units() : values.add(new Value(event.person(), value)) ? UNIT : 0;
    long before = byPerson.getOrDefault(event.person(), 0L);
    long after = Math.min(before + adds, RollUp.MOST_A_DAY);
    byPerson.put(event.person(), after);
    sum += Math.min(after, mostOfOne) - Math.min(before, mostOfOne);
  }
}
