package io.pulso.server.page.overview;

import io.pulso.engine.json.Json;
import io.pulso.engine.model.Band;
import io.pulso.engine.score.Histogram;
import io.pulso.server.api.Answer;
import io.pulso.server.page.Visit;
import io.pulso.server.summary.Glance;
import io.pulso.server.summary.Present;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The charts of the overview and the tables behind them.
final class Charts {
  private final Visit visit;
  private final Onlooker onlooker;
  private final Glance glance;
  private final Present present;
  private final int days;

  Charts(Visit visit, Onlooker onlooker, Present present, int days) {
    this.visit = visit;
    this.onlooker = onlooker;
    this.glance = onlooker.glance();
    this.present = present;
    this.days = days;
  }

  private String csv(String name) {
    return "/overview/%s.csv?model=%s&days=%d"
        .formatted(name, Visit.encode(onlooker.model().name()), days);
  }

  /// How many scores lie where.
  Figure distribution() {
    List<BandLook> bands = onlooker.bands();
    List<Json> bins = new ArrayList<>();
    List<List<Grid.Cell>> rows = new ArrayList<>();
    for (Histogram.Bin bin : present.histogram()) {
      String from = visit.figures().points(bin.from());
      String to = visit.figures().points(bin.to());
      BandLook band = bands.get(bin.band());
      bins.add(
          new Answer()
              .put("label", visit.figures().decimal(Math.round(bin.from() / 100.0) / 10.0, 1))
              .put("n", bin.count())
              .put(
                  "text",
                  onlooker.t("overview.bin", "n", bin.count(), "from", from, "to", to)
                      + "\n"
                      + band.title())
              .put("color", band.colour())
              .json());
      rows.add(
          List.of(
              Grid.Cell.number(from, milli(bin.from())),
              Grid.Cell.number(to, milli(bin.to())),
              Grid.Cell.text(band.title()),
              Grid.Cell.number(visit.figures().count(bin.count()), bin.count())));
    }
    return new Figure(
        "distribution",
        "histogram",
        visit.t("overview.distribution"),
        new Answer().put("bins", new Json.Arr(bins)).json(),
        new Grid(
            List.of(
                visit.t("overview.from"),
                visit.t("overview.to"),
                visit.t("overview.band"),
                onlooker.t("overview.scored")),
            rows,
            csv("distribution")));
  }

  private static BigDecimal milli(long points) {
    return BigDecimal.valueOf(points, 3);
  }

  /// How many were in each band on each day.
  Figure bands() {
    Map<String, BandLook> looks = looks();
    List<Integer> shown = new ArrayList<>();
    List<String> x = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    List<List<Grid.Cell>> rows = new ArrayList<>();
    Map<String, List<Json>> series = new LinkedHashMap<>();
    looks.keySet().forEach(id -> series.put(id, new ArrayList<>()));
    for (int day = present.day() - days + 1; day <= present.day(); day++) {
      Map<String, Integer> counts = counts(day);
      if (counts != null) {
        shown.add(day);
        x.add(visit.figures().shortDay(day));
        StringBuilder text = new StringBuilder(visit.figures().day(day));
        List<Grid.Cell> row = new ArrayList<>();
        row.add(Grid.Cell.day(visit.figures().day(day), visit.figures().isoDay(day)));
        looks.forEach((id, look) -> {
          int count = counts.getOrDefault(id, 0);
          series.getOrDefault(id, new ArrayList<>()).add(new Json.Num(count));
          row.add(Grid.Cell.number(visit.figures().count(count), count));
        });
        for (String id : List.copyOf(looks.keySet()).reversed()) {
          BandLook look = looks.get(id);
          text.append('\n')
              .append(look == null ? id : look.title())
              .append(": ")
              .append(visit.figures().count(counts.getOrDefault(id, 0)));
        }
        texts.add(text.toString());
        rows.add(row);
      }
    }
    List<Json> lines = new ArrayList<>();
    looks.forEach((id, look) ->
        lines.add(
            new Answer()
                .put("name", look.title())
                .put("color", look.colour())
                .put("values", new Json.Arr(series.getOrDefault(id, List.of())))
                .json()));
    List<String> head = new ArrayList<>(List.of(visit.t("overview.day")));
    looks.values().forEach(look -> head.add(look.title()));
    return new Figure(
        "bands",
        "stack",
        visit.t("overview.bands"),
        new Answer()
            .texts("x", x)
            .put("series", new Json.Arr(lines))
            .texts("texts", texts)
            .put("marks", marks(shown))
            .json(),
        new Grid(head, rows, csv("bands")));
  }

  /// The bands of all versions of the period, those of today's first.
  private Map<String, BandLook> looks() {
    Map<String, BandLook> looks = new LinkedHashMap<>();
    onlooker.bands().forEach(look -> looks.put(look.id(), look));
    for (int day = present.day() - days + 1; day < present.day(); day++) {
      List<Band> bands = glance.line().on(day).model().bands();
      for (Band band : bands) {
        looks.computeIfAbsent(band.id(), id -> BandLook.of(visit, bands, band));
      }
    }
    return looks;
  }

  /// By band; null where the day is not counted.
  private @Nullable Map<String, Integer> counts(int day) {
    List<Integer> counts;
    if (day == present.day()) {
      counts = present.bands();
    } else {
      Glance.Day found = glance.day(day);
      if (found == null) {
        return null;
      }
      counts = found.counts().bands();
    }
    List<Band> bands = glance.line().on(day).model().bands();
    Map<String, Integer> byId = new LinkedHashMap<>();
    for (int place = 0; place < Math.min(bands.size(), counts.size()); place++) {
      byId.put(bands.get(place).id(), counts.get(place));
    }
    return byId;
  }

  private Json marks(List<Integer> shown) {
    List<Json> marks = new ArrayList<>();
    for (int day : glance.line().changes()) {
      int at = shown.indexOf(day);
      if (at >= 0) {
        marks.add(
            new Answer()
                .put("at", at)
                .put(
                    "text", visit.t("overview.version", "version", glance.line().on(day).version()))
                .json());
      }
    }
    return new Json.Arr(marks);
  }
}
