package io.pulso.server.journey;

import io.pulso.engine.journey.Attempt;
import io.pulso.engine.journey.Funnel;
import io.pulso.engine.journey.FunnelCounts;
import io.pulso.engine.journey.FunnelKernel;
import io.pulso.engine.journey.FunnelTally;
import io.pulso.engine.metric.Period;
import io.pulso.engine.model.Model;
import io.pulso.engine.sql.StepSql;
import io.pulso.engine.time.LocalDays;
import io.pulso.server.store.GatheredSteps;
import io.pulso.server.store.Journeys;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks the store how far customers or accounts get in funnels.
public final class Funnels {
  private static final long DAY = 86_400_000_000L;

  private final View view;
  private final FunnelAsked asked;

  /// Up to which instant everything is known: nothing is after the last day with data.
  private final long now;

  private Funnels(View view, FunnelAsked asked) {
    this.view = view;
    this.asked = asked;
    this.now = Math.min(asked.now(), view.lastEnd().orElse(asked.now()));
  }

  /// Up to which instant everything is known: the end of yesterday, or this moment where today is
  /// asked for too. So that what is told of a past period is the same the whole day.
  ///
  /// @param now this moment, in microseconds
  public static long known(LocalDays days, int last, long now) {
    int today = days.day(now);
    return last < today ? days.start(today) : now;
  }

  /// The last so many days on which everybody who entered has had their time.
  public static Period usual(Funnel funnel, int today, int days) {
    int wait = Math.toIntExact(Math.ceilDiv(funnel.window(), DAY));
    return new Period(today - wait - days, today - wait - 1);
  }

  /// What becomes of those who enter.
  public static FunnelTold ask(View view, FunnelAsked asked) {
    return new Funnels(view, asked).tell();
  }

  /// The numbers of those who took at least so many steps in time.
  ///
  /// @param least 1 for all who entered
  /// @param most as `least`, or more
  public static BitSet who(View view, FunnelAsked asked, int least, int most) {
    BitSet found = new BitSet();
    new Funnels(view, asked)
        .each((owner, attempt) -> {
          if (attempt.closed() && attempt.reached() >= least && attempt.reached() <= most) {
            found.set(owner);
          }
        });
    return found;
  }

  private interface Taking {
    void take(int owner, Attempt attempt);
  }

  /// What becomes of those who enter, by what it is broken down by as types and values.
  public static Map<@Nullable String, FunnelCounts> parts(View view, FunnelAsked asked) {
    Map<@Nullable String, FunnelCounts> told = new HashMap<>();
    new Funnels(view, asked).tallies(null).forEach((part, tally) -> told.put(part, tally.counts()));
    return told;
  }

  private Map<@Nullable String, FunnelTally> tallies(@Nullable FunnelTally whole) {
    Map<@Nullable String, FunnelTally> parts = new HashMap<>();
    each((owner, attempt) -> {
      if (whole != null) {
        whole.add(attempt);
      }
      if (whole == null || asked.by() != null) {
        parts.computeIfAbsent(attempt.part(), ignored -> tally()).add(attempt);
        PartNames.check(parts.size());
      }
    });
    return parts;
  }

  private FunnelTold tell() {
    FunnelTally whole = tally();
    List<FunnelTold.Part> told = new ArrayList<>();
    tallies(whole)
        .forEach(
            (part, tally) -> told.add(new FunnelTold.Part(PartNames.shown(part), tally.counts())));
    told.sort(
        Comparator.comparingLong((FunnelTold.Part part) -> -part.counts().entered())
            .thenComparing(FunnelTold.Part::part, Comparator.nullsLast(Comparator.naturalOrder())));
    return new FunnelTold(asked, whole.counts(), told);
  }

  private FunnelTally tally() {
    return new FunnelTally(asked.funnel(), now);
  }

  /// Finds how far each got.
  private void each(Taking to) {
    Journeys.Asked question = question();
    try (GatheredSteps gathered = view.journeys().gather(question)) {
      if (gathered != null) {
        gathered.each(() -> new Walk(to));
        return;
      }
    }
    Walk walk = new Walk(to);
    view.journeys().steps(question, walk::take);
    walk.end();
  }

  /// The funnel of one owner after another. What it finds it hands over while no other does.
  private final class Walk implements GatheredSteps.Taking {
    private final FunnelKernel kernel = new FunnelKernel(asked.funnel(), now);
    private final Taking to;
    private final List<Attempt> attempts = new ArrayList<>();
    private final int[] owners = new int[64];
    private int present = -1;

    Walk(Taking to) {
      this.to = to;
    }

    @Override
    public void take(int owner, long at, int which) {
      take(owner, at, which, null, -1);
    }

    void take(int owner, long at, int which, @Nullable String part, int subject) {
      if (owner != present) {
        close();
        present = owner;
      }
      kernel.add(at, which, part);
    }

    private void close() {
      Attempt attempt = present < 0 ? null : kernel.end();
      if (attempt != null) {
        if (attempts.size() == owners.length) {
          hand();
        }
        owners[attempts.size()] = present;
        attempts.add(attempt);
      }
    }

    @Override
    public void end() {
      close();
      present = -1;
      hand();
    }

    private void hand() {
      synchronized (to) {
        for (int i = 0; i < attempts.size(); i++) {
          to.take(owners[i], attempts.get(i));
        }
      }
      attempts.clear();
    }
  }

  private Journeys.Asked question() {
    Funnel funnel = asked.funnel();
    StepSql.Owner owner =
        funnel.per() == Model.Subject.CUSTOMER
            ? new StepSql.Owner.Customer()
            : new StepSql.Owner.Account();
    return new Journeys.Asked(
        funnel.steps().stream().map(step -> step.match().condition()).toList(),
        owner,
        funnel.who(),
        funnel.order() == Funnel.Order.STRICT,
        asked.by(),
        asked.period(),
        asked.period().first(),
        funnel.window(),
        now);
  }
}
