package io.pulso.server.api;

import io.pulso.engine.json.Json;
import io.pulso.engine.model.Band;
import io.pulso.server.score.NextSteps;

/// The next step as JSON.
public final class NextAnswer {
  private NextAnswer() {}

  public static Json.Obj json(NextSteps.Ways ways) {
    Band band = ways.band();
    Band next = ways.next();
    return new Answer()
        .put("subject", ways.who().id())
        .put("model", ways.use().model().name())
        .put("version", ways.use().version())
        .day("as_of", ways.asOf())
        .milli("score", ways.score())
        .put("band", band == null ? null : band.id())
        .put("next_band", next == null ? null : next.id())
        .milli("missing", next == null ? null : (Long) ways.missing())
        .objects(
            "steps",
            ways.steps(),
            step ->
                new Answer()
                    .put("activity", step.activity())
                    .milli("units", step.units())
                    .put("capped", step.isCapped())
                    .milli("usual_weekly", step.usualWeekly()))
        .json();
  }
}
