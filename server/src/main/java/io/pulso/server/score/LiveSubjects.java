package io.pulso.server.score;

import io.pulso.server.store.LiveChange;
import io.pulso.server.store.View;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Today's scores of all subjects of a kind under the models in use, in memory.
sealed interface LiveSubjects permits LiveCustomers, LiveAccounts {
  /// Those who exist.
  LivePeople people();

  /// The scores under a model by its name; null where they are not in memory.
  @Nullable LiveColumn column(String model);

  Collection<LiveColumn> columns();

  /// Whether a subject was active, or anybody of it was, between two days, both included.
  boolean isActive(int number, int from, int to);

  /// Adds what a batch changed.
  ///
  /// @param moves where moved scores are added
  void apply(View view, LiveChange change, List<LiveScores.Move> moves);

  /// Scores one anew to whom somebody gave points.
  ///
  /// @param moves where a moved score is added
  void adjust(View view, String model, int subject, List<LiveScores.Move> moves);

  /// The numbers of those whom a batch touched.
  int[] touched(LiveChange change);

  /// The ids of those whom a batch touched.
  String[] ids(LiveChange change);
}
