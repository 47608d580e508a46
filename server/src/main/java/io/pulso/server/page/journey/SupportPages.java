package io.pulso.server.page.journey;

import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.By;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Figure;
import io.pulso.engine.metric.Interval;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Metric;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.model.Model;
import io.pulso.server.journey.Behind;
import io.pulso.server.journey.TicketScores;
import io.pulso.server.metric.Asked;
import io.pulso.server.metric.Metrics;
import io.pulso.server.metric.Told;
import io.pulso.server.page.Missing;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.page.journey.JourneyPages.Choice;
import io.pulso.server.page.overview.BehindPages;
import io.pulso.server.page.overview.Grid;
import io.pulso.server.people.Role;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How long tickets wait, by tier, team and agent, and the scores of those who wait.
public final class SupportPages {
  private static final String AT = "/support";
  private static final List<String> TILES =
      List.of(
          "resolution_time.median",
          "resolution_time.p90",
          "first_response_time.median",
          "backlog",
          "tickets.created",
          "tickets.reopen_rate");
  private static final List<String> COLUMNS =
      List.of(
          "resolution_time.median",
          "resolution_time.p90",
          "resolution_time.finished_median",
          "first_response_time.median");
  private static final List<String> WAYS = List.of("tier", "team", "agent");

  private final Site site;

  public SupportPages(Site site) {
    this.site = site;
  }

  public void add(Pages pages) {
    pages.get(AT, Role.VIEWER, this::show);
    pages.get(AT + "/parts.csv", Role.VIEWER, this::csv);
    pages.get(AT + "/behind", Role.VIEWER, this::behind);
  }

  /// What is shown.
  public record SupportView(
      String period,
      List<Tile> tiles,
      List<Choice> ways,
      Grid parts,
      List<Score> scores,
      boolean scored) {}

  /// A figure.
  ///
  /// @param who where those behind it are; where its page is when they cannot be listed
  public record Tile(String title, String value, String about, String to, String who) {}

  /// The scores of those who waited alike.
  ///
  /// @param who where they are; empty where they cannot be listed
  public record Score(
      String took, String n, String who, String median, String engaged, String between) {}

  private Period period(Visit visit) {
    int today = site.questions().today();
    return new Period(today - visit.days(), today - 1);
  }

  private static String way(Visit visit) {
    String way = visit.param("by");
    return way != null && WAYS.contains(way) ? way : WAYS.getFirst();
  }

  private static Path by(Visit visit) {
    return Objects.requireNonNull(By.read("properties." + way(visit)));
  }

  /// The row of the table that somebody asks for; null where none is.
  private static @Nullable Integer row(Visit visit) {
    String row = visit.shortParam("row");
    return row != null && row.matches("[0-9]{1,4}") ? (Integer) Integer.parseInt(row) : null;
  }

  private Told ask(View view, String id, Period period, @Nullable Path by) {
    Metric metric = Objects.requireNonNull(site.parts().catalogue().all().get().get(id), id);
    int today = site.questions().today();
    Asked asked =
        new Asked(
            metric, period, Every.WHOLE, by, site.parts().catalogue().weekStart().get(), today);
    return site.parts()
        .catalogue()
        .kept()
        .ask(view, asked, today - 1, Told.class, () -> Metrics.ask(view, asked));
  }

  private Shown show(Visit visit) {
    Period period = period(visit);
    int today = site.questions().today();
    Metric resolution = resolution();
    return site.questions()
        .ask((store, view) -> {
          List<Tile> tiles = new ArrayList<>();
          TILES.forEach(id -> tiles.add(tile(visit, ask(view, id, period, null))));
          var use = site.parts().models().primary(store, Model.Subject.CUSTOMER, today);
          List<Score> scores = new ArrayList<>();
          if (use != null && resolution.measure() instanceof Measure.Lasting(var span, var tell)) {
            var roster =
                site.parts().rosters().find(view, Model.Subject.CUSTOMER, use, today, false);
            TicketScores.ask(view, span, roster, period, today)
                .forEach(line -> scores.add(score(visit, line)));
          }
          return Shown.view(
              "journey/support",
              new SupportView(
                  visit.t(
                      "metrics.from_to",
                      "from",
                      visit.figures().day(period.first()),
                      "to",
                      visit.figures().day(period.last())),
                  tiles,
                  ways(visit),
                  parts(visit, view, period),
                  scores,
                  use != null));
        });
  }

  private static List<Choice> ways(Visit visit) {
    return WAYS.stream()
        .map(way ->
            new Choice(
                visit.t("journeys.by_" + way), visit.with("by", way), way.equals(way(visit))))
        .toList();
  }

  private static String value(Visit visit, Metric metric, Figure figure) {
    Double value = figure.value();
    if (value == null) {
      return visit.t("frame.none");
    }
    return switch (metric.kind()) {
      case SECONDS -> Spans.told(visit, value);
      case PERCENT -> visit.figures().percent(value / 100);
      case COUNT, CUSTOMERS, NUMBER, SCORE, NPS, MONEY -> visit.figures().decimal(value, 1);
    };
  }

  /// Those behind a figure; null where nobody can be named.
  private @Nullable Behind behind(Metric metric, Period period) {
    return switch (metric.measure()) {
      case Measure.Open(Measure.Span span) ->
          new Behind.OfBacklog(span, period, site.questions().today());
      case Measure.Events(Select of) -> new Behind.OfDeed(of.match(), period);
      case Measure.Ratio(Measure.Events(Select of), Measure per) ->
          new Behind.OfDeed(of.match(), period);
      default -> null;
    };
  }

