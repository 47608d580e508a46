package io.pulso.server.page.journey;

import io.pulso.engine.expr.Cel;
import io.pulso.engine.expr.Expression;
import io.pulso.engine.expr.ExpressionException;
import io.pulso.engine.journey.Retention;
import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonText;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Interval;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.server.event.InputException;
import io.pulso.server.journey.Behind;
import io.pulso.server.journey.RetentionAsked;
import io.pulso.server.journey.RetentionTold;
import io.pulso.server.journey.Retentions;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.page.journey.JourneyPages.Choice;
import io.pulso.server.page.journey.RetentionView.Cell;
import io.pulso.server.page.journey.RetentionView.Kept;
import io.pulso.server.page.journey.RetentionView.Row;
import io.pulso.server.page.overview.BehindPages;
import io.pulso.server.page.overview.Grid;
import io.pulso.server.people.Role;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who came back, as a map of shades.
final class RetentionPages {
  private static final String AT = JourneyPages.AT + "/retention";
  private static final int MOST_EVENTS = 500;

  private final Site site;

  RetentionPages(Site site) {
    this.site = site;
  }

  void add(Pages pages) {
    pages.get(AT, Role.VIEWER, this::show);
    pages.get(AT + "/cohorts.csv", Role.VIEWER, this::csv);
    pages.get(AT + "/behind", Role.VIEWER, this::behind);
  }

  private RetentionAsked asked(Visit visit) {
    Every every = JourneyPages.every(visit);
    int today = site.questions().today();
    return new RetentionAsked(
        JourneyPages.per(visit),
        Select.Who.IDENTIFIED,
        match(visit.shortParam("begin")),
        match(visit.shortParam("back")),
        every,
        RetentionAsked.usual(every, today),
        "rolling".equals(visit.param("way")),
        site.parts().catalogue().weekStart().get(),
        today);
  }

