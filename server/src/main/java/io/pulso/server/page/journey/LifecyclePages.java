package io.pulso.server.page.journey;

import io.pulso.engine.journey.Lifecycle;
import io.pulso.engine.json.Json;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.server.api.Answer;
import io.pulso.server.journey.Behind;
import io.pulso.server.journey.LifecycleAsked;
import io.pulso.server.journey.Lifecycles;
import io.pulso.server.journey.RetentionAsked;
import io.pulso.server.journey.Tenure;
import io.pulso.server.page.Missing;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.page.journey.JourneyPages.Choice;
import io.pulso.server.page.overview.BehindPages;
import io.pulso.server.page.overview.Figure;
import io.pulso.server.page.overview.Grid;
import io.pulso.server.people.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who is new, stays, comes back or falls silent.
public final class LifecyclePages {
  private static final String AT = JourneyPages.AT + "/lifecycle";

  /// In the order in which they are drawn.
  private static final List<Lifecycle.Kind> KINDS =
      List.of(
          Lifecycle.Kind.RETURNING,
          Lifecycle.Kind.RESURRECTING,
          Lifecycle.Kind.FRESH,
          Lifecycle.Kind.DORMANT);

  private final Site site;
  private final TenureDesk desk;

  LifecyclePages(Site site) {
    this.site = site;
    this.desk = new TenureDesk(site);
  }

  void add(Pages pages) {
    pages.get(AT, Role.VIEWER, this::show);
    pages.get(AT + "/stages.csv", Role.VIEWER, this::csv);
    pages.get(AT + "/survival.csv", Role.VIEWER, this::survival);
    pages.get(AT + "/groups.csv", Role.VIEWER, this::groupsFile);
    pages.get(AT + "/behind", Role.VIEWER, this::behind);
  }

  /// What is shown.
  ///
  /// @param leaving who left, in each way that can be told
  /// @param lasting how long they stay, in words
  /// @param ways what those who leave are told by
  /// @param groups who leaves, group by group; null where everybody is told together
  public record LifecycleView(
      List<Choice> cuts,
      List<Choice> kinds,
      Figure stages,
      List<Leaver> leaving,
      String lasting,
      @Nullable Figure survival,
      List<Choice> ways,
      @Nullable Grid groups) {}

  /// What became of those of a period in one way.
  public record Leaver(
      String how,
      String period,
      List<String> counts,
      String churn,
      String churnTo,
      String kept,
      String keptTo) {}

  private static String colour(Lifecycle.Kind kind) {
    return switch (kind) {
      case RETURNING -> "--accent";
      case RESURRECTING -> "--band-power_user";
      case FRESH -> "--good";
      case DORMANT -> "--band-churn_risk";
    };
  }

  private static String title(Visit visit, Lifecycle.Kind kind) {
    return visit.t("journeys." + JourneyPages.word(kind));
  }

  private LifecycleAsked asked(Visit visit) {
    return asked(visit, RetentionAsked.usual(JourneyPages.every(visit), site.questions().today()));
  }

  private LifecycleAsked asked(Visit visit, Period period) {
    int today = site.questions().today();
    return new LifecycleAsked(
        JourneyPages.per(visit),
        Select.Who.IDENTIFIED,
        JourneyPages.every(visit),
        period,
        site.parts().catalogue().weekStart().get(),
        today);
  }

  private Shown show(Visit visit) {
    LifecycleAsked asked = asked(visit);
    return site.questions()
        .ask((store, view) -> {
          List<Lifecycle.Stage> stages = Lifecycles.ask(view, asked);
          Tenure tenure = desk.together(visit, view);
          TenureParts parts = new TenureParts(visit, tenure, asked.per());
          TenureGroups groups = desk.groups(visit, store, view);
          return Shown.view(
              "journey/lifecycle",
              new LifecycleView(
                  JourneyPages.cuts(visit, asked.every()),
                  JourneyPages.kinds(visit, asked.per()),
                  figure(visit, asked, stages),
                  parts.leaving(),
                  parts.lasting(),
                  groups == null
                      ? parts.figure(AT)
                      : groups.figure(TenureDesk.file(visit, AT + "/survival.csv")),
                  TenureDesk.ways(visit),
                  groups == null ? null : groups.grid(TenureDesk.file(visit, AT + "/groups.csv"))));
        });
  }

  private Shown groupsFile(Visit visit) {
    return site.questions()
        .ask((store, view) -> {
          TenureGroups groups = desk.groups(visit, store, view);
          if (groups == null) {
            throw new Missing("there are no such groups");
          }
          return groups.grid("").download("leaving.csv");
        });
  }

  private Shown survival(Visit visit) {
    LifecycleAsked asked = asked(visit);
    return site.questions()
        .ask((store, view) -> {
          TenureGroups groups = desk.groups(visit, store, view);
          Figure figure = groups == null ? null : groups.figure("");
          Grid grid =
              figure != null
                  ? figure.grid()
                  : new TenureParts(visit, desk.together(visit, view), asked.per()).grid(AT);
          return grid.download("survival.csv");
        });
  }

