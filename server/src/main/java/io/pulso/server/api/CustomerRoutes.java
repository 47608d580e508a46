package io.pulso.server.api;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.json.Json;
import io.pulso.engine.model.Band;
import io.pulso.engine.model.Model;
import io.pulso.engine.score.Bands;
import io.pulso.engine.score.Kernel;
import io.pulso.server.access.Tokens.Scope;
import io.pulso.server.score.ExplainedScore;
import io.pulso.server.score.Explaining;
import io.pulso.server.score.Histories;
import io.pulso.server.score.InUse;
import io.pulso.server.score.Individual;
import io.pulso.server.score.NextSteps;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// One customer or account: score, explanation, history, next step.
final class CustomerRoutes {
  private static final int USUAL_DAYS = 28;
  private static final int MOST_DAYS = 3_700;

  private final Api.Parts parts;
  private final CoverageRoutes coverage;

  CustomerRoutes(Api.Parts parts, CoverageRoutes coverage) {
    this.parts = parts;
    this.coverage = coverage;
  }

  void add(Routes routes) {
    for (Model.Subject kind : Model.Subject.values()) {
      String at = "/api/v1/" + kind.name().toLowerCase(Locale.ROOT) + "s/{id}/";
      routes.get(at + "score", Scope.READ, call -> asked(kind, call, this::score));
      routes.get(at + "explanation", Scope.READ, call -> asked(kind, call, this::explanation));
      routes.get(at + "history", Scope.READ, call -> asked(kind, call, this::history));
      routes.get(at + "next", Scope.READ, call -> asked(kind, call, this::next));
    }
  }

  private interface Asking {
    Json answer(Question question);
  }

  /// What is asked of whom.
  private record Question(Call call, Store store, View view, InUse use, Individual who, int day) {
    /// Whether they objected to being scored.
    boolean isObjected() {
      return view.objectedAt(who.kind(), who.number()) != null;
    }

    /// Adds that, where it is so.
    Answer told(Json.Obj json) {
      Answer answer = new Answer();
      json.fields().forEach(answer::put);
      return isObjected() ? answer.put("processing", ProcessingAnswer.word(true)) : answer;
    }
  }

  private Json asked(Model.Subject kind, Call call, Asking asking) {
    Integer given = call.day("day");
    int day = given != null ? given : parts.days().day(parts.clock().millis() * 1000);
    try (Store store = parts.store().beside(Api.LONGEST);
        View view = store.now()) {
      InUse use = use(store, call, day);
      if (use.model().subject() != kind) {
        throw new Refused(
            400,
            "the model '%s' scores %ss"
                .formatted(
                    use.model().name(), use.model().subject().name().toLowerCase(Locale.ROOT)));
      }
      String id = call.path("id");
      OptionalInt number = view.subject(kind, id);
      if (number.isEmpty() || view.firstDay(kind, number.getAsInt()).isEmpty()) {
        throw unknown(kind, id);
      }
      Individual who = Individual.find(view, kind, id);
      return asking.answer(new Question(call, store, view, use, who, day));
    }
  }

  private static Refused unknown(Model.Subject kind, String id) {
    return new Refused(
        404, "there is no %s '%s'".formatted(kind.name().toLowerCase(Locale.ROOT), id));
  }

  private InUse use(Store store, Call call, int day) {
    return parts
        .models()
        .find(store, call.text("model"), call.whole("version", 1, Integer.MAX_VALUE), day);
  }

  private Json score(Question q) {
    if (q.isObjected()) {
      return score(q, Kernel.UNAVAILABLE);
    }
    Long live = parts.live().score(q.use(), q.who().number(), q.day());
    if (live == null || live == Kernel.NONE) {
      applies(q, q.day());
    }
    long score =
        live != null && live != Kernel.NONE
            ? live
            : new Explaining(q.view()).score(q.use(), q.who(), q.day());
    return score(q, score);
  }

  private Json score(Question q, long score) {
    boolean none = score == Kernel.UNAVAILABLE;
    Answer answer =
        new Answer()
            .put("subject", q.who().id())
            .put("model", q.use().model().name())
            .put("version", q.use().version())
            .day("day", q.day())
            .milli("score", none ? null : (Long) score)
            .put("band", none ? null : Bands.of(q.use().model()).band(score).id());
    return covered(q, answer.json());
  }

  private static ExplainedScore scored(Question q) {
    applies(q, q.day());
    return new Explaining(q.view()).day(q.use(), q.who(), q.day());
  }

  private static void applies(Question q, int day) {
    Expression condition = q.use().model().appliesTo();
    if (condition != null
        && q.who().firstDay() <= day
        && !q.view().matching(q.who().kind(), condition.condition(), day).get(q.who().number())) {
      throw new Refused(
          404,
          "the model '%s' does not score '%s' on that day"
              .formatted(q.use().model().name(), q.who().id()));
    }
  }

  private Json explanation(Question q) {
    Integer from = q.call().day("from");
    if (q.isObjected()) {
      return covered(
          q,
          ExplainAnswer.json(
              new ExplainedScore(
                  q.who(), null, q.use(), from, q.day(), null, null, List.of(), null)));
    }
    if (from == null) {
      return covered(q, ExplainAnswer.json(scored(q)));
    }
    if (from > q.day()) {
      throw new Refused(400, "'from' lies after 'day'");
    }
    applies(q, q.day());
    InUse before = use(q.store(), q.call(), from);
    return covered(
        q,
        ExplainAnswer.json(
            new Explaining(q.view())
                .between(
                    q.who(),
                    new Explaining.Side(before, from),
                    new Explaining.Side(q.use(), q.day()),
                    null)));
  }

  private Json covered(Question q, Json.Obj explanation) {
    return coverage.add(q.told(explanation), q.use(), q.day()).json();
  }

  private Json history(Question q) {
    Integer given = q.call().day("from");
    int from = given != null ? given : q.day() - USUAL_DAYS + 1;
    if (from > q.day() || q.day() - from >= MOST_DAYS) {
      throw new Refused(400, "a history has 1 to %d days".formatted(MOST_DAYS));
    }
    List<Json> days = new ArrayList<>();
    if (!q.isObjected()) {
      new Histories(q.view())
          .one(
              List.of(new Histories.Period(q.use(), from, q.day())),
              q.who(),
              (id, day, score, band) -> days.add(day(day, score, band)));
    }
    Answer answer =
        new Answer()
            .put("subject", q.who().id())
            .put("model", q.use().model().name())
            .put("version", q.use().version())
            .put("days", new Json.Arr(days));
    return q.told(answer.json()).json();
  }

  private static Json day(int day, long score, @Nullable Band band) {
    return new Answer()
        .day("day", day)
        .milli("score", score == Kernel.UNAVAILABLE ? null : (Long) score)
        .put("band", band == null ? null : band.id())
        .json();
  }

  private Json next(Question q) {
    NextSteps.Ways ways =
        q.isObjected()
            ? new NextSteps.Ways(q.use(), q.who(), q.day(), null, null, null, 0, List.of())
            : new NextSteps(q.view()).of(q.use(), q.who(), q.day());
    return q.told(NextAnswer.json(ways)).json();
  }
}
