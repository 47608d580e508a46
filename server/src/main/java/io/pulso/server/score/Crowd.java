package io.pulso.server.score;

import io.pulso.engine.expr.Condition;
import io.pulso.engine.expr.Standing;
import io.pulso.engine.model.Band;
import io.pulso.engine.model.Model;
import java.util.BitSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Everybody of a list on a day, by row: what conditions are asked of.
public interface Crowd {
  Model.Subject kind();

  int day();

  int size();

  /// The number of the subject of a row.
  int number(int row);

  /// One more than the greatest number.
  int span();

  /// Milli-points; null where there is no score.
  @Nullable Long score(int row);

  @Nullable Band band(int row);

  boolean identified(int row);

  boolean inactive(int row);

  boolean ramping(int row);

  /// What a condition came to before, else what is found now.
  default BitSet answer(Condition condition, Supplier<BitSet> find) {
    return find.get();
  }

  /// What is known of everybody's events by their numbers, else what is found now.
  default int[] column(Standing standing, Supplier<int[]> find) {
    return find.get();
  }
}
