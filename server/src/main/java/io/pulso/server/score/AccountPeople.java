package io.pulso.server.score;

import io.pulso.engine.model.Activity;
import io.pulso.engine.model.Model;
import io.pulso.engine.score.Breakdown;
import io.pulso.engine.score.Plan;
import io.pulso.engine.score.RollUp;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How an account stands on its people: how many of them are active, and how much hangs on the
/// busiest one. Who objected to being scored is not among them.
///
/// @param people who belong to the account at the end of the day
/// @param active those of them with an active event in the account within the window
/// @param champion the number of the busiest one; null where nobody did anything that counts
/// @param championShare of what lifts the score, the part that the champion did: from 0 to 1
public record AccountPeople(
    int people, int active, @Nullable Integer champion, double championShare) {
  private static final int USUAL_WINDOW = 28;

  /// The share of the people that are active; null where there are none.
  public @Nullable Double breadth() {
    return people == 0 ? null : (Double) ((double) active / people);
  }

  /// Reads them.
  ///
  /// @param use the model that scores accounts; without one, or where it looks at traits alone, the
  ///   champion's part is that of active events
  public static AccountPeople of(View view, @Nullable InUse use, int account, int day) {
    int window = use == null ? USUAL_WINDOW : use.model().window();
    BitSet members = new BitSet();
    for (int one : view.standings(Model.Subject.CUSTOMER).people(account, day)) {
      members.set(one);
    }
    members.andNot(view.objected(Model.Subject.CUSTOMER));
    Map<Integer, Double> events = new HashMap<>();
    view.accountUnits(
        account,
        List.of(View.ACTIVE_IN_ACCOUNT),
        day - window + 1,
        day,
        (in, activity, on, person, milli) -> events.merge(person, (double) milli, Double::sum));
    int active = (int) events.keySet().stream().filter(members::get).count();
    Map<Integer, Double> parts =
        use == null || use.model().method() == Model.Method.FIT
            ? events
            : parts(view, use, account, day);
    double all = 0;
    Integer champion = null;
    double most = 0;
    for (Map.Entry<Integer, Double> part : new java.util.TreeMap<>(parts).entrySet()) {
      all += part.getValue();
      if (part.getValue() > most) {
        most = part.getValue();
        champion = part.getKey();
      }
    }
    return new AccountPeople(members.cardinality(), active, champion, all == 0 ? 0 : most / all);
  }

  /// How many people some accounts have, and how many of them are active; without a champion.
  public static Map<Integer, AccountPeople> of(
      View view, @Nullable InUse use, int[] accounts, int day) {
    int window = use == null ? USUAL_WINDOW : use.model().window();
    BitSet objected = view.objected(Model.Subject.CUSTOMER);
    Map<Integer, int[]> counts = new HashMap<>();
    for (int account : accounts) {
      counts.put(account, new int[2]);
    }
    view.standings(Model.Subject.CUSTOMER)
        .members(
            accounts,
            day - window + 1,
            day,
            (account, customer, active) -> {
              int[] count = counts.get(account);
              if (count != null && !objected.get(customer)) {
                count[0]++;
                count[1] += active ? 1 : 0;
              }
            });
    Map<Integer, AccountPeople> found = new HashMap<>();
    counts.forEach(
        (account, count) -> found.put(account, new AccountPeople(count[0], count[1], null, 0)));
    return found;
  }

  /// What each person did of what lifts the score: of each activity that adds points, these points
  /// times the person's part of its decayed units.
  private static Map<Integer, Double> parts(View view, InUse use, int account, int day) {
    Model model = use.model();
    Plan plan = Plan.of(model);
    List<Integer> numbers = view.rollUps(model);
    List<Map<Integer, Double>> units = new ArrayList<>();
    numbers.forEach(number -> units.add(new HashMap<>()));
    view.accountUnits(
        account,
        numbers,
        day - plan.widestWindow() + 1,
        day,
        (in, number, on, person, milli) -> {
          for (int i = 0; i < numbers.size(); i++) {
            long factor = plan.factor(i, on, day);
            if (numbers.get(i) == number && factor > 0) {
              units
                  .get(i)
                  .merge(
                      person, (double) cut(model.activities().get(i), milli) * factor, Double::sum);
            }
          }
        });
    Breakdown breakdown =
        Breakdown.of(
            plan, view.subjectUnits(model, account, day - plan.widestWindow() + 1, day), day, 0);
    Map<Integer, Double> parts = new HashMap<>();
    for (int i = 0; i < numbers.size(); i++) {
      double points = breakdown.activities().get(i).points();
      double sum = units.get(i).values().stream().mapToDouble(one -> one).sum();
      if (points > 0 && sum > 0) {
        units
            .get(i)
            .forEach((person, mine) -> parts.merge(person, points * mine / sum, Double::sum));
      }
    }
    return parts;
  }

  private static long cut(Activity activity, long milli) {
    Long cap = activity.caps().perPerson();
    return Math.min(milli, cap == null ? RollUp.MOST_A_DAY : cap);
  }
}
