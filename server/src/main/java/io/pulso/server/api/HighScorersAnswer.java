package io.pulso.server.api;

import io.pulso.engine.journey.Contrast;
import io.pulso.engine.json.Json;
import io.pulso.engine.metric.Interval;
import io.pulso.server.journey.HighScorers;
import io.pulso.server.score.InUse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What sets high scorers apart, as JSON. Shares are in percent, differences in percent points.
public final class HighScorersAnswer {
  private HighScorersAnswer() {}

  public static Json.Obj json(HighScorers told) {
    InUse use = told.use();
    return new Answer()
        .day("from", told.period().first())
        .day("to", told.period().last())
        .day("day", told.day())
        .put("model", use == null ? new Json.Null() : new Json.Str(use.model().name()))
        .put("version", use == null ? new Json.Null() : new Json.Str(use.version()))
        .put("high", told.high())
        .put("low", told.low())
        .put("least", HighScorers.LEAST)
        .objects("activities", told.lines(), HighScorersAnswer::line)
        .json();
  }

  private static Answer line(Contrast one) {
    Double lift = one.lift();
    return new Answer()
        .put("activity", one.name())
        .put("high", one.high())
        .put("high_percent", percent(one.highShare()))
        .put("low", one.low())
        .put("low_percent", percent(one.lowShare()))
        .put("lift", lift == null ? new Json.Null() : new Json.Num(lift))
        .put("lift_interval", interval(one.liftBetween(), 1))
        .put("difference", percent(one.highShare() - one.lowShare()))
        .put("difference_interval", interval(one.difference(), 100))
        .put("apart", one.told());
  }

  private static Json percent(double share) {
    return new Json.Num(share * 100);
  }

  private static Json interval(@Nullable Interval interval, double times) {
    return interval == null
        ? new Json.Null()
        : new Json.Arr(
            List.of(new Json.Num(interval.low() * times), new Json.Num(interval.high() * times)));
  }
}
