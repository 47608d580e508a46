package io.pulso.server.page.segment;

import io.pulso.engine.json.Json;
import io.pulso.engine.segment.Segment;
import io.pulso.server.api.Answer;
import io.pulso.server.page.Visit;
import io.pulso.server.page.overview.Figure;
import io.pulso.server.page.overview.Grid;
import io.pulso.server.segment.Flow;
import java.util.ArrayList;
import java.util.List;

/// Who came into a segment and left it, as charts with their table.
final class FlowCharts {
  private final Visit visit;
  private final Segment segment;
  private final List<Flow.Day> days;

  FlowCharts(Visit visit, Segment segment, List<Flow.Day> days) {
    this.visit = visit;
    this.segment = segment;
    this.days = List.copyOf(days);
  }

  long entered() {
    return days.stream().mapToLong(day -> day.entered().cardinality()).sum();
  }

  long left() {
    return days.stream().mapToLong(day -> day.left().cardinality()).sum();
  }

  private String csv() {
    return "%s/days.csv?days=%d".formatted(SegmentPages.at(segment.name()), visit.days());
  }

  /// How many were in it.
  Figure sizes() {
    List<Json> values = new ArrayList<>();
    days.forEach(day -> values.add(new Json.Num(day.size())));
    Json series =
        new Answer()
            .put("name", visit.t("segment.size"))
            .put("color", "--accent")
            .put("values", new Json.Arr(values))
            .json();
    return new Figure(
        "sizes",
        "lines",
        visit.t("segment.sizes"),
        new Answer()
            .put("x", x())
            .put("texts", texts())
            .put("area", false)
            .put("scale", true)
            .put("series", new Json.Arr(List.of(series)))
            .json(),
        grid());
  }

  /// How many came and how many left.
  Figure flow() {
    return new Figure(
        "comings",
        "comings",
        visit.t("segment.flow"),
        new Answer()
            .put("x", x())
            .put("texts", texts())
            .put("up", visit.t("segment.entered"))
            .put("down", visit.t("segment.left"))
            .list("entered", days, day -> new Json.Num(day.entered().cardinality()))
            .list("left", days, day -> new Json.Num(day.left().cardinality()))
            .json(),
        grid());
  }

  private Json x() {
    return new Json.Arr(
        days.stream().<Json>map(day -> new Json.Str(visit.figures().shortDay(day.day()))).toList());
  }

  private Json texts() {
    return new Json.Arr(days.stream().<Json>map(day -> new Json.Str(text(day))).toList());
  }

  private String text(Flow.Day day) {
    return "%s\n%s: %s\n%s: %s\n%s: %s"
        .formatted(
            visit.figures().day(day.day()),
            visit.t("segment.size"),
            visit.figures().count(day.size()),
            visit.t("segment.entered"),
            visit.figures().count(day.entered().cardinality()),
            visit.t("segment.left"),
            visit.figures().count(day.left().cardinality()));
  }

  Grid grid() {
    List<List<Grid.Cell>> rows = new ArrayList<>();
    for (Flow.Day day : days) {
      rows.add(
          List.of(
              Grid.Cell.day(visit.figures().day(day.day()), visit.figures().isoDay(day.day())),
              number(day.size()),
              number(day.entered().cardinality()),
              number(day.left().cardinality())));
    }
    return new Grid(
        List.of(
            visit.t("overview.day"),
            visit.t("segment.size"),
            visit.t("segment.entered"),
            visit.t("segment.left")),
        rows,
        csv());
  }

  private Grid.Cell number(int number) {
    return Grid.Cell.number(visit.figures().count(number), number);
  }
}
