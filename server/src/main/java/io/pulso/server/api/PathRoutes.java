package io.pulso.server.api;

import io.pulso.engine.json.Json;
import io.pulso.engine.metric.Select;
import io.pulso.engine.session.PathCounter;
import io.pulso.server.access.Tokens.Scope;
import io.pulso.server.metric.Paths;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// The ways that people take through their sessions.
final class PathRoutes {
  private static final int USUAL_LENGTH = 3;
  private static final int USUAL_WAYS = 20;

  private final Questions questions;
  private final MetricCatalogue catalogue;

  PathRoutes(Questions questions, MetricCatalogue catalogue) {
    this.questions = questions;
    this.catalogue = catalogue;
  }

  void add(Routes routes) {
    routes.get("/api/v1/journeys/paths", Scope.READ, this::paths);
  }

  private Json paths(Call call) {
    Integer length = call.whole("length", 2, PathCounter.DEPTH);
    Integer limit = call.whole("limit", 1, Paths.MOST_WAYS);
    String who = call.one("who", List.of("anybody", "identified", "anonymous"));
    Paths.Asked asked =
        new Paths.Asked(
            MetricRoutes.period(call, questions.today()),
            who == null ? Select.Who.ANYBODY : Select.Who.valueOf(who.toUpperCase(Locale.ROOT)),
            new PathCounter.Question(
                Objects.requireNonNullElse(length, USUAL_LENGTH),
                call.free("start"),
                call.free("end")),
            Objects.requireNonNullElse(limit, USUAL_WAYS));
    return questions.ask(
        (store, view) -> PathAnswer.json(Paths.ask(view, asked, catalogue.kept())));
  }
}
