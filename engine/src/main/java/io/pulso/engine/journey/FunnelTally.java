package io.pulso.engine.journey;

import io.pulso.engine.metric.Survival;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Counts attempts of a funnel, each of another customer or account.
public final class FunnelTally {
  private static final double SECOND = 1e6;

  private final int count;
  private final long window;
  private final long now;
  private final long[] reached;
  private final List<Survival> waits;
  private final Survival whole = new Survival();
  private long open;

  /// @param now an instant up to which, excluded, everything is known
  public FunnelTally(Funnel funnel, long now) {
    this.count = funnel.steps().size();
    this.window = funnel.window();
    this.now = now;
    this.reached = new long[count];
    this.waits = Stream.generate(Survival::new).limit(count - 1L).toList();
  }

  public void add(Attempt attempt) {
    long[] times = attempt.times();
    long known = attempt.closed() ? times[0] + window : Math.min(now, times[0] + window);
    for (int step = 0; step < times.length; step++) {
      if (attempt.closed()) {
        reached[step]++;
      }
      if (step > 0) {
        waits.get(step - 1).add(times[step] - times[step - 1], true);
      }
    }
    if (times.length < count) {
      waits.get(times.length - 1).add(known - times[times.length - 1], false);
      whole.add(known - times[0], false);
    } else {
      whole.add(times[count - 1] - times[0], true);
    }
    if (!attempt.closed()) {
      open++;
    }
  }

  public FunnelCounts counts() {
    List<FunnelCounts.Wait> told = new ArrayList<>();
    waits.forEach(wait -> told.add(told(wait)));
    return new FunnelCounts(
        Arrays.stream(reached).boxed().toList(), List.copyOf(told), told(whole), open);
  }

  private static FunnelCounts.Wait told(Survival wait) {
    return new FunnelCounts.Wait(
        seconds(wait.quantile(0.5)),
        seconds(wait.quantile(0.9)),
        seconds(wait.ofEnded(0.5)),
        wait.ended());
  }

  private static @Nullable Double seconds(@Nullable Double micros) {
    return micros == null ? null : (Double) (micros / SECOND);
  }
}