  private Shown behind(Visit visit) {
    Period period = period(visit);
    Behind behind = null;
    String id = visit.shortParam("of");
    Metric metric =
        id == null || !TILES.contains(id) ? null : site.parts().catalogue().all().get().get(id);
    if (metric != null) {
      behind = behind(metric, period);
    }
    Integer row = row(visit);
    if (row != null && resolution().measure() instanceof Measure.Lasting(var span, var tell)) {
      List<Told.Part> parts =
          site.questions()
              .ask((store, view) -> ask(view, COLUMNS.getFirst(), period, by(visit)))
              .parts();
      if (row < parts.size()) {
        behind =
            new Behind.OfOpened(
                span, by(visit), parts.get(row).part(), period, site.questions().today());
      }
    }
    for (TicketScores.Wait slowest : TicketScores.Wait.values()) {
      if (slowest != TicketScores.Wait.NO_TICKET
          && JourneyPages.word(slowest).equals(visit.param("slowest"))
          && resolution().measure() instanceof Measure.Lasting(var span, var tell)) {
        behind = new Behind.OfTickets(span, period, slowest, site.questions().today());
      }
    }
    if (behind == null) {
      throw new Missing("there is no such number");
    }
    return BehindPages.list(site, visit, behind, Map.of());
  }

  private Metric resolution() {
    return Objects.requireNonNull(
        site.parts().catalogue().all().get().get("resolution_time.median"));
  }

  private Tile tile(Visit visit, Told told) {
    Metric metric = told.asked().metric();
    Told.Point before = told.before();
    String to = "/metric/%s?days=%d".formatted(metric.id(), visit.days());
    Double value = told.whole().figure().value();
    boolean named = value != null && value > 0 && behind(metric, told.asked().period()) != null;
    return new Tile(
        visit.text(metric.title(), metric.id()),
        value(visit, metric, told.whole().figure()),
        before == null
            ? ""
            : visit.t("journeys.before", "value", value(visit, metric, before.figure())),
        to,
        named ? "%s/behind?of=%s&days=%d".formatted(AT, metric.id(), visit.days()) : to);
  }

  private Grid parts(Visit visit, View view, Period period) {
    String way = way(visit);
    Path by = by(visit);
    List<String> heads = new ArrayList<>(List.of(visit.t("journeys.by_" + way)));
    heads.add(visit.t("journeys.tickets"));
    Map<String, Map<String, Figure>> found = new LinkedHashMap<>();
    Map<String, Metric> metrics = new LinkedHashMap<>();
    for (String id : COLUMNS) {
      Told told = ask(view, id, period, by);
      metrics.put(id, told.asked().metric());
      heads.add(visit.text(told.asked().metric().title(), id));
      for (Told.Part part : told.parts()) {
        String name = part.part();
        found
            .computeIfAbsent(
                name == null ? visit.t("metrics.no_part") : name, any -> new LinkedHashMap<>())
            .put(id, part.figure());
      }
    }
    List<List<Grid.Cell>> rows = new ArrayList<>();
    String at = "%s/behind?by=%s&days=%d&row=".formatted(AT, way, visit.days());
    found.forEach((part, figures) -> {
      List<Grid.Cell> row = new ArrayList<>();
      long n = figures.getOrDefault(COLUMNS.getFirst(), Figure.NONE).n();
      row.add(Grid.Cell.text(part));
      Grid.Cell tickets = Grid.Cell.number(visit.figures().count(n), n);
      // The first column has its parts in the order of the rows.
      row.add(n == 0 ? tickets : tickets.with(at + rows.size()));
      metrics.forEach((id, metric) -> {
        Figure figure = figures.getOrDefault(id, Figure.NONE);
        Double value = figure.value();
        row.add(
            value == null
                ? Grid.Cell.text("")
                : JourneyPages.cell(value(visit, metric, figure), value));
      });
      rows.add(row);
    });
    return new Grid(heads, rows, "%s/parts.csv?by=%s&days=%d".formatted(AT, way, visit.days()));
  }

  private Shown csv(Visit visit) {
    return site.questions()
        .ask((store, view) -> parts(visit, view, period(visit)).download("support.csv"));
  }

  private static Score score(Visit visit, TicketScores.Line line) {
    Double median = line.median();
    long n = line.customers();
    Interval interval = n == 0 ? null : Interval.wilson(line.engaged(), n);
    return new Score(
        visit.t("journeys.wait_" + JourneyPages.word(line.took())),
        visit.figures().count(n),
        n == 0 || line.took() == TicketScores.Wait.NO_TICKET
            ? ""
            : "%s/behind?slowest=%s&days=%d"
                .formatted(AT, JourneyPages.word(line.took()), visit.days()),
        median == null ? visit.t("frame.none") : visit.figures().decimal(median / 1000, 1),
        n == 0 ? visit.t("frame.none") : visit.figures().percent((double) line.engaged() / n),
        interval == null
            ? ""
            : visit.t(
                "journeys.range",
                "low",
                visit.figures().percent(interval.low()),
                "high",
                visit.figures().percent(interval.high())));
  }
}
