package io.pulso.server.metric;

import io.pulso.server.store.StoredCounts;
import io.pulso.server.store.View;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Answers, kept in memory until something is stored that changes what they rest on. May be used by
/// several threads.
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

  /// @param found what was stored when it was found
  private record Kept(Object answer, StoredCounts.Edition found) {
    /// Whether it is still right where it rests on days up to one.
    boolean holds(int lastDay, StoredCounts.Edition now) {
      return now.days().watches(lastDay)
          ? found.days().watches(lastDay) && now.days().holds(lastDay, found.days().revision())
          : now.equals(found);
    }
  }

  /// Gives the kept answer, or finds it. An answer about days that are over is right until one of
  /// them is changed, any other one until anything is.
  ///
  /// @param question equal for equal questions
  /// @param lastDay the last day that the answer rests on
  public <T> T ask(View view, Object question, int lastDay, Class<T> type, Supplier<T> find) {
    StoredCounts.Edition now = view.counts().edition();
    Kept have = get(question);
    if (have != null && have.holds(lastDay, now)) {
      return type.cast(have.answer());
    }
    T found = find.get();
    synchronized (kept) {
      kept.put(question, new Kept(found, now));
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
