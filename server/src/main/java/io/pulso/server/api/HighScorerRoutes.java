package io.pulso.server.api;

import io.pulso.engine.json.Json;
import io.pulso.engine.metric.Period;
import io.pulso.server.access.Tokens.Scope;
import io.pulso.server.journey.HighScorers;
import io.pulso.server.score.Rosters;

/// What sets high scorers apart from others.
final class HighScorerRoutes {
  private static final int USUAL_DAYS = 28;

  private final Questions questions;
  private final Rosters rosters;

  HighScorerRoutes(Questions questions, Rosters rosters) {
    this.questions = questions;
    this.rosters = rosters;
  }

  void add(Routes routes) {
    routes.get("/api/v1/journeys/high-scorers", Scope.READ, this::tell);
  }

  private Json tell(Call call) {
    int today = questions.today();
    Integer to = call.day("to");
    Period period = JourneyRoutes.period(call.day("from"), to == null ? today - 1 : to, USUAL_DAYS);
    return questions.ask((store, view) ->
        HighScorersAnswer.json(
            HighScorers.ask(view, questions.inForce(store), rosters, period, today)));
  }
}