  private Shown behind(Visit visit) {
    Integer day = JourneyPages.day(visit.shortParam("from"));
    Lifecycle.Kind kind =
        KINDS.stream()
            .filter(one -> JourneyPages.word(one).equals(visit.param("kind")))
            .findFirst()
            .orElse(null);
    if (day == null || kind == null) {
      throw new Missing("there is no such period");
    }
    return BehindPages.list(
        site, visit, new Behind.OfLifecycle(asked(visit, new Period(day, day)), kind), Map.of());
  }

  /// Where those of a kind are; empty where there is nobody.
  private static String to(
      Visit visit, LifecycleAsked asked, Lifecycle.Stage stage, Lifecycle.Kind kind) {
    return stage.count(kind) == 0
        ? ""
        : "%s/behind?every=%s&per=%s&from=%s&kind=%s"
            .formatted(
                AT,
                JourneyPages.word(asked.every()),
                JourneyPages.word(asked.per()),
                visit.figures().isoDay(stage.period().first()),
                JourneyPages.word(kind));
  }

  private Shown csv(Visit visit) {
    LifecycleAsked asked = asked(visit);
    return grid(visit, asked, site.questions().ask((store, view) -> Lifecycles.ask(view, asked)))
        .download("lifecycle.csv");
  }

  private static Figure figure(Visit visit, LifecycleAsked asked, List<Lifecycle.Stage> stages) {
    List<Json> series = new ArrayList<>();
    for (Lifecycle.Kind kind : KINDS) {
      int sign = kind == Lifecycle.Kind.DORMANT ? -1 : 1;
      series.add(
          new Answer()
              .put("name", title(visit, kind))
              .put("color", colour(kind))
              .list("values", stages, stage -> new Json.Num(sign * stage.count(kind)))
              .texts("to", stages.stream().map(stage -> to(visit, asked, stage, kind)).toList())
              .json());
    }
    List<String> x = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (Lifecycle.Stage stage : stages) {
      x.add(
          asked.every() == Every.MONTH
              ? visit.figures().month(stage.period().first())
              : visit.figures().shortDay(stage.period().first()));
      StringBuilder text =
          new StringBuilder(
              visit.t(
                  "metrics.from_to",
                  "from",
                  visit.figures().day(stage.period().first()),
                  "to",
                  visit.figures().day(stage.period().last())));
      for (Lifecycle.Kind kind : KINDS) {
        text.append('\n')
            .append(title(visit, kind))
            .append(": ")
            .append(visit.figures().count(stage.count(kind)));
      }
      if (!stage.complete()) {
        text.append('\n').append(visit.t("metrics.not_over"));
      }
      texts.add(text.toString());
    }
    return new Figure(
        "stages",
        "columns",
        visit.t("journeys.lifecycle"),
        new Answer()
            .texts("x", x)
            .put("series", new Json.Arr(series))
            .texts("texts", texts)
            .list("open", stages, stage -> new Json.Bool(!stage.complete()))
            .json(),
        grid(visit, asked, stages));
  }

  private static Grid grid(Visit visit, LifecycleAsked asked, List<Lifecycle.Stage> stages) {
    List<List<Grid.Cell>> rows = new ArrayList<>();
    for (Lifecycle.Stage stage : stages) {
      List<Grid.Cell> row = new ArrayList<>();
      row.add(day(visit, stage.period().first()));
      row.add(day(visit, stage.period().last()));
      row.add(number(visit, stage.active()));
      for (Lifecycle.Kind kind : KINDS) {
        row.add(number(visit, stage.count(kind)).with(to(visit, asked, stage, kind)));
      }
      row.add(
          Grid.Cell.text(
              !stage.complete()
                  ? visit.t("metrics.not_over")
                  : stage.existing() ? visit.t("journeys.existing") : ""));
      rows.add(row);
    }
    List<String> heads = new ArrayList<>();
    heads.add(visit.t("overview.from"));
    heads.add(visit.t("overview.to"));
    heads.add(visit.t("journeys.active"));
    for (Lifecycle.Kind kind : KINDS) {
      heads.add(title(visit, kind));
    }
    heads.add(visit.t("metrics.note"));
    return new Grid(
        heads,
        rows,
        "%s/stages.csv?every=%s&per=%s"
            .formatted(AT, JourneyPages.word(asked.every()), JourneyPages.word(asked.per())));
  }

  private static Grid.Cell day(Visit visit, int day) {
    return Grid.Cell.day(visit.figures().day(day), visit.figures().isoDay(day));
  }

  private static Grid.Cell number(Visit visit, long n) {
    return Grid.Cell.number(visit.figures().count(n), n);
  }
}
