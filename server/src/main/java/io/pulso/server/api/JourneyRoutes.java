package io.pulso.server.api;

import io.pulso.engine.expr.Cel;
import io.pulso.engine.expr.Expression;
import io.pulso.engine.expr.ExpressionException;
import io.pulso.engine.expr.Path;
import io.pulso.engine.journey.Funnel;
import io.pulso.engine.journey.FunnelReader;
import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonText;
import io.pulso.engine.metric.By;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.model.Model;
import io.pulso.engine.yaml.Nearest;
import io.pulso.server.access.Tokens.Scope;
import io.pulso.server.journey.FunnelAsked;
import io.pulso.server.journey.FunnelTold;
import io.pulso.server.journey.Funnels;
import io.pulso.server.journey.LifecycleAsked;
import io.pulso.server.journey.Lifecycles;
import io.pulso.server.journey.RetentionAsked;
import io.pulso.server.journey.RetentionTold;
import io.pulso.server.journey.Retentions;
import io.pulso.server.journey.Tenure;
import io.pulso.server.metric.Audience;
import io.pulso.server.store.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Funnels, cohorts that come back, lifecycles, and how long customers stay.
final class JourneyRoutes {
  private static final String FUNNELS = "/api/v1/funnels";
  private static final int MOST_DAYS = 3_660;
  private static final int USUAL_DAYS = 28;
  private static final int LONGEST = 2_000;
  private static final List<String> WHO = List.of("identified", "anonymous", "anybody");

  private final Questions questions;
  private final MetricCatalogue catalogue;
  private final SegmentShelf segments;
  private final java.time.Clock clock;

  JourneyRoutes(
      Questions questions,
      MetricCatalogue catalogue,
      SegmentShelf segments,
      java.time.Clock clock) {
    this.questions = questions;
    this.catalogue = catalogue;
    this.segments = segments;
    this.clock = clock;
  }

  void add(Routes routes) {
    routes.get(FUNNELS, Scope.READ, call -> list());
    routes.get(FUNNELS + "/{id}", Scope.READ, this::one);
    routes.post(FUNNELS + "/ask", Scope.READ, 200, this::own);
    routes.get("/api/v1/retention", Scope.READ, this::retention);
    routes.get("/api/v1/lifecycle", Scope.READ, this::lifecycle);
    routes.get("/api/v1/survival", Scope.READ, this::survival);
  }

  private Json list() {
    return new Answer()
        .list("funnels", catalogue.funnels().get().values(), JourneyAnswer::definition)
        .json();
  }

  private Json one(Call call) {
    Map<String, Funnel> all = catalogue.funnels().get();
    String id = call.path("id");
    Funnel funnel = all.get(id);
    if (funnel == null) {
      throw new Refused(
          404, "there is no funnel '%s'%s".formatted(id, Nearest.hint(id, all.keySet())));
    }
    return ask(funnel, call.day("from"), call.day("to"), by(call.free("by")));
  }

  /// One that is written in the request.
  private Json own(Call call) {
    Body body = new Body(call.body());
    String from = body.text("from");
    String to = body.text("to");
    Path by = by(body.text("by"));
    Map<String, Json> fields = new LinkedHashMap<>(call.body().fields());
    List.of("from", "to", "by").forEach(fields::remove);
    Funnel funnel = FunnelReader.one("body", JsonText.write(new Json.Obj(fields)));
    return ask(
        funnel,
        from == null ? null : (Integer) Call.day("from", from),
        to == null ? null : (Integer) Call.day("to", to),
        by);
  }

  private Json ask(Funnel funnel, @Nullable Integer from, @Nullable Integer to, @Nullable Path by) {
    Period usual = Funnels.usual(funnel, questions.today(), USUAL_DAYS);
    Period period = period(from, to == null ? usual.last() : to, USUAL_DAYS);
    long known = Funnels.known(questions.days(), period.last(), clock.millis() * 1000);
    FunnelAsked asked = new FunnelAsked(funnel, period, by, known);
    return kept(
        asked,
        questions.days().day(known - 1),
        FunnelTold.class,
        view -> Funnels.ask(view, asked),
        JourneyAnswer::json);
  }

