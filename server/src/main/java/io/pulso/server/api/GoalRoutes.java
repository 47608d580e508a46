package io.pulso.server.api;

import io.pulso.engine.json.Json;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Metric;
import io.pulso.engine.metric.Period;
import io.pulso.engine.yaml.Nearest;
import io.pulso.server.access.Tokens.Scope;
import io.pulso.server.metric.Asked;
import io.pulso.server.metric.Audience;
import io.pulso.server.metric.Metrics;
import io.pulso.server.metric.Progress;
import io.pulso.server.store.Goals;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Goals of metrics with their progress: one for each metric.
final class GoalRoutes {
  private static final String AT = "/api/v1/goals";
  private static final int USUAL_DAYS = 30;
  private static final int MOST_DAYS = 366;
  private static final int LONGEST = 3_660;

  private final Api.Parts parts;
  private final Questions questions;

  GoalRoutes(Api.Parts parts, Questions questions) {
    this.parts = parts;
    this.questions = questions;
  }

  void add(Routes routes) {
    routes.get(AT, Scope.READ, call -> list());
    routes.get(AT + "/{id}", Scope.READ, this::one);
    routes.put(AT + "/{id}", Scope.WRITE, this::set);
    routes.delete(AT + "/{id}", Scope.WRITE, this::remove);
  }

  private Map<String, Metric> metrics() {
    return parts.catalogue().all().get();
  }

  /// Those of metrics that are still there.
  private Json list() {
    Map<String, Metric> all = metrics();
    return questions.ask((store, view) -> {
      List<Goals.Row> goals =
          store.byHand().goals().all().stream()
              .filter(goal -> all.containsKey(goal.metric()))
              .toList();
      return new Answer()
          .objects(
              "goals",
              goals,
              goal -> told(store, view, Objects.requireNonNull(all.get(goal.metric())), goal))
          .json();
    });
  }

  private Metric metric(Call call) {
    Map<String, Metric> all = metrics();
    String id = call.path("id");
    Metric metric = all.get(id);
    if (metric == null) {
      throw new Refused(
          404, "there is no metric '%s'%s".formatted(id, Nearest.hint(id, all.keySet())));
    }
    return metric;
  }

  private static Refused none(Metric metric) {
    return new Refused(404, "the metric '%s' has no goal".formatted(metric.id()));
  }

  private Json one(Call call) {
    Metric metric = metric(call);
    return questions.ask((store, view) ->
        store
            .byHand()
            .goals()
            .find(metric.id())
            .map(goal -> told(store, view, metric, goal).json())
            .orElseThrow(() -> none(metric)));
  }

  private @Nullable Double value(Store store, View view, Metric metric, Period period) {
    Asked asked =
        new Asked(
            metric,
            period,
            Every.WHOLE,
            null,
            parts.catalogue().weekStart().get(),
            questions.today());
    Audience audience = new Audience(view, questions.inForce(store), parts.segments()::segments);
    return Metrics.ask(view, asked, parts.catalogue().kept(), audience).whole().figure().value();
  }

  private Answer told(Store store, View view, Metric metric, Goals.Row goal) {
    int today = questions.today();
    Period period = Progress.period(goal, today);
    Progress progress =
        Progress.of(metric.direction(), goal, value(store, view, metric, period), today);
    return new Answer()
        .put("id", metric.id())
        .put("title", metric.title().in("en"))
        .put("unit", MetricAnswer.word(metric.kind()))
        .put("target", new Json.Num(goal.target()))
        .put("days", goal.days())
        .day("set_on", goal.firstDay())
        .day("until", goal.lastDay())
        .put("began", number(goal.began()))
        .put("author", goal.author())
        .day("from", period.first())
        .day("to", period.last())
        .put("value", number(progress.value()))
        .put("share", new Json.Num(progress.share()))
        .put("expected", new Json.Num(progress.expected()))
        .put("state", progress.state().name().toLowerCase(Locale.ROOT));
  }

  private static Json number(@Nullable Double value) {
    return value == null ? new Json.Null() : new Json.Num(value);
  }

  private Json set(Call call) {
    Metric metric = metric(call);
    Body body = new Body(call.body());
    Long target = body.milli("target");
    Integer until = body.day("until");
    int days = body.has("days") ? body.whole("days") : USUAL_DAYS;
    body.done();
    int today = questions.today();
    if (target == null) {
      throw new Refused(400, "'target' is missing");
    }
    if (until == null) {
      throw new Refused(400, "'until' is missing");
    }
    if (until <= today || until > today + LONGEST) {
      throw new Refused(400, "'until' lies after today and within 10 years");
    }
    if (days < 1 || days > MOST_DAYS) {
      throw new Refused(400, "'days' is a whole number from 1 to " + MOST_DAYS);
    }
    return questions.ask((store, view) -> {
      Double began = value(store, view, metric, new Period(today - days, today - 1));
      Goals.Row goal =
          new Goals.Row(
              metric.id(), target / 1000.0, days, today, until, began, call.token().name());
      store.byHand().goals().set(goal, parts.clock().millis() * 1000);
      return told(store, view, metric, goal).json();
    });
  }

  private Json remove(Call call) {
    Metric metric = metric(call);
    try (Store store = parts.store().beside()) {
      if (!store.byHand().goals().remove(metric.id())) {
        throw none(metric);
      }
    }
    return new Answer().put("id", metric.id()).json();
  }
}
