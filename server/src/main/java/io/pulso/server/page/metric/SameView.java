package io.pulso.server.page.metric;

import io.pulso.engine.metric.Figure;
import io.pulso.engine.metric.Metric;
import io.pulso.server.metric.Steady;
import io.pulso.server.metric.Told;
import io.pulso.server.page.Visit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of a metric among the same customers, in words.
///
/// @param turns whether it moved the other way among them
public record SameView(List<String> lines, boolean turns) {
  static SameView of(Visit visit, Told told, @Nullable Steady steady) {
    List<String> lines = new ArrayList<>();
    if (steady == null) {
      return new SameView(lines, false);
    }
    Metric metric = told.asked().metric();
    Double then = value(steady.before());
    Double now = value(steady.now());
    Double alike = steady.alike();
    String day = visit.figures().day(steady.since());
    Double difference = now == null || then == null ? null : (Double) (now - then);
    if (steady.now() == null) {
      lines.add(visit.t("metrics.same_few", "n", steady.customers(), "day", day));
    } else if (now != null && then != null) {
      lines.add(
          visit.t(
              "metrics.same",
              "n",
              steady.customers(),
              "day",
              day,
              "before",
              MetricTexts.value(visit, metric.kind(), then),
              "now",
              MetricTexts.value(visit, metric.kind(), now),
              "change",
              MetricPages.signed(visit, metric, now - then)));
    }
    if (alike != null) {
      lines.add(visit.t("metrics.alike", "change", MetricPages.signed(visit, metric, alike)));
    }
    Double whole = value(told.whole().figure());
    Told.Point before = told.before();
    Double was = before == null ? null : value(before.figure());
    Double change = whole == null || was == null ? null : (Double) (whole - was);
    return new SameView(lines, isOther(change, difference) || isOther(change, alike));
  }

  private static @Nullable Double value(@Nullable Figure figure) {
    return figure == null ? null : figure.value();
  }

  private static boolean isOther(@Nullable Double one, @Nullable Double other) {
    return one != null && other != null && one * other < 0;
  }
}