  static Period period(@Nullable Integer from, int last, int days) {
    int first = from == null ? last - days + 1 : from;
    if (first > last) {
      throw new Refused(400, "'from' is after 'to'");
    }
    if (last - first >= MOST_DAYS) {
      throw new Refused(400, "'from' and 'to' are at most 10 years apart");
    }
    return new Period(first, last);
  }

  private static @Nullable Path by(@Nullable String by) {
    Path place = by == null ? null : By.read(by);
    if (by != null && place == null) {
      throw new Refused(400, "'by' is one of " + By.WAYS);
    }
    return place;
  }

  private Json retention(Call call) {
    Every every = every(call);
    RetentionAsked asked =
        new RetentionAsked(
            per(call),
            who(call),
            match(call, "begin"),
            match(call, "back"),
            every,
            stretch(call, every),
            "rolling".equals(call.one("kind", List.of("n_day", "rolling"))),
            catalogue.weekStart().get(),
            questions.today());
    return kept(
        asked,
        asked.today() - 1,
        RetentionTold.class,
        view -> Retentions.ask(view, asked),
        JourneyAnswer::json);
  }

  private Json lifecycle(Call call) {
    Every every = every(call);
    LifecycleAsked asked =
        new LifecycleAsked(
            per(call),
            who(call),
            every,
            stretch(call, every),
            catalogue.weekStart().get(),
            questions.today());
    return questions.ask((store, view) -> JourneyAnswer.json(asked, Lifecycles.ask(view, asked)));
  }

  private Json survival(Call call) {
    Model.Subject per = per(call);
    String by = call.one("by", Tenure.WAYS);
    if (by != null && per == Model.Subject.ACCOUNT) {
      throw new Refused(400, "'by' tells customers apart: leave out 'per'");
    }
    int today = questions.today();
    Integer to = call.day("to");
    Period period = period(call.day("from"), to == null ? today - 1 : to, USUAL_DAYS);
    Measure.Loss silence = Tenure.silence(catalogue.all().get(), per);
    return questions.ask((store, view) ->
        SurvivalAnswer.json(
            per,
            by,
            Tenure.ask(
                view,
                silence,
                period,
                today,
                new Audience(view, questions.inForce(store), segments::segments).groups(by))));
  }

  /// The answer as it was found before, where that is still right.
  private <T> Json kept(
      Object question, int lastDay, Class<T> type, Function<View, T> find, Function<T, Json> told) {
    return questions.ask((store, view) ->
        told.apply(catalogue.kept().ask(view, question, lastDay, type, () -> find.apply(view))));
  }

  private static Every every(Call call) {
    String every = call.one("every", List.of("day", "week", "month"));
    return every == null ? Every.WEEK : Every.valueOf(every.toUpperCase(Locale.ROOT));
  }

  private Period stretch(Call call, Every every) {
    Period usual = RetentionAsked.usual(every, questions.today());
    Integer to = call.day("to");
    return period(call.day("from"), to == null ? usual.last() : to, usual.days());
  }

  private static Model.Subject per(Call call) {
    return "account".equals(call.one("per", List.of("customer", "account")))
        ? Model.Subject.ACCOUNT
        : Model.Subject.CUSTOMER;
  }

  private static Select.Who who(Call call) {
    return Select.Who.valueOf(
        Objects.requireNonNullElse(call.one("who", WHO), "identified").toUpperCase(Locale.ROOT));
  }

  private static @Nullable Expression match(Call call, String name) {
    String text = call.text(name);
    if (text == null) {
      return null;
    }
    if (text.length() > LONGEST) {
      throw new Refused(400, "'%s' has at most %d characters".formatted(name, LONGEST));
    }
    try {
      return Cel.read(text, Cel.Scope.EVENT);
    } catch (ExpressionException e) {
      throw new Refused(400, "'%s': %s".formatted(name, e.getMessage()));
    }
  }
}
