package io.pulso.server.score;

import io.pulso.engine.model.Model;
import io.pulso.engine.score.Kernel;
import io.pulso.engine.score.Plan;
import io.pulso.engine.score.SubjectUnits;
import io.pulso.server.store.View;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The scores of a few customers or accounts at the ends of the last weeks, under one version of a
/// model.
public final class Trends {
  /// How many weeks are looked at.
  public static final int WEEKS = 16;

  private static final int DAYS = 7;

  private Trends() {}

  /// The scores in milli-points by the subject's number, oldest first; [Kernel#NONE] before the
  /// subject existed, and nothing of who objected.
  public static Map<Integer, long[]> of(View view, InUse use, int[] subjects, int day) {
    Map<Integer, long[]> found = new HashMap<>();
    Model model = use.model();
    if (model.method() == Model.Method.FIT) {
      return found;
    }
    Plan plan = Plan.of(model);
    int first = day - DAYS * (WEEKS - 1);
    var manual = view.manual(model);
    var objected = view.objected(model.subject());
    List<SubjectUnits> units =
        view.subjectUnits(model, subjects, first - plan.widestWindow() + 1, day);
    for (int i = 0; i < subjects.length; i++) {
      int subject = subjects[i];
      SubjectUnits own = units.get(i);
      var existed = view.firstDay(model.subject(), subject);
      if (existed.isEmpty() || objected.get(subject)) {
        continue;
      }
      long[] scores = new long[WEEKS];
      for (int week = 0; week < WEEKS; week++) {
        int at = first + DAYS * week;
        scores[week] =
            at < existed.getAsInt()
                ? Kernel.NONE
                : Kernel.score(plan, upTo(own, at), at, manual.milliPoints(subject, at));
      }
      found.put(subject, scores);
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
