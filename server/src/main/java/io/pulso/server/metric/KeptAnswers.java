package io.pulso.server.metric;

import io.pulso.server.store.CountedDays;
import io.pulso.server.store.View;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Answers about days that are over, kept in memory until something is stored that changes those
/// days. May be used by several threads.
public final class KeptAnswers {
  private static final int MOST = 300;

  private final DayCells days = new DayCells();
  private final DayActives actives = new DayActives();
  private final DayCache<ScoreCells.Version, ScoreCells.Standing> standings = new DayCache<>(60);

  /// The answers that were asked last, in that order.
  private final Map<Object, Kept> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Kept> eldest) {
          return size() > MOST;
        }
      };

  /// @param revision of the counted days when it was found
  private record Kept(Object answer, long revision) {}

  /// Gives the kept answer, or finds it.
  ///
  /// @param question equal for equal questions
  /// @param lastDay the last day that the answer rests on
  public <T> T ask(View view, Object question, int lastDay, Class<T> type, Supplier<T> find) {
    CountedDays days = view.countedDays();
    if (!days.watches(lastDay)) {
      return find.get();
    }
    Kept have = get(question);
    if (have != null && days.holds(lastDay, have.revision())) {
      return type.cast(have.answer());
    }
    T found = find.get();
    synchronized (kept) {
      kept.put(question, new Kept(found, days.revision()));
    }
    return found;
  }

  /// What was counted by day.
  DayCells days() {
    return days;
  }

  /// How many were active by day.
  DayActives actives() {
    return actives;
  }

  /// What the scores of everybody came to by day.
  DayCache<ScoreCells.Version, ScoreCells.Standing> standings() {
    return standings;
  }

  private @Nullable Kept get(Object question) {
    synchronized (kept) {
      return kept.get(question);
    }
  }
}
