package io.pulso.server.page.metric;

import io.pulso.engine.json.Json;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Interval;
import io.pulso.engine.metric.Metric;
import io.pulso.engine.metric.Period;
import io.pulso.server.api.Answer;
import io.pulso.server.metric.Told;
import io.pulso.server.page.Visit;
import io.pulso.server.page.overview.Figure;
import io.pulso.server.page.overview.Grid;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The course of a metric as a chart with its table.
final class MetricChart {
  private final Visit visit;
  private final Told told;

  MetricChart(Visit visit, Told told) {
    this.visit = visit;
    this.told = told;
  }

  /// @param csv where its file is
  Figure figure(String csv) {
    return figure("series", csv);
  }

  /// @param id of the element
  Figure figure(String id, String csv) {
    Metric metric = told.asked().metric();
    List<Json> x = new ArrayList<>();
    List<Json> values = new ArrayList<>();
    List<Json> texts = new ArrayList<>();
    for (Told.Point point : told.series()) {
      Double value = point.figure().value();
      String between = MetricPages.between(visit, metric.kind(), point.figure().interval());
      String shown = shown(point) + (between.isEmpty() ? "" : " (" + between + ")");
      String when = when(point.period());
      x.add(new Json.Str(visit.figures().shortDay(point.period().first())));
      values.add(value == null ? new Json.Null() : new Json.Num(value));
      texts.add(
          new Json.Str(
              when + "\n" + shown + (point.complete() ? "" : "\n" + visit.t("metrics.not_over"))));
    }
    String title = MetricTexts.title(visit, metric);
    Json series =
        new Answer()
            .put("name", title)
            .put("color", "--accent")
            .put("values", new Json.Arr(values))
            .json();
    return new Figure(
        id,
        "lines",
        title,
        new Answer()
            .put("x", new Json.Arr(x))
            .put("texts", new Json.Arr(texts))
            .put("area", true)
            .put("scale", false)
            .put("areas", usual(metric))
            .put(
                "none",
                values.stream().allMatch(Json.Null.class::isInstance)
                    ? visit.t("metrics.no_value")
                    : "")
            .put("series", new Json.Arr(List.of(series)))
            .json(),
        grid(csv));
  }

  /// What is usual, as a stripe.
  private static Json usual(Metric metric) {
    Metric.Range range = metric.range();
    return new Json.Arr(
        range == null
            ? List.of()
            : List.of(
                new Answer()
                    .put("from", new Json.Num(range.from()))
                    .put("to", new Json.Num(range.to()))
                    .put("color", "--good")
                    .json()));
  }

  /// With the bounds of intervals where there are any.
  Grid grid(String csv) {
    boolean bounds = told.series().stream().anyMatch(point -> point.figure().interval() != null);
    List<String> head =
        new ArrayList<>(
            List.of(
                visit.t("overview.from"),
                visit.t("overview.to"),
                MetricTexts.title(visit, told.asked().metric())));
    if (bounds) {
      head.addAll(List.of(visit.t("metrics.low"), visit.t("metrics.high")));
    }
    head.addAll(List.of(visit.t("metrics.n"), visit.t("metrics.note")));
    return new Grid(head, told.series().stream().map(point -> row(point, bounds)).toList(), csv);
  }

  private List<Grid.Cell> row(Told.Point point, boolean bounds) {
    Period period = point.period();
    Interval interval = point.figure().interval();
    List<Grid.Cell> cells =
        new ArrayList<>(
            List.of(day(period.first()), day(period.last()), number(point.figure().value())));
    if (bounds) {
      cells.add(number(interval == null ? null : (Double) interval.low()));
      cells.add(number(interval == null ? null : (Double) interval.high()));
    }
    cells.add(Grid.Cell.number(visit.figures().count(point.figure().n()), point.figure().n()));
    cells.add(Grid.Cell.text(point.complete() ? "" : visit.t("metrics.not_over")));
    return cells;
  }

  private Grid.Cell number(@Nullable Double value) {
    return value == null
        ? Grid.Cell.text("")
        : new Grid.Cell(
            MetricTexts.value(visit, told.asked().metric().kind(), value), plain(value), true);
  }

  private static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  private Grid.Cell day(int day) {
    return Grid.Cell.day(visit.figures().day(day), visit.figures().isoDay(day));
  }

  private String shown(Told.Point point) {
    Double value = point.figure().value();
    return value == null
        ? visit.t("frame.none")
        : MetricTexts.value(visit, told.asked().metric().kind(), value);
  }

  private String when(Period period) {
    return told.asked().every() == Every.DAY
        ? visit.figures().day(period.first())
        : visit.t(
            "metrics.from_to",
            "from",
            visit.figures().day(period.first()),
            "to",
            visit.figures().day(period.last()));
  }
}
