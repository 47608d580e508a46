package io.pulso.server.score;

import io.pulso.engine.model.Model;
import io.pulso.engine.score.Kernel;
import io.pulso.engine.score.Plan;
import io.pulso.engine.score.SubjectUnits;
import io.pulso.server.store.View;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The scores of a few customers at the ends of the last weeks, under one version of a model.
public final class Trends {
  /// How many weeks are looked at.
  public static final int WEEKS = 16;

  private static final int DAYS = 7;

  private Trends() {}

  /// The scores in milli-points by the customer's number, oldest first; [Kernel#NONE] before the
  /// customer existed, and nothing of who objected.
  public static Map<Integer, long[]> of(View view, InUse use, int[] customers, int day) {
    Map<Integer, long[]> found = new HashMap<>();
    Model model = use.model();
    if (model.subject() != Model.Subject.CUSTOMER || model.method() == Model.Method.FIT) {
      return found;
    }
    Plan plan = Plan.of(model);
    int first = day - DAYS * (WEEKS - 1);
    var manual = view.manual(model);
    var objected = view.objected(Model.Subject.CUSTOMER);
    List<SubjectUnits> units =
        view.subjectUnits(model, customers, first - plan.widestWindow() + 1, day);
    for (int i = 0; i < customers.length; i++) {
      int customer = customers[i];
      SubjectUnits own = units.get(i);
      var existed = view.firstDay(Model.Subject.CUSTOMER, customer);
      if (existed.isEmpty() || objected.get(customer)) {
        continue;
      }
      long[] scores = new long[WEEKS];
      for (int week = 0; week < WEEKS; week++) {
        int at = first + DAYS * week;
        scores[week] =
            at < existed.getAsInt()
                ? Kernel.NONE
                : Kernel.score(plan, upTo(own, at), at, manual.milliPoints(customer, at));
      }
      found.put(customer, scores);
    }
    return found;
  }

  /// Units of later days play no part: they are too young for every window.
  private static SubjectUnits upTo(SubjectUnits units, int day) {
    return new SubjectUnits(
        units.byActivity().stream()
            .map(one -> {
              int n = 0;
              while (n < one.days().length && one.days()[n] <= day) {
                n++;
              }
              return new SubjectUnits.Days(
                  java.util.Arrays.copyOf(one.days(), n), java.util.Arrays.copyOf(one.units(), n));
            })
            .toList());
  }
}
