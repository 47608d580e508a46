package io.pulso.engine.journey;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Finds how far one customer or account after another got in a funnel. Each first step in the
/// period begins an attempt, which takes the earliest events that can be its next steps. Of the
/// attempts whose window has passed the one that got furthest counts, of several the earliest; only
/// where there is none, one that is still open.
///
/// Events of one instant are in the order of their earliest steps, and then of all of them.
public final class FunnelKernel {
  /// A bit that an event has beside those of its steps when it lies in the period.
  public static final int INSIDE = 1 << 20;

  private static final int STEPS = INSIDE - 1;

  private final Funnel.Order order;
  private final int count;
  private final long window;
  private final long now;

  private long[] at = new long[64];
  private int[] steps = new int[64];
  private @Nullable String[] parts = new @Nullable String[64];
  private int size;

  /// The places of the events that can be each step.
  private final int[][] places;

  private final int[] placed;
  private final int[] next;

  /// The attempt that is looked at: the places of its steps.
  private final int[] chain;

  private final int[] best;
  private int bestReached;
  private boolean bestClosed;

  /// @param now an instant up to which, excluded, everything is known
  public FunnelKernel(Funnel funnel, long now) {
    this.order = funnel.order();
    this.count = funnel.steps().size();
    this.window = funnel.window();
    this.now = now;
    this.places = new int[count][16];
    this.placed = new int[count];
    this.next = new int[count];
    this.chain = new int[count];
    this.best = new int[count];
  }

  /// An event of the present one, not before the one that was added last.
  ///
  /// @param which a bit for each step that it can be, and [#INSIDE]
  /// @param part what the funnel is broken down by
  public void add(long instant, int which, @Nullable String part) {
    if (size == at.length) {
      at = Arrays.copyOf(at, size * 2);
      steps = Arrays.copyOf(steps, size * 2);
      parts = Arrays.copyOf(parts, size * 2);
    }
    // Few events share an instant, so each finds its place at once.
    int place = size++;
    while (place > 0 && at[place - 1] == instant && before(which, part, place - 1)) {
      at[place] = at[place - 1];
      steps[place] = steps[place - 1];
      parts[place] = parts[place - 1];
      place--;
    }
    at[place] = instant;
    steps[place] = which;
    parts[place] = part;
  }

  private boolean before(int which, @Nullable String part, int other) {
    int mine = which & STEPS;
    int its = steps[other] & STEPS;
    if (mine != its) {
      int first = Integer.numberOfTrailingZeros(mine);
      int second = Integer.numberOfTrailingZeros(its);
      return first != second ? first < second : mine < its;
    }
    String theirs = parts[other];
    return part != null && (theirs == null || part.compareTo(theirs) < 0);
  }

  /// How far the present one got, and begins another one; null where there was no first step in the
  /// period.
  public @Nullable Attempt end() {
    bestReached = 0;
    bestClosed = false;
    switch (order) {
      case ORDERED -> ordered();
      case STRICT -> strict();
      case ANY -> any();
    }
    Attempt found = bestReached == 0 ? null : attempt();
    size = 0;
    return found;
  }

  private Attempt attempt() {
    long[] times = new long[bestReached];
    for (int i = 0; i < bestReached; i++) {
      times[i] = at[best[i]];
    }
    return new Attempt(times, parts[best[0]], bestClosed);
  }

  private boolean begins(int place) {
    return (steps[place] & (INSIDE | 1)) == (INSIDE | 1);
  }

  private boolean isClosed(int entry) {
    return at[entry] + window < now;
  }

  /// Keeps an attempt that is better than the best so far.
  private void consider(int reached) {
    boolean closed = isClosed(chain[0]);
    boolean further = closed == bestClosed && reached > bestReached;
    boolean better = bestReached == 0 || further || (closed && !bestClosed);
    if (better) {
      System.arraycopy(chain, 0, best, 0, reached);
      bestReached = reached;
      bestClosed = closed;
    }
  }

  private boolean isDone() {
    return bestReached == count;
  }

  /// Later attempts take later steps, so each step's places are passed once.
  private void ordered() {
    Arrays.fill(placed, 0);
    Arrays.fill(next, 0);
    for (int place = 0; place < size; place++) {
      int left = steps[place] & STEPS;
      while (left != 0) {
        int step = Integer.numberOfTrailingZeros(left);
        left &= left - 1;
        if (placed[step] == places[step].length) {
          places[step] = Arrays.copyOf(places[step], placed[step] * 2);
        }
        places[step][placed[step]++] = place;
      }
    }
    for (int i = 0; i < placed[0] && !isDone(); i++) {
      if (begins(places[0][i])) {
        chain[0] = places[0][i];
        consider(follow());
      }
    }
  }

  private int follow() {
    long until = at[chain[0]] + window;
    int reached = 1;
    while (reached < count) {
      int p = next[reached];
      while (p < placed[reached] && places[reached][p] <= chain[reached - 1]) {
        p++;
      }
      next[reached] = p;
      if (p == placed[reached] || at[places[reached][p]] > until) {
        return reached;
      }
      chain[reached] = places[reached][p];
      reached++;
    }
    return reached;
  }

  private void strict() {
    for (int place = 0; place < size && !isDone(); place++) {
      if (begins(place)) {
        chain[0] = place;
        int reached = 1;
        while (reached < count
            && place + reached < size
            && (steps[place + reached] >> reached & 1) == 1
            && at[place + reached] - at[place] <= window) {
          chain[reached] = place + reached;
          reached++;
        }
        consider(reached);
      }
    }
  }

  /// Counts each step within a window that moves over the events, then looks at the best one again.
  private void any() {
    int[] within = placed;
    Arrays.fill(within, 0);
    int end = 0;
    int reached = 0;
    int found = -1;
    int most = 0;
    boolean closed = false;
    for (int place = 0; place < size; place++) {
      while (end < size && at[end] - at[place] <= window) {
        reached += change(end++, 1);
      }
      boolean inside = (steps[place] & INSIDE) != 0 && (steps[place] & STEPS) != 0;
      if (inside && (found < 0 || (isClosed(place) == closed && reached > most))) {
        found = place;
        most = reached;
        closed = isClosed(place);
      }
      reached += change(place, -1);
    }
    if (found >= 0) {
      bestClosed = closed;
      take(found, most);
    }
  }

  /// Adds or takes away the steps of an event, and tells how many more different ones there are.
  private int change(int place, int by) {
    int more = 0;
    int left = steps[place] & STEPS;
    while (left != 0) {
      int step = Integer.numberOfTrailingZeros(left);
      left &= left - 1;
      int before = placed[step];
      placed[step] += by;
      if (before == 0 || placed[step] == 0) {
        more += by;
      }
    }
    return more;
  }

  private void take(int from, int most) {
    int seen = 0;
    for (int place = from; bestReached < most; place++) {
      int fresh = steps[place] & STEPS & ~seen;
      seen |= fresh;
      for (int i = Integer.bitCount(fresh); i > 0; i--) {
        best[bestReached++] = place;
      }
    }
  }
}
