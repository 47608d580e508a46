package io.pulso.server.api;

import io.pulso.engine.expr.Path;
import io.pulso.engine.json.Json;
import io.pulso.engine.metric.By;
import io.pulso.engine.metric.Calculator;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Metric;
import io.pulso.engine.metric.Period;
import io.pulso.engine.model.BandSets;
import io.pulso.engine.score.Bands;
import io.pulso.engine.yaml.Nearest;
import io.pulso.server.access.Tokens.Scope;
import io.pulso.server.metric.Asked;
import io.pulso.server.metric.Audience;
import io.pulso.server.metric.Metrics;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Metrics, and calculators that need no data.
final class MetricRoutes {
  private static final String AT = "/api/v1/metrics";
  private static final String CALCULATORS = "/api/v1/calculators";
  private static final int USUAL_DAYS = 28;
  private static final int MOST_DAYS = 3_660;

  private final Questions questions;
  private final MetricCatalogue catalogue;
  private final SegmentShelf segments;

  MetricRoutes(Questions questions, MetricCatalogue catalogue, SegmentShelf segments) {
    this.questions = questions;
    this.catalogue = catalogue;
    this.segments = segments;
  }

  void add(Routes routes) {
    routes.get(AT, Scope.READ, call -> list());
    routes.get(AT + "/{id}", Scope.READ, this::one);
    routes.get(CALCULATORS, Scope.READ, call -> calculators());
    routes.get(CALCULATORS + "/{id}", Scope.READ, MetricRoutes::calculate);
  }

  private Json list() {
    return new Answer()
        .list("metrics", catalogue.all().get().values(), MetricAnswer::definition)
        .json();
  }

  private Json one(Call call) {
    Map<String, Metric> all = catalogue.all().get();
    String id = call.path("id");
    Metric metric = all.get(id);
    if (metric == null) {
      throw new Refused(
          404, "there is no metric '%s'%s".formatted(id, Nearest.hint(id, all.keySet())));
    }
    int today = questions.today();
    Asked asked =
        new Asked(
            metric, period(call, today), every(call), by(call), catalogue.weekStart().get(), today);
    return questions.ask((store, view) ->
        MetricAnswer.json(
            Metrics.ask(
                view,
                asked,
                catalogue.kept(),
                new Audience(view, questions.inForce(store), segments::segments))));
  }

  static Period period(Call call, int today) {
    Integer to = call.day("to");
    Integer from = call.day("from");
    int last = to == null ? today - 1 : to;
    int first = from == null ? last - USUAL_DAYS + 1 : from;
    if (first > last) {
      throw new Refused(400, "'from' is after 'to'");
    }
    if (last - first >= MOST_DAYS) {
      throw new Refused(400, "'from' and 'to' are at most 10 years apart");
    }
    return new Period(first, last);
  }

  private static Every every(Call call) {
    String every = call.one("every", List.of("day", "week", "month"));
    return every == null ? Every.WHOLE : Every.valueOf(every.toUpperCase(Locale.ROOT));
  }

  private static @Nullable Path by(Call call) {
    String by = call.free("by");
    if (by == null) {
      return null;
    }
    Path place = By.read(by);
    if (place == null) {
      throw new Refused(400, "'by' is one of " + By.WAYS);
    }
    return place;
  }

  private static Json calculators() {
    return new Answer()
        .objects("calculators", List.of(Calculator.values()), MetricRoutes::described)
        .json();
  }

  private static Answer described(Calculator calculator) {
    return new Answer()
        .put("id", calculator.id())
        .put("unit", MetricAnswer.word(calculator.kind()))
        .put("formula", calculator.formula())
        .objects(
            "inputs",
            calculator.inputs(),
            input ->
                new Answer()
                    .put("name", input.name())
                    .put("type", input.type().name().toLowerCase(Locale.ROOT))
                    .put("optional", input.optional()));
  }

  private static Json calculate(Call call) {
    String id = call.path("id");
    Calculator calculator =
        Calculator.find(id)
            .orElseThrow(() -> new Refused(404, "there is no calculator '%s'".formatted(id)));
    Map<String, String> texts = new HashMap<>();
    for (Calculator.Input input : calculator.inputs()) {
      String text = call.free(input.name());
      if (text != null) {
        texts.put(input.name(), text);
      }
    }
    try {
      BigDecimal value = calculator.calculate(texts);
      Answer answer =
          described(calculator)
              .put("value", value == null ? new Json.Null() : new Json.Num(value.doubleValue()));
      if (calculator == Calculator.ENGAGEMENT_SCORE && value != null) {
        long milli = value.movePointRight(3).longValueExact();
        answer.put("band", Bands.of(BandSets.points()).band(milli).id());
      }
      return answer.json();
    } catch (Calculator.Wrong e) {
      throw new Refused(400, String.valueOf(e.getMessage()));
    }
  }
}
