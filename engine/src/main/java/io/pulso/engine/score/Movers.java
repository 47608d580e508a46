package io.pulso.engine.score;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// The subjects whose scores changed most, the greatest change first, then by subject number.
public record Movers(List<Mover> up, List<Mover> down) {
  private static final Comparator<Mover> MOST_UP =
      Comparator.comparingLong(Mover::change).reversed().thenComparingInt(Mover::subject);
  private static final Comparator<Mover> MOST_DOWN =
      Comparator.comparingLong(Mover::change).thenComparingInt(Mover::subject);

  public Movers {
    up = List.copyOf(up);
    down = List.copyOf(down);
  }

  /// A subject with its scores in milli-points.
  public record Mover(int subject, long before, long after) {
    public long change() {
      return after - before;
    }
  }

  /// The `n` greatest changes each way among subjects that have a score in both arrays.
  public static Movers of(long[] before, long[] after, int n) {
    Top up = new Top(n, MOST_UP);
    Top down = new Top(n, MOST_DOWN);
    for (int subject = 0; subject < before.length; subject++) {
      boolean changed = before[subject] != after[subject];
      if (changed && Kernel.isScore(before[subject]) && Kernel.isScore(after[subject])) {
        Top side = after[subject] > before[subject] ? up : down;
        side.offer(subject, before[subject], after[subject]);
      }
    }
    return new Movers(up.list(), down.list());
  }

  /// The first few of many in an order.
  private static final class Top {
    private final int n;
    private final Comparator<Mover> order;
    private final PriorityQueue<Mover> kept;

    Top(int n, Comparator<Mover> order) {
      this.n = n;
      this.order = order;
      this.kept = new PriorityQueue<>(order.reversed());
    }

    void offer(int subject, long before, long after) {
      Mover last = kept.peek();
      boolean full = kept.size() >= n;
      if (full && (last == null || Math.abs(after - before) <= Math.abs(last.change()))) {
        return;
      }
      if (full) {
        kept.remove();
      }
      kept.add(new Mover(subject, before, after));
    }

    List<Mover> list() {
      List<Mover> sorted = new ArrayList<>(kept);
      sorted.sort(order);
      return sorted;
    }
  }
}
