package io.pulso.server.score;

import io.pulso.engine.model.Model;
import io.pulso.engine.score.Kernel;
import io.pulso.server.store.View;
import java.util.Arrays;

/// Scores everybody with the printed SQL, as a cluster would; the kernel must agree to the digit.
final class SqlScoring {
  private SqlScoring() {}

  /// Milli-points by the subject's number, [Kernel#UNAVAILABLE] where there is none.
  static long[] scores(View view, Model model, int span, int asOf) {
    long[] scores = new long[span];
    Arrays.fill(scores, Kernel.UNAVAILABLE);
    view.scoresBySql(
        model,
        asOf,
        (subject, score) -> {
          if (subject < span) {
            scores[subject] = score;
          }
        });
    return scores;
  }
}
