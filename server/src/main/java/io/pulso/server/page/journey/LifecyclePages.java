package io.pulso.server.page.journey;

import io.pulso.engine.expr.Path;
import io.pulso.engine.journey.Lifecycle;
import io.pulso.engine.json.Json;
import io.pulso.engine.metric.By;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Metric;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.model.Band;
import io.pulso.engine.model.Model;
import io.pulso.server.api.Answer;
import io.pulso.server.journey.Behind;
import io.pulso.server.journey.LifecycleAsked;
import io.pulso.server.journey.Lifecycles;
import io.pulso.server.journey.RetentionAsked;
import io.pulso.server.journey.Tenure;
import io.pulso.server.metric.Audience;
import io.pulso.server.page.Missing;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.page.journey.JourneyPages.Choice;
import io.pulso.server.page.metric.MetricPages;
import io.pulso.server.page.overview.BandLook;
import io.pulso.server.page.overview.BehindPages;
import io.pulso.server.page.overview.Figure;
import io.pulso.server.page.overview.Grid;
import io.pulso.server.people.Role;
import io.pulso.server.score.InUse;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  LifecyclePages(Site site) {
    this.site = site;
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
          Tenure tenure = Tenure.ask(view, silence(asked.per()), period(visit), asked.today());
          TenureParts parts = new TenureParts(visit, tenure, asked.per());
          TenureGroups groups = groups(visit, store, view);
          return Shown.view(
              "journey/lifecycle",
              new LifecycleView(
                  JourneyPages.cuts(visit, asked.every()),
                  JourneyPages.kinds(visit, asked.per()),
                  figure(visit, asked, stages),
                  parts.leaving(),
                  parts.lasting(),
                  groups == null ? parts.figure(AT) : groups.figure(file(visit, "survival")),
                  ways(visit),
                  groups == null ? null : groups.grid(file(visit, "groups"))));
        });
  }

  /// What those who leave can be told by; who sees some accounts only is told of no segments.
  private static List<String> groups(Visit visit) {
    if (JourneyPages.per(visit) == Model.Subject.ACCOUNT) {
      return List.of();
    }
    return visit.sight().accounts() == null ? List.of("band", "segment") : List.of("band");
  }

  private static @Nullable String by(Visit visit) {
    String by = visit.param("by");
    return by != null && groups(visit).contains(by) ? by : null;
  }

  private static List<Choice> ways(Visit visit) {
    List<Choice> ways = new ArrayList<>();
    for (String way : groups(visit)) {
      ways.add(
          new Choice(visit.t("journeys.by_" + way), visit.with("by", way), way.equals(by(visit))));
    }
    if (!ways.isEmpty()) {
      ways.addFirst(
          new Choice(visit.t("journeys.by_all"), visit.with("by", "all"), by(visit) == null));
    }
    return ways;
  }

  private static String file(Visit visit, String name) {
    return "%s/%s.csv?by=%s&days=%d".formatted(AT, name, by(visit), visit.days());
  }

  /// Null where everybody is told together.
  private @Nullable TenureGroups groups(Visit visit, Store store, View view) {
    String by = by(visit);
    if (by == null) {
      return null;
    }
    int today = site.questions().today();
    Path path = Objects.requireNonNull(By.read(by));
    Audience audience = MetricPages.audience(site, visit, view);
    List<Tenure.Group> groups =
        Tenure.ofGroups(
            view,
            silence(Model.Subject.CUSTOMER),
            period(visit),
            today,
            day -> audience.groups(path, day));
    Map<String, TenureGroups.Look> looks = new LinkedHashMap<>();
    InUse use = site.parts().models().primary(store, Model.Subject.CUSTOMER, today);
    if (by.equals("segment")) {
      site.parts()
          .segments()
          .segments()
          .forEach((name, segment) ->
              looks.put(name, new TenureGroups.Look(visit.text(segment.title(), name), null)));
    } else if (use != null) {
      List<Band> bands = use.model().bands();
      bands.forEach(band ->
          looks.put(
              band.id(),
              new TenureGroups.Look(
                  visit.text(band.title(), band.id()), BandLook.colour(bands, band))));
    }
    return new TenureGroups(visit, groups, looks);
  }

  private Shown groupsFile(Visit visit) {
    return site.questions()
        .ask((store, view) -> {
          TenureGroups groups = groups(visit, store, view);
          if (groups == null) {
            throw new Missing("there are no such groups");
          }
          return groups.grid("").download("leaving.csv");
        });
  }

  private Period period(Visit visit) {
    int today = site.questions().today();
    return new Period(today - visit.days(), today - 1);
  }

  /// When somebody counts as gone silent, as the metric of it says.
  private Measure.Loss silence(Model.Subject per) {
    Metric metric = site.parts().catalogue().all().get().get("churn_rate.silent");
    if (metric == null || !(metric.measure() instanceof Measure.Leaving(var loss, var kept))) {
      throw new IllegalStateException("no metric of silence");
    }
    return new Measure.Loss(per, loss.silent());
  }

  private Shown survival(Visit visit) {
    LifecycleAsked asked = asked(visit);
    return site.questions()
        .ask((store, view) -> {
          TenureGroups groups = groups(visit, store, view);
          Figure figure = groups == null ? null : groups.figure("");
          Grid grid =
              figure != null
                  ? figure.grid()
                  : new TenureParts(
                          visit,
                          Tenure.ask(view, silence(asked.per()), period(visit), asked.today()),
                          asked.per())
                      .grid(AT);
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
