package io.pulso.server.api;

import io.pulso.engine.json.Json;
import io.pulso.engine.metric.Figure;
import io.pulso.engine.metric.Interval;
import io.pulso.engine.metric.Metric;
import io.pulso.server.metric.Told;
import java.util.List;
import java.util.Locale;

/// A metric, and what it comes to, as JSON.
public final class MetricAnswer {
  private MetricAnswer() {}

  public static Json.Obj json(Told told) {
    Told.Point whole = told.whole();
    Told.Point before = told.before();
    Answer answer = new Answer().put("id", told.asked().metric().id());
    point(answer, whole).put("unit", word(told.asked().metric().kind()));
    if (before != null) {
      answer.put("before", point(new Answer(), before).json());
    }
    return answer
        .objects("series", told.series(), each -> point(new Answer(), each))
        .objects(
            "by",
            told.parts(),
            part -> figure(new Answer().put("part", part.part()), part.figure()))
        .json();
  }

  /// What it is.
  public static Json.Obj definition(Metric metric) {
    Metric.Range usual = metric.range();
    Answer answer =
        new Answer()
            .put("id", metric.id())
            .put("title", metric.title().in("en"))
            .put("unit", word(metric.kind()))
            .put("good", metric.direction().name().toLowerCase(Locale.ROOT))
            .put("definition", metric.definition().in("en"));
    if (usual != null) {
      answer.list("usual", List.of(usual.from(), usual.to()), Json.Num::new);
    }
    return answer.json();
  }

  /// The word for the unit of a value.
  public static String word(Metric.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static Answer point(Answer answer, Told.Point point) {
    answer.day("from", point.period().first()).day("to", point.period().last());
    return figure(answer, point.figure()).put("complete", point.complete());
  }

  private static Answer figure(Answer answer, Figure figure) {
    Interval interval = figure.interval();
    Double value = figure.value();
    return answer
        .put("value", value == null ? new Json.Null() : new Json.Num(value))
        .put("n", figure.n())
        .put(
            "interval",
            interval == null
                ? new Json.Null()
                : new Json.Arr(
                    List.of(new Json.Num(interval.low()), new Json.Num(interval.high()))));
  }
}