  /// An event by its name.
  private static @Nullable Expression match(@Nullable String event) {
    if (event == null || event.isBlank()) {
      return null;
    }
    try {
      return Cel.read(
          "event == " + JsonText.write(new Json.Str(JsonText.clean(event.strip()))),
          Cel.Scope.EVENT);
    } catch (ExpressionException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }

  private Shown show(Visit visit) {
    RetentionAsked asked = asked(visit);
    List<String> events = new ArrayList<>();
    RetentionTold told =
        site.questions()
            .ask((store, view) -> {
              view.eventNames().stream().limit(MOST_EVENTS).forEach(events::add);
              return ask(view, asked);
            });
    List<Period> periods = asked.periods();
    String query = query(visit, asked);
    return Shown.view(
        "journey/retention",
        new RetentionView(
            visit.t(
                "metrics.from_to",
                "from",
                visit.figures().day(periods.getFirst().first()),
                "to",
                visit.figures().day(periods.getLast().last())),
            JourneyPages.cuts(visit, asked.every()),
            ways(visit, asked.rolling()),
            JourneyPages.kinds(visit, asked.per()),
            heads(visit, periods.size()),
            rows(visit, told, query),
            told.together().stream().map(cell -> cell(visit, cell, "")).toList(),
            AT + "/cohorts.csv?" + query,
            text(visit, "begin"),
            text(visit, "back"),
            events,
            List.of(
                new Kept("every", JourneyPages.word(asked.every())),
                new Kept("per", JourneyPages.word(asked.per())),
                new Kept("way", asked.rolling() ? "rolling" : "n_day"))));
  }

  private RetentionTold ask(View view, RetentionAsked asked) {
    return site.parts()
        .catalogue()
        .kept()
        .ask(
            view, asked, asked.today() - 1, RetentionTold.class, () -> Retentions.ask(view, asked));
  }

  private static String text(Visit visit, String name) {
    String text = visit.shortParam(name);
    return text == null ? "" : text;
  }

  private static String query(Visit visit, RetentionAsked asked) {
    return "every=%s&per=%s&way=%s&begin=%s&back=%s"
        .formatted(
            JourneyPages.word(asked.every()),
            JourneyPages.word(asked.per()),
            asked.rolling() ? "rolling" : "n_day",
            Visit.encode(text(visit, "begin")),
            Visit.encode(text(visit, "back")));
  }

  private static List<Choice> ways(Visit visit, boolean rolling) {
    return List.of(
        new Choice(visit.t("journeys.n_day"), visit.with("way", "n_day"), !rolling),
        new Choice(visit.t("journeys.rolling"), visit.with("way", "rolling"), rolling));
  }

  private static List<String> heads(Visit visit, int periods) {
    List<String> heads = new ArrayList<>();
    for (int later = 0; later < periods; later++) {
      heads.add(visit.figures().count(later));
    }
    return heads;
  }

  private static List<Row> rows(Visit visit, RetentionTold told, String query) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < told.cohorts().size(); i++) {
      Retention.Cohort cohort = told.cohorts().get(i);
      List<Cell> cells = new ArrayList<>();
      for (int later = 0; later < cohort.cells().size(); later++) {
        String to = "%s/behind?%s&cohort=%d&later=%d".formatted(AT, query, i, later);
        cells.add(cell(visit, cohort.cells().get(later), to));
      }
      rows.add(
          new Row(
              title(visit, told.asked().every(), cohort.period()),
              visit.t(
                  "metrics.from_to",
                  "from",
                  visit.figures().day(cohort.period().first()),
                  "to",
                  visit.figures().day(cohort.period().last())),
              visit.figures().count(cohort.size()),
              cohort.existing(),
              cells));
    }
    return rows;
  }

  private static String title(Visit visit, Every every, Period period) {
    return every == Every.MONTH
        ? visit.figures().month(period.first())
        : visit.figures().shortDay(period.first());
  }

  private static Cell cell(Visit visit, Retention.Cell cell, String to) {
    Double share = cell.share();
    Long there = cell.there();
    Interval interval = cell.interval();
    if (share == null || there == null || interval == null) {
      return new Cell(visit.t("frame.none"), 0, "none", visit.t("journeys.cannot_tell"), "");
    }
    String told =
        visit.t(
            "journeys.cell",
            "n",
            there,
            "of",
            cell.of(),
            "low",
            visit.figures().percent(interval.low()),
            "high",
            visit.figures().percent(interval.high()));
    return new Cell(
        visit.figures().percent(share),
        (int) Math.round(share * 100),
        cell.complete() ? "" : "open",
        cell.complete() ? told : told + " · " + visit.t("metrics.not_over"),
        there == 0 ? "" : to);
  }

  private Shown csv(Visit visit) {
    RetentionAsked asked = asked(visit);
    RetentionTold told = site.questions().ask((store, view) -> ask(view, asked));
    List<List<Grid.Cell>> rows = new ArrayList<>();
    for (Retention.Cohort cohort : told.cohorts()) {
      for (int later = 0; later < cohort.cells().size(); later++) {
        Retention.Cell cell = cohort.cells().get(later);
        Double share = cell.share();
        Long there = cell.there();
        rows.add(
            List.of(
                day(visit, cohort.period().first()),
                day(visit, cohort.period().last()),
                Grid.Cell.number("", cohort.size()),
                Grid.Cell.number("", later),
                there == null ? Grid.Cell.text("") : Grid.Cell.number("", there),
                share == null ? Grid.Cell.text("") : JourneyPages.cell("", share * 100),
                Grid.Cell.text(note(visit, cohort, cell))));
      }
    }
    return new Grid(
            List.of(
                visit.t("overview.from"),
                visit.t("overview.to"),
                visit.t("journeys.began"),
                visit.t("journeys.later"),
                visit.t("journeys.there"),
                "%",
                visit.t("metrics.note")),
            rows,
            "")
        .download("retention.csv");
  }

  private static Grid.Cell day(Visit visit, int day) {
    return Grid.Cell.day(visit.figures().day(day), visit.figures().isoDay(day));
  }

  private static String note(Visit visit, Retention.Cohort cohort, Retention.Cell cell) {
    return !cell.complete()
        ? visit.t("metrics.not_over")
        : cohort.existing() ? visit.t("journeys.existing") : "";
  }

  private Shown behind(Visit visit) {
    return BehindPages.list(
        site,
        visit,
        new Behind.OfRetention(asked(visit), number(visit, "cohort"), number(visit, "later"), true),
        Map.of());
  }

  private static int number(Visit visit, String name) {
    String text = visit.shortParam(name);
    return text != null && text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : 0;
  }
}
