package io.pulso.server.segment;

import io.pulso.engine.model.Model;
import io.pulso.server.store.Members;
import io.pulso.server.store.View;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// Customers who are alike: with the same trait `plan` and about as long there.
public final class Strata {
  /// Ends of the lengths of time that customers of one stratum have been there, in days.
  private static final int[] TENURES = {30, 90, 365};

  private static final String PLAN = "plan";

  private Strata() {}

  /// The strata of some customers at the end of a day, by names that are equal on other days too.
  ///
  /// @param numbers of those customers
  public static Map<String, BitSet> of(View view, BitSet numbers, int day) {
    Map<Integer, String> plans = new HashMap<>();
    view.standings(Model.Subject.CUSTOMER)
        .trait(
            PLAN,
            day,
            (subject, value) -> {
              if (numbers.get(subject)) {
                plans.put(subject, value);
              }
            });
    Members members = view.members(Model.Subject.CUSTOMER);
    Map<String, BitSet> strata = new LinkedHashMap<>();
    numbers.stream()
        .forEach(number ->
            strata
                .computeIfAbsent(
                    tenure(day - members.firstDays()[number])
                        + " "
                        + plans.getOrDefault(number, ""),
                    name -> new BitSet())
                .set(number));
    return strata;
  }

  private static int tenure(int days) {
    int tenure = 0;
    while (tenure < TENURES.length && days >= TENURES[tenure]) {
      tenure++;
    }
    return tenure;
  }
}
