package io.pulso.server.page.journey;

import io.pulso.engine.journey.Lifecycle;
import io.pulso.engine.json.Json;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Metric;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.model.Model;
import io.pulso.server.api.Answer;
import io.pulso.server.journey.LifecycleAsked;
import io.pulso.server.journey.Lifecycles;
import io.pulso.server.journey.RetentionAsked;
import io.pulso.server.journey.Tenure;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.page.journey.JourneyPages.Choice;
import io.pulso.server.page.overview.Figure;
import io.pulso.server.page.overview.Grid;
import io.pulso.server.people.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Who is new, stays, comes back or falls silent.
public final class LifecyclePages {
  private static final String AT = JourneyPages.AT + "/lifecycle";

  private final Site site;

  LifecyclePages(Site site) {
    this.site = site;
  }

  void add(Pages pages) {
    pages.get(AT, Role.VIEWER, this::show);
    pages.get(AT + "/stages.csv", Role.VIEWER, this::csv);
    pages.get(AT + "/survival.csv", Role.VIEWER, this::survival);
  }

  /// What is shown.
  ///
  /// @param leaving who left, in each way that can be told
  /// @param lasting how long they stay, in words
  public record LifecycleView(
      List<Choice> cuts,
      List<Choice> kinds,
      Figure stages,
      List<Leaver> leaving,
      String lasting,
      @Nullable Figure survival) {}

  /// What became of those of a period in one way.
  public record Leaver(
      String how,
      String period,
      List<String> counts,
      String churn,
      String churnTo,
      String kept,
      String keptTo) {}

  /// A kind of customers, in the order in which they are drawn.
  private enum Kind {
    RETURNING("--accent", Lifecycle.Stage::returning),
    RESURRECTING("--band-power_user", Lifecycle.Stage::resurrecting),
    FRESH("--good", Lifecycle.Stage::fresh),
    DORMANT("--band-churn_risk", stage -> -stage.dormant());

    private final String colour;

    @SuppressWarnings("ImmutableEnumChecker") // a function without state
    private final ToLongFunction<Lifecycle.Stage> count;

    Kind(String colour, ToLongFunction<Lifecycle.Stage> count) {
      this.colour = colour;
      this.count = count;
    }

    String title(Visit visit) {
      return visit.t("journeys." + JourneyPages.word(this));
    }
  }

  private LifecycleAsked asked(Visit visit) {
    Every every = JourneyPages.every(visit);
    int today = site.questions().today();
    return new LifecycleAsked(
        JourneyPages.per(visit),
        Select.Who.IDENTIFIED,
        every,
        RetentionAsked.usual(every, today),
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
          return Shown.view(
              "journey/lifecycle",
              new LifecycleView(
                  JourneyPages.cuts(visit, asked.every()),
                  JourneyPages.kinds(visit, asked.per()),
                  figure(visit, asked, stages),
                  parts.leaving(),
                  parts.lasting(),
                  parts.figure(AT)));
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
    Tenure tenure =
        site.questions()
            .ask((store, view) ->
                Tenure.ask(view, silence(asked.per()), period(visit), asked.today()));
    return new TenureParts(visit, tenure, asked.per()).grid(AT).download("survival.csv");
  }

  private Shown csv(Visit visit) {
    LifecycleAsked asked = asked(visit);
    return grid(visit, asked, site.questions().ask((store, view) -> Lifecycles.ask(view, asked)))
        .download("lifecycle.csv");
  }

  private static Figure figure(Visit visit, LifecycleAsked asked, List<Lifecycle.Stage> stages) {
    List<Json> series = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      series.add(
          new Answer()
              .put("name", kind.title(visit))
              .put("color", kind.colour)
              .list("values", stages, stage -> new Json.Num(kind.count.applyAsLong(stage)))
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
      for (Kind kind : Kind.values()) {
        text.append('\n')
            .append(kind.title(visit))
            .append(": ")
            .append(visit.figures().count(Math.abs(kind.count.applyAsLong(stage))));
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
      for (Kind kind : Kind.values()) {
        row.add(number(visit, Math.abs(kind.count.applyAsLong(stage))));
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
    for (Kind kind : Kind.values()) {
      heads.add(kind.title(visit));
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
