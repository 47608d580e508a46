package io.pulso.server.page.journey;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.journey.Contrast;
import io.pulso.engine.metric.Interval;
import io.pulso.engine.metric.Period;
import io.pulso.engine.model.Band;
import io.pulso.engine.model.Model;
import io.pulso.server.journey.Behind;
import io.pulso.server.journey.HighScorers;
import io.pulso.server.page.Missing;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.page.overview.BehindPages;
import io.pulso.server.page.overview.Grid;
import io.pulso.server.people.Role;
import io.pulso.server.score.InUse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What sets high scorers apart from low scorers.
public final class HighScorerPages {
  private static final String AT = JourneyPages.AT + "/high-scorers";
  private static final int MOST = 60;

  private final Site site;

  HighScorerPages(Site site) {
    this.site = site;
  }

  void add(Pages pages) {
    pages.get(AT, Role.VIEWER, this::show);
    pages.get(AT + "/activities.csv", Role.VIEWER, this::csv);
    pages.get(AT + "/behind", Role.VIEWER, this::behind);
  }

  /// What is shown.
  ///
  /// @param none why there is nothing; null where there is
  public record View(String about, List<Line> lines, String csv, @Nullable String none) {}

  /// An activity.
  ///
  /// @param highWidth percent of high scorers, for the eye
  /// @param highTo where those of them are who did it; empty where there is nobody
  /// @param tone `good` or `bad` where it sets them apart, else empty
  public record Line(
      String name,
      String high,
      int highWidth,
      String highTo,
      String low,
      int lowWidth,
      String lowTo,
      String lift,
      String between,
      String difference,
      String tone) {}

  private HighScorers ask(Visit visit) {
    int today = site.questions().today();
    Period period = new Period(today - visit.days(), today - 1);
    return site.questions()
        .ask((store, view) ->
            HighScorers.ask(
                view, site.questions().inForce(store), site.parts().rosters(), period, today));
  }

  private Shown show(Visit visit) {
    HighScorers told = ask(visit);
    String none =
        told.lines().isEmpty() ? visit.t("journeys.too_few", "n", HighScorers.LEAST) : null;
    return Shown.view(
        "journey/high-scorers",
        new View(
            visit.t("journeys.high_about", "high", told.high(), "low", told.low()),
            told.lines().stream().limit(MOST).map(line -> line(visit, line)).toList(),
            AT + "/activities.csv?days=" + visit.days(),
            none));
  }

  private static Line line(Visit visit, Contrast one) {
    boolean more = one.highShare() >= one.lowShare();
    return new Line(
        one.name(),
        visit.figures().percent(one.highShare()),
        (int) Math.round(one.highShare() * 100),
        to(visit, one.name(), "high", one.high()),
        visit.figures().percent(one.lowShare()),
        (int) Math.round(one.lowShare() * 100),
        to(visit, one.name(), "low", one.low()),
        times(visit, one.lift()),
        range(visit, one.liftBetween()),
        points(visit, one.difference()),
        !one.told() ? "" : more ? "good" : "bad");
  }

  private static String to(Visit visit, String name, String side, long n) {
    return n == 0 || HighScorers.deed(name) == null
        ? ""
        : "%s/behind?days=%d&side=%s&activity=%s"
            .formatted(AT, visit.days(), side, Visit.encode(name));
  }

  private Shown behind(Visit visit) {
    String name = visit.shortParam("activity");
    Expression deed = name == null ? null : HighScorers.deed(name);
    int today = site.questions().today();
    InUse use =
        site.questions()
            .ask((store, view) ->
                Optional.ofNullable(
                    site.parts().models().primary(store, Model.Subject.CUSTOMER, today)))
            .orElse(null);
    if (deed == null || use == null) {
      throw new Missing("there is no such activity");
    }
    boolean high = !"low".equals(visit.param("side"));
    List<Band> bands = use.model().bands();
    Map<String, List<String>> more = new LinkedHashMap<>();
    more.put(
        "band",
        bands.stream()
            .filter(band -> HighScorers.isHigh(band, bands) == high)
            .map(Band::id)
            .toList());
    if (!high) {
      more.put("seen", List.of(String.valueOf(use.model().window())));
    }
    return BehindPages.list(
        site, visit, new Behind.OfDeed(deed, new Period(today - visit.days(), today - 1)), more);
  }

  private static String times(Visit visit, @Nullable Double lift) {
    return lift == null
        ? visit.t("journeys.only_high")
        : visit.t("journeys.times", "x", visit.figures().decimal(lift, 2));
  }

  private static String range(Visit visit, @Nullable Interval between) {
    return between == null
        ? ""
        : visit.t(
            "journeys.range",
            "low",
            visit.figures().decimal(between.low(), 2),
            "high",
            visit.figures().decimal(between.high(), 2));
  }

  private static String points(Visit visit, Interval difference) {
    return visit.t(
        "journeys.range",
        "low",
        visit.figures().percent(difference.low()),
        "high",
        visit.figures().percent(difference.high()));
  }

  private Shown csv(Visit visit) {
    List<List<Grid.Cell>> rows = new ArrayList<>();
    for (Contrast one : ask(visit).lines()) {
      Double lift = one.lift();
      Interval between = one.liftBetween();
      rows.add(
          List.of(
              Grid.Cell.text(one.name()),
              Grid.Cell.number("", one.high()),
              JourneyPages.cell("", one.highShare() * 100),
              Grid.Cell.number("", one.low()),
              JourneyPages.cell("", one.lowShare() * 100),
              lift == null ? Grid.Cell.text("") : JourneyPages.cell("", lift),
              between == null ? Grid.Cell.text("") : JourneyPages.cell("", between.low()),
              between == null ? Grid.Cell.text("") : JourneyPages.cell("", between.high()),
              Grid.Cell.text(one.told() ? visit.t("journeys.apart") : "")));
    }
    return new Grid(
            List.of(
                visit.t("journeys.activity"),
                visit.t("journeys.high"),
                visit.t("journeys.high") + " %",
                visit.t("journeys.low"),
                visit.t("journeys.low") + " %",
                visit.t("journeys.lift"),
                visit.t("overview.from"),
                visit.t("overview.to"),
                visit.t("metrics.note")),
            rows,
            "")
        .download("high-scorers.csv");
  }
}
