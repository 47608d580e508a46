package io.pulso.server.score;

import io.pulso.engine.model.Model;
import io.pulso.server.store.Standings;
import io.pulso.server.store.View;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The rosters that were asked for last. While records keep coming one is at most a second old, or
/// five times as old as it took to make; once anything was taken away, or somebody objected, it is
/// made anew at once.
public final class Rosters {
  private static final int MOST = 4;
  private static final long FRESH = 1_000_000_000L;
  private static final int TIMES = 5;

  private final Roster.Everybody everybody;
  private final ReentrantLock making = new ReentrantLock();
  private final Map<Key, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

  private record Key(Model.Subject kind, String model, int day, boolean all, long objections) {}

  private record Kept(Roster roster, long state, long records, long at, long took) {}

  public Rosters(Roster.Everybody everybody) {
    this.everybody = everybody;
  }

  /// Those whose scores are worked out from the store when they are asked for.
  public static Rosters ofStore() {
    return new Rosters((view, use, day, span) -> new Scoring(view).scores(use, day, span));
  }

  /// Everybody on a day.
  ///
  /// @param use null where no model scores them
  /// @param all anonymous visitors too
  public Roster find(View view, Model.Subject kind, @Nullable InUse use, int day, boolean all) {
    String model = use == null ? "" : use.version() + " " + use.model().hash();
    making.lock();
    try {
      Standings standings = view.standings(kind);
      Key key = new Key(kind, model, day, all, standings.objections());
      long state = standings.state();
      long records = standings.records();
      Kept have = kept.get(key);
      long began = System.nanoTime();
      if (have != null && holds(have, state, records, began)) {
        have.roster().answersOf(state);
        return have.roster();
      }
      Roster roster = Roster.of(view, kind, use, day, all, everybody);
      roster.answersOf(state);
      long ended = System.nanoTime();
      kept.put(key, new Kept(roster, state, records, began, ended - began));
      if (kept.size() > MOST) {
        kept.remove(kept.keySet().iterator().next());
      }
      return roster;
    } finally {
      making.unlock();
    }
  }

  private static boolean holds(Kept have, long state, long records, long now) {
    boolean young = now - have.at() < Math.max(FRESH, TIMES * have.took());
    return have.state() == state || (young && records >= have.records());
  }
}
