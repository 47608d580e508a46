package io.pulso.server.api;

import io.pulso.engine.json.Json;
import io.pulso.engine.model.Band;
import io.pulso.engine.score.Breakdown;
import io.pulso.engine.score.Cause;
import io.pulso.engine.score.Counts;
import io.pulso.engine.score.Explanation;
import io.pulso.engine.score.Uncounted;
import io.pulso.server.score.ExplainedScore;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An explanation as JSON.
public final class ExplainAnswer {
  private static final double PPM = 1_000_000;

  private ExplainAnswer() {}

  public static Json.Obj json(ExplainedScore score) {
    Answer answer =
        new Answer()
            .put("subject", score.who().id())
            .put("model", score.use().model().name())
            .put("version", score.use().version())
            .day("from", score.from())
            .day("to", score.to())
            .milli("score_from", score.scoreFrom())
            .milli("score_to", score.scoreTo())
            .put("band_from", id(score.bandFrom()))
            .put("band_to", id(score.bandTo()))
            .objects("lines", score.lines(), ExplainAnswer::line);
    if (score.useFrom() != null && !score.useFrom().version().equals(score.use().version())) {
      answer.put("version_from", score.useFrom().version());
    }
    if (score.culprit() != null) {
      answer.put("unavailable", score.culprit());
    }
    return answer.json();
  }

  private static @Nullable String id(@Nullable Band band) {
    return band == null ? null : band.id();
  }

  private static Answer line(ExplainedScore.Line line) {
    Explanation.Line why = line.why();
    boolean isGroup = why.cause() == Cause.GROUP_CAP;
    Answer answer =
        new Answer()
            .put("cause", why.cause().code())
            .put("activity", isGroup ? null : why.name())
            .milli("points", why.points());
    if (isGroup) {
      answer.put("group", why.name());
    }
    Counts counts = why.counts();
    if (counts != null) {
      answer
          .milli("units_seen", counts.seen())
          .milli("units_counted", counts.counted())
          .milli("uncounted_day", counts.uncountedDay())
          .milli("uncounted_window", counts.uncountedWindow());
    }
    Breakdown.Contribution contribution = line.contribution();
    if (contribution != null) {
      answer
          .milli("points_per_unit", contribution.pointsPerUnit())
          .put("factor", new Json.Num(contribution.factor() / PPM));
    }
    if (counts != null) {
      answer.texts("events", line.evidence().newest()).put("events_total", line.evidence().total());
      if (!line.evidence().uncounted().isEmpty()) {
        answer.put("not_countable", uncounted(line.evidence().uncounted()));
      }
    }
    return answer;
  }

  /// Events that match but do not count, by the code of their reason.
  public static Json.Obj uncounted(Map<Uncounted, ? extends Number> events) {
    Answer answer = new Answer();
    events.forEach((reason, count) -> answer.put(reason.code(), count.longValue()));
    return answer.json();
  }
}
