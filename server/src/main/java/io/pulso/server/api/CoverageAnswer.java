package io.pulso.server.api;

import io.pulso.engine.json.Json;
import io.pulso.server.score.Coverage;
import io.pulso.server.score.InUse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Coverage as JSON.
public final class CoverageAnswer {
  private static final long SECOND = 1_000_000;

  private CoverageAnswer() {}

  /// Adds it to what is said of a score.
  ///
  /// @param coverage null where it is not known
  public static Answer add(Answer answer, @Nullable Coverage coverage) {
    return answer
        .milli("coverage", coverage == null ? null : coverage.share())
        .texts("silent_sources", coverage == null ? List.of() : coverage.silent());
  }

  /// As the other one, of an answer that is made already.
  public static Json.Obj with(Json.Obj object, @Nullable Coverage coverage) {
    Answer answer = new Answer();
    object.fields().forEach(answer::put);
    return add(answer, coverage).json();
  }

  static Json.Obj whole(InUse use, int day, Coverage coverage) {
    return new Answer()
        .put("model", use.model().name())
        .put("version", use.version())
        .day("day", day)
        .milli("coverage", coverage.share())
        .put("matched", coverage.matched())
        .objects(
            "sources",
            coverage.sources(),
            source -> {
              Long last = source.rhythm().last();
              return new Answer()
                  .put("source", source.rhythm().source())
                  .put("matched", source.rhythm().matched())
                  .put("last_received", last == null ? null : QualityAnswer.instant(last))
                  .put("longest_gap_seconds", source.rhythm().longestGap() / SECOND)
                  .put("silent_after_seconds", source.silentAfter() / SECOND)
                  .put("silent", source.silent());
            })
        .json();
  }
}
