package io.pulso.server.starter;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds points under which the median active customer is somewhat engaged and the top tenth is
/// highly engaged, with caps as tight as that allows.
final class Scaling {
  /// The most points that one rule may give, the tightest first. With the first nobody gets further
  /// than very disengaged by one thing alone.
  private static final List<Long> LIMITS = List.of(40_000L, 55_000L, 70_000L, 100_000L, 150_000L);

  /// Scales, each a twentieth above the one before.
  private static final int STEPS = 160;

  private static final double FIRST = 0.05;
  private static final double STEP = 1.05;

  private static final long MEDIAN = 50_000;
  private static final long LOWEST_MEDIAN = 40_000;
  private static final long HIGHEST_MEDIAN = 70_000;
  private static final long LOWEST_TOP = 71_000;

  /// How much further away both are kept where only a sample is looked at.
  private static final long MARGIN = 1_000;

  private final Draft draft;
  private final long margin;

  Scaling(Draft draft, boolean sampled) {
    this.draft = draft;
    this.margin = sampled ? MARGIN : 0;
  }

  /// Points, and how scores are spread under them.
  record Found(List<Draft.Worth> worth, Proposal.Spread spread) {}

  /// The best that can be had; whether it is good enough its spread tells.
  Found find() {
    for (long limit : LIMITS) {
      Found found = kept(limit);
      if (found != null) {
        return found;
      }
    }
    long widest = LIMITS.getLast();
    return at(first(widest, spread -> spread.median() >= MEDIAN), widest);
  }

  private @Nullable Found kept(long limit) {
    int middle = first(limit, spread -> spread.median() >= MEDIAN);
    int top = first(limit, spread -> spread.top() >= LOWEST_TOP + margin);
    int lowest = first(limit, spread -> spread.median() > LOWEST_MEDIAN + margin);
    for (int scale : List.of(Math.max(middle, top), Math.max(lowest, top))) {
      // Points are rounded, so that a step more or less may be needed.
      for (int step = scale; step < Math.min(STEPS, scale + 4); step++) {
        Found found = at(step, limit);
        if (isKept(found.spread())) {
          return found;
        }
      }
    }
    return null;
  }

  private boolean isKept(Proposal.Spread spread) {
    return spread.median() > LOWEST_MEDIAN + margin
        && spread.median() <= HIGHEST_MEDIAN - margin
        && spread.top() >= LOWEST_TOP + margin;
  }

  private interface Wish {
    boolean holds(Proposal.Spread spread);
  }

  /// The first scale from which on a wish holds, or the last one. Larger scales raise all scores.
  private int first(long limit, Wish wish) {
    int low = 0;
    int high = STEPS - 1;
    while (low < high) {
      int middle = (low + high) / 2;
      if (wish.holds(at(middle, limit).spread())) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private Found at(int step, long limit) {
    List<Draft.Worth> worth = worth(FIRST * StrictMath.pow(STEP, step), limit);
    return new Found(worth, draft.spread(worth));
  }

  private List<Draft.Worth> worth(double scale, long limit) {
    List<Draft.Worth> all = new ArrayList<>();
    for (Measured each : draft.measured()) {
      Role role = each.candidate().role();
      // What few do shall not carry them alone, however tight the others have to be.
      boolean common = role.earns() && 2 * each.doers() >= draft.active();
      long most = common ? limit : LIMITS.getFirst();
      long points =
          role.earns()
              ? nice(Math.min(most / 2.0, worth(each, scale, most)))
              : each.candidate().points();
      all.add(new Draft.Worth(points, most(points, most)));
    }
    return all;
  }

  /// Milli-points of one, so that typical doing is worth the same for all rules of a role, and
  /// twice as much doing still counts.
  private static double worth(Measured each, double scale, long most) {
    double typical = Math.min(1000.0 * each.candidate().role().level * scale, most / 2.0);
    return typical * 1000 / each.typical();
  }

  /// The usual points of each role.
  static List<Draft.Worth> usual(List<Measured> rules) {
    return rules.stream()
        .map(each -> {
          Role role = each.candidate().role();
          long points = role.earns() ? role.usual * 1000L : each.candidate().points();
          return new Draft.Worth(points, most(points, LIMITS.getFirst()));
        })
        .toList();
  }

  /// The most decayed milli-units of a rule: as many as give its most points, at least one.
  private static long most(long points, long limit) {
    if (points == 0) {
      return 1000;
    }
    long units = limit * 1000 / Math.abs(points);
    long step = units >= 10_000 ? 1000 : 500;
    return Math.clamp(units / step * step, 1000, 1_000_000_000L);
  }

  /// Points that people like to read, near `milli`.
  private static long nice(double milli) {
    long step =
        milli >= 10_000 ? 1000 : milli >= 2000 ? 500 : milli >= 500 ? 100 : milli >= 50 ? 10 : 1;
    return Math.max(1, Math.round(milli / step) * step);
  }
}
