package io.pulso.server.score;

import io.pulso.engine.model.Band;
import io.pulso.engine.score.Bands;
import io.pulso.engine.score.Breakdown;
import io.pulso.engine.score.Explanation;
import io.pulso.engine.score.Uncounted;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Why a subject has its score on a day, or why the score changed since another day.
///
/// @param from the first of two days; null where one day is explained
/// @param useFrom the version that scores the first day, else null
/// @param scoreFrom milli-points; null without a first day, or where the score is unavailable
/// @param scoreTo milli-points; null where the score is unavailable
/// @param lines they add up to the score or to its change
/// @param culprit the activity that makes a score unavailable, else null
public record ExplainedScore(
    Individual who,
    @Nullable InUse useFrom,
    InUse use,
    @Nullable Integer from,
    int to,
    @Nullable Long scoreFrom,
    @Nullable Long scoreTo,
    List<Line> lines,
    @Nullable String culprit) {
  public ExplainedScore {
    lines = List.copyOf(lines);
  }

  /// A line with the events behind it.
  ///
  /// @param contribution what the activity gives, where one day is explained
  public record Line(
      Explanation.Line why, Breakdown.@Nullable Contribution contribution, Evidence evidence) {}

  /// Events that an activity matches.
  ///
  /// @param newest the ids of the newest ones, newest first
  /// @param lastDay the local day of the newest one, null without any
  /// @param uncounted how many of them add nothing, or less than they say, and why
  public record Evidence(
      List<String> newest,
      int total,
      @Nullable Integer lastDay,
      Map<Uncounted, Integer> uncounted) {
    static final Evidence NONE = new Evidence(List.of(), 0, null, Map.of());

    public Evidence {
      newest = List.copyOf(newest);
      uncounted = Collections.unmodifiableMap(new TreeMap<>(uncounted));
    }
  }

  /// The band of the first day; null where there is no such score.
  public @Nullable Band bandFrom() {
    return useFrom == null ? null : band(useFrom, scoreFrom);
  }

  /// The band of the last day; null where the score is unavailable.
  public @Nullable Band bandTo() {
    return band(use, scoreTo);
  }

  private static @Nullable Band band(InUse use, @Nullable Long score) {
    return score == null ? null : Bands.of(use.model()).band(score);
  }
}
