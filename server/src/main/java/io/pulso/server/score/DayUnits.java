package io.pulso.server.score;

import io.pulso.engine.model.Model;
import io.pulso.engine.score.Plan;
import io.pulso.engine.score.SubjectUnits;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The units of one subject that a score, or its change between two days, is made of.
final class DayUnits {
  private DayUnits() {}

  /// All that a score of `first` or of `last` looks at. Activities of `fit` models have units on
  /// those two days alone, and none before the subject exists.
  static SubjectUnits of(View view, Model model, Individual who, int first, int last) {
    if (model.method() != Model.Method.FIT) {
      int from = first - Plan.of(model).widestWindow() + 1;
      return view.subjectUnits(model, who.number(), from, last);
    }
    List<SubjectUnits> days =
        IntStream.of(first, last)
            .distinct()
            .filter(day -> day >= who.firstDay())
            .mapToObj(day -> view.subjectUnits(model, who.number(), day, day))
            .toList();
    return joined(model, days);
  }

  private static SubjectUnits joined(Model model, List<SubjectUnits> days) {
    List<SubjectUnits.Days> joined = new ArrayList<>();
    for (int i = 0; i < model.activities().size(); i++) {
      int activity = i;
      joined.add(join(days.stream().map(each -> each.byActivity().get(activity)).toList()));
    }
    return new SubjectUnits(joined);
  }

  /// As [#of], of some subjects that exist on both days.
  static List<SubjectUnits> of(View view, Model model, int[] numbers, int first, int last) {
    int from = first - Plan.of(model).widestWindow() + 1;
    List<SubjectUnits> later = view.subjectUnits(model, numbers, from, last);
    if (model.method() != Model.Method.FIT) {
      return later;
    }
    List<SubjectUnits> earlier = view.subjectUnits(model, numbers, from, first);
    return IntStream.range(0, numbers.length)
        .mapToObj(i -> joined(model, List.of(earlier.get(i), later.get(i))))
        .toList();
  }

  private static SubjectUnits.Days join(List<SubjectUnits.Days> parts) {
    return new SubjectUnits.Days(
        parts.stream().flatMapToInt(part -> IntStream.of(part.days())).toArray(),
        parts.stream()
            .flatMapToLong(part -> java.util.stream.LongStream.of(part.units()))
            .toArray());
  }

  /// Nobody did anything.
  static SubjectUnits none(Model model) {
    return new SubjectUnits(
        model.activities().stream().map(activity -> SubjectUnits.Days.NONE).toList());
  }
}
