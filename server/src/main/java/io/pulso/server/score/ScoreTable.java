package io.pulso.server.score;

import io.pulso.engine.model.Band;
import io.pulso.engine.score.Bands;
import io.pulso.engine.score.Kernel;
import org.jspecify.annotations.Nullable;

/// The scores of one day: a row for each subject of the population that exists on it, sorted by id
/// as UTF-8 bytes.
///
/// @param scores milli-points, [Kernel#UNAVAILABLE] where there is none
/// @param inactive no active event in the model's window
/// @param ramping first seen less than one window ago
@SuppressWarnings("ArrayRecordComponent") // columns of many rows
public record ScoreTable(
    InUse use,
    int asOf,
    int[] numbers,
    String[] ids,
    long[] scores,
    boolean[] inactive,
    boolean[] ramping) {
  public int size() {
    return ids.length;
  }

  /// The band of a row; null where the score is unavailable.
  public @Nullable Band band(int row) {
    return scores[row] == Kernel.UNAVAILABLE ? null : Bands.of(use.model()).band(scores[row]);
  }
}
