package io.pulso.server.page.journey;

import io.pulso.engine.json.Json;
import io.pulso.engine.metric.Survival;
import io.pulso.server.api.Answer;
import io.pulso.server.page.Visit;
import io.pulso.server.page.overview.Figure;
import io.pulso.server.page.overview.Grid;
import java.util.ArrayList;
import java.util.List;

/// How long customers stay, as curves beside each other.
final class SurvivalChart {
  private SurvivalChart() {}

  /// Those whose stays are one curve.
  record Curve(String name, String colour, Survival lasting) {}

  /// The share that is left from a day on.
  record Left(long day, double share) {}

  /// The points at which a curve falls.
  static List<Left> course(Survival lasting) {
    List<Left> points = new ArrayList<>();
    points.add(new Left(0, 1));
    lasting.course((day, share) -> {
      points.add(new Left(day, share));
      return true;
    });
    return points;
  }

  /// @param named whether the curves are told apart by their names
  static Figure of(Visit visit, List<Curve> curves, boolean named, Grid grid) {
    List<List<Left>> courses = curves.stream().map(curve -> course(curve.lasting())).toList();
    long last = courses.stream().mapToLong(course -> course.getLast().day()).max().orElse(0);
    List<String> x = new ArrayList<>();
    List<StringBuilder> texts = new ArrayList<>();
    for (long day = 0; day <= last; day++) {
      x.add(visit.figures().count(day));
      texts.add(new StringBuilder(visit.t("journeys.day_n", "n", day)));
    }
    List<Json> series = new ArrayList<>();
    for (int i = 0; i < curves.size(); i++) {
      Curve curve = curves.get(i);
      series.add(
          new Answer()
              .put("name", curve.name())
              .put("color", curve.colour())
              .put("values", values(visit, curve, courses.get(i), texts, named))
              .json());
    }
    return new Figure(
        "survival",
        "lines",
        visit.t("journeys.survival"),
        new Answer()
            .texts("x", x)
            .texts("texts", texts.stream().map(StringBuilder::toString).toList())
            .put("area", !named)
            .put("legend", named)
            .put("step", true)
            .put("scale", false)
            .put("series", new Json.Arr(series))
            .json(),
        grid);
  }

  /// The share of each day, up to the last one at which it falls, with a line for the eye.
  private static Json values(
      Visit visit, Curve curve, List<Left> course, List<StringBuilder> texts, boolean named) {
    List<Json> values = new ArrayList<>();
    int next = 0;
    for (int day = 0; day < texts.size(); day++) {
      if (day > course.getLast().day()) {
        values.add(new Json.Null());
        continue;
      }
      while (next + 1 < course.size() && course.get(next + 1).day() <= day) {
        next++;
      }
      double share = course.get(next).share();
      values.add(new Json.Num(share * 100));
      texts
          .get(day)
          .append('\n')
          .append(named ? curve.name() + ": " : "")
          .append(visit.figures().percent(share));
    }
    return new Json.Arr(values);
  }
}
