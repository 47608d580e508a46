package io.pulso.server.page.metric;

import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.By;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Figure;
import io.pulso.engine.metric.Interval;
import io.pulso.engine.metric.Metric;
import io.pulso.engine.metric.Period;
import io.pulso.server.event.InputException;
import io.pulso.server.metric.Asked;
import io.pulso.server.metric.Audience;
import io.pulso.server.metric.KeptAnswers;
import io.pulso.server.metric.Metrics;
import io.pulso.server.metric.Steady;
import io.pulso.server.metric.Told;
import io.pulso.server.page.Missing;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.page.metric.MetricView.Change;
import io.pulso.server.page.metric.MetricView.Choice;
import io.pulso.server.page.metric.MetricView.PartRow;
import io.pulso.server.people.Role;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The catalogue of metrics, and each with its course and parts.
public final class MetricPages {
  private static final String AT = "/metric";
  private static final int LONG = 60;

  private final Site site;

  public MetricPages(Site site) {
    this.site = site;
  }

  public void add(Pages pages) {
    pages.get(AT, Role.VIEWER, this::list);
    pages.get(AT + "/{id}", Role.VIEWER, this::one);
    pages.get(AT + "/{id}/series.csv", Role.VIEWER, this::csv);
    pages.get(AT + "/{id}/same", Role.VIEWER, this::same);
  }

  private Shown list(Visit visit) {
    Map<String, Metric> all = site.parts().catalogue().all().get();
    List<MetricView.Group> groups = new ArrayList<>();
    for (String group : MetricTexts.GROUPS) {
      List<MetricView.Row> rows =
          all.values().stream()
              .filter(metric -> MetricTexts.group(metric.id()).equals(group))
              .map(metric ->
                  new MetricView.Row(
                      metric.id(),
                      MetricTexts.title(visit, metric),
                      MetricTexts.definition(visit, metric)))
              .toList();
      if (!rows.isEmpty()) {
        groups.add(new MetricView.Group("metrics.group_" + group, rows));
      }
    }
    return Shown.view("metric/list", new MetricView.Catalogue(groups));
  }

  private Shown csv(Visit visit) {
    Told told = ask(visit, metric(visit), null);
    return new MetricChart(visit, told).grid("").download(told.asked().metric().id() + ".csv");
  }

  private Shown one(Visit visit) {
    Metric metric = metric(visit);
    String by = visit.shortParam("by");
    Path place = by == null ? null : By.read(by);
    String wrong = by == null ? null : refused(visit, by, place);
    Told told;
    try {
      told = ask(visit, metric, wrong == null ? place : null);
    } catch (InputException e) {
      wrong = e.getMessage();
      told = ask(visit, metric, null);
    }
    List<GoalParts.GoalView> goals =
        site.questions()
            .ask((store, view) ->
                GoalParts.views(
                    site, visit, view, store.byHand().goals().find(metric.id()).stream().toList()));
    return Shown.view("metric/one", view(visit, told, by == null ? "" : by, wrong, goals));
  }

  private Metric metric(Visit visit) {
    Metric metric = site.parts().catalogue().all().get().get(visit.part("id"));
    if (metric == null) {
      throw new Missing("there is no such metric");
    }
    return metric;
  }

  /// Why something cannot be told in these parts; null where it can. Parts by traits and properties
  /// could tell of customers whom the reader does not see.
  public static @Nullable String refused(Visit visit, String by, @Nullable Path place) {
    if (place == null) {
      return visit.t("metrics.by_wrong", "by", by);
    }
    boolean plain =
        switch (place.root()) {
          case CHANNEL, SOURCE, EVENT, NAME, TYPE -> true;
          case STANDING -> by.equals("band");
          case VALUE, PROPERTIES, CONTEXT, TRAITS, ACCOUNT -> false;
        };
    if (!plain && visit.sight().accounts() != null) {
      return visit.t("metrics.by_limited");
    }
    boolean masked =
        !place.steps().isEmpty()
            && place.steps().stream()
                .anyMatch(
                    step -> step instanceof Path.Step.Key(String key) && visit.sight().masks(key));
    return masked ? visit.t("metrics.by_masked") : null;
  }

  /// The customers as metrics may tell of them to a reader.
  public static Audience audience(Site site, Visit visit, View view) {
    return MetricDesk.audience(site, visit, view);
  }

  /// What became of a metric among the same customers.
  private Shown same(Visit visit) {
    Metric metric = metric(visit);
    Told told = ask(visit, metric, null);
    return site.questions()
        .ask((store, view) ->
            Shown.view(
                "metric/same",
                SameView.of(
                    visit,
                    told,
                    Steady.ask(view, told.asked(), MetricDesk.audience(site, visit, view)))));
  }

  private Told ask(Visit visit, Metric metric, @Nullable Path by) {
    int today = site.questions().today();
    int days = visit.days();
    Asked asked =
        new Asked(
            metric,
            new Period(today - days, today - 1),
            every(visit),
            by,
            site.parts().catalogue().weekStart().get(),
            today);
    KeptAnswers kept = site.parts().catalogue().kept();
    return site.questions()
        .ask((store, view) ->
            Metrics.ask(view, asked, kept, MetricDesk.audience(site, visit, view)));
  }

