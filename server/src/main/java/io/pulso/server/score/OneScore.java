package io.pulso.server.score;

import io.pulso.engine.model.Model;
import io.pulso.engine.score.Breakdown;
import io.pulso.engine.score.Plan;
import io.pulso.server.store.View;
import org.jspecify.annotations.Nullable;

/// The score of one subject on a day, without its reasons.
public final class OneScore {
  private OneScore() {}

  /// Milli-points; null where the score is unavailable.
  public static @Nullable Long of(View view, InUse use, Individual who, int day) {
    Model model = use.model();
    long manual = view.manual(model).milliPoints(who.number(), day);
    Breakdown made =
        Breakdown.of(Plan.of(model), DayUnits.of(view, model, who, day, day), day, manual);
    return made.isAvailable() ? (Long) made.score() : null;
  }
}