  static Every every(Visit visit) {
    return switch (visit.param("every")) {
      case "day" -> Every.DAY;
      case "week" -> Every.WEEK;
      case "month" -> Every.MONTH;
      case null, default -> visit.days() > LONG ? Every.WEEK : Every.DAY;
    };
  }

  private static MetricView view(
      Visit visit, Told told, String by, @Nullable String wrong, List<GoalParts.GoalView> goals) {
    Metric metric = told.asked().metric();
    Figure figure = told.whole().figure();
    Double value = figure.value();
    String csv =
        "%s/%s/series.csv?days=%d&every=%s"
            .formatted(AT, metric.id(), visit.days(), word(told.asked().every()));
    return new MetricView(
        metric.id(),
        MetricTexts.title(visit, metric),
        MetricTexts.definition(visit, metric),
        visit.t(
            "metrics.from_to",
            "from",
            visit.figures().day(told.whole().period().first()),
            "to",
            visit.figures().day(told.whole().period().last())),
        value == null ? visit.t("frame.none") : MetricTexts.value(visit, metric.kind(), value),
        about(visit, metric, figure),
        usual(visit, metric, value),
        change(visit, told),
        cuts(visit, told.asked().every()),
        new MetricChart(visit, told).figure(csv),
        by,
        parts(visit, told),
        wrong,
        goals);
  }

  static String word(Every every) {
    return every.name().toLowerCase(Locale.ROOT);
  }

  static String about(Visit visit, Metric metric, Figure figure) {
    String rests = MetricTexts.rests(visit, metric.kind(), figure.n());
    Interval interval = figure.interval();
    if (interval == null) {
      return rests;
    }
    return visit.t(
        "metrics.between",
        "rests",
        rests,
        "low",
        MetricTexts.value(visit, metric.kind(), interval.low()),
        "high",
        MetricTexts.value(visit, metric.kind(), interval.high()));
  }

  static String between(Visit visit, Metric.Kind kind, @Nullable Interval interval) {
    return interval == null
        ? ""
        : visit.t(
            "metrics.low_high",
            "low",
            MetricTexts.value(visit, kind, interval.low()),
            "high",
            MetricTexts.value(visit, kind, interval.high()));
  }

  /// What is usual for a metric, and whether its value lies beyond it.
  private static String usual(Visit visit, Metric metric, @Nullable Double value) {
    Metric.Range range = metric.range();
    return range == null
        ? ""
        : visit.t(
            value == null || (value >= range.from() && value <= range.to())
                ? "metrics.usual"
                : value > range.to() ? "metrics.usual_high" : "metrics.usual_low",
            "from",
            MetricTexts.value(visit, metric.kind(), range.from()),
            "to",
            MetricTexts.value(visit, metric.kind(), range.to()));
  }

  static @Nullable Change change(Visit visit, Told told) {
    Told.Point before = told.before();
    Double now = told.whole().figure().value();
    Double then = before == null ? null : before.figure().value();
    if (now == null || then == null || before == null) {
      return null;
    }
    Metric metric = told.asked().metric();
    int direction = Double.compare(now, then);
    int good =
        switch (metric.direction()) {
          case UP -> direction;
          case DOWN -> -direction;
          case NEITHER -> 0;
        };
    return new Change(
        signed(visit, metric, now - then),
        good > 0 ? "good" : good < 0 ? "bad" : "",
        direction > 0 ? "arrow-up-right" : direction < 0 ? "arrow-down-right" : "minus",
        visit.t(
            "metrics.before",
            "value",
            MetricTexts.value(visit, metric.kind(), then),
            "from",
            visit.figures().day(before.period().first()),
            "to",
            visit.figures().day(before.period().last())));
  }

  /// A difference with its sign.
  static String signed(Visit visit, Metric metric, double difference) {
    String text = MetricTexts.value(visit, metric.kind(), Math.abs(difference));
    String sign = difference > 0 ? "+" : difference < 0 ? "−" : "±";
    return sign + text.replace("+", "");
  }

  static List<Choice> cuts(Visit visit, Every chosen) {
    Map<Every, String> ways = new EnumMap<>(Every.class);
    ways.put(Every.DAY, "metrics.by_day");
    ways.put(Every.WEEK, "metrics.by_week");
    ways.put(Every.MONTH, "metrics.by_month");
    return ways.entrySet().stream()
        .map(each ->
            new Choice(
                visit.t(each.getValue()),
                visit.with("every", word(each.getKey())),
                each.getKey() == chosen))
        .toList();
  }

  static List<PartRow> parts(Visit visit, Told told) {
    double greatest =
        told.parts().stream()
            .mapToDouble(
                part -> part.figure().value() == null ? 0 : Math.abs(part.figure().value()))
            .max()
            .orElse(0);
    Metric.Kind kind = told.asked().metric().kind();
    return told.parts().stream()
        .map(part -> {
          Double value = part.figure().value();
          String name = part.part();
          return new PartRow(
              name == null ? visit.t("metrics.no_part") : name,
              value == null ? visit.t("frame.none") : MetricTexts.value(visit, kind, value),
              visit.figures().count(part.figure().n()),
              value == null || greatest == 0
                  ? 0
                  : (int) Math.round(Math.abs(value) / greatest * 100),
              between(visit, kind, part.figure().interval()));
        })
        .toList();
  }
}
