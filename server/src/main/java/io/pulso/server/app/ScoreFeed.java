package io.pulso.server.app;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.json.Json;
import io.pulso.engine.model.Model;
import io.pulso.engine.score.Bands;
import io.pulso.server.api.Changes;
import io.pulso.server.event.InputException;
import io.pulso.server.score.InUse;
import io.pulso.server.score.Individual;
import io.pulso.server.score.OneScore;
import io.pulso.server.store.Standings;
import io.pulso.server.store.Store;
import io.pulso.server.store.StoreException;
import io.pulso.server.store.View;
import java.time.Clock;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tells listeners the scores of customers of whom something came in, on a thread of its own. While
/// nobody listens nothing is computed; in a rush some customers are left out.
final class ScoreFeed implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ScoreFeed.class.getName());
  private static final int MOST_CUSTOMERS = 500;
  private static final int REMEMBERED = 100_000;
  private static final long MOST_NANOS = 500_000_000;

  private final Workspace workspace;
  private final Store store;
  private final Changes changes;
  private final Supplier<Json.Obj> counters;
  private final Clock clock;
  private final Semaphore loaded = new Semaphore(0);
  private final Thread thread;
  private final Map<Key, Long> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  private volatile boolean closed;
  private int seen;

  private record Key(int subject, String model) {}

  /// @param store a connection for this thread alone
  ScoreFeed(
      Workspace workspace, Store store, Changes changes, Supplier<Json.Obj> counters, Clock clock) {
    this.workspace = workspace;
    this.store = store;
    this.changes = changes;
    this.counters = counters;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("score feed").start(this::run);
  }

  /// Something was loaded.
  void loaded() {
    if (loaded.availablePermits() == 0) {
      loaded.release();
    }
  }

  private void run() {
    try {
      try (View view = store.now()) {
        seen = view.standings(Model.Subject.CUSTOMER).newestImport();
      }
      while (!closed) {
        loaded.acquire();
        loaded.drainPermits();
        round();
      }
    } catch (InterruptedException e) {
      LOG.log(System.Logger.Level.DEBUG, "closing");
    }
  }

  private void round() {
    try (View view = store.now()) {
      Standings standings = view.standings(Model.Subject.CUSTOMER);
      int newest = standings.newestImport();
      if (changes.isHeard()) {
        changes.counters(counters.get());
        tell(view, standings.touched(seen, MOST_CUSTOMERS));
      }
      seen = newest;
    } catch (InputException | StoreException e) {
      LOG.log(System.Logger.Level.WARNING, "changes of scores could not be told", e);
    }
  }

  private void tell(View view, int[] touched) {
    int day = workspace.days().day(clock.millis() * 1000);
    long end = System.nanoTime() + MOST_NANOS;
    for (InUse use : inForce(day)) {
      Expression condition = use.model().appliesTo();
      BitSet scored =
          condition == null
              ? null
              : view.matching(Model.Subject.CUSTOMER, condition.condition(), day);
      for (int number : touched) {
        if (closed || System.nanoTime() > end) {
          return;
        }
        OptionalInt first = view.firstDay(Model.Subject.CUSTOMER, number);
        if (first.isPresent()
            && first.getAsInt() <= day
            && (scored == null || scored.get(number))) {
          tell(view, use, day, number, first.getAsInt());
        }
      }
    }
  }

  private void tell(View view, InUse use, int day, int number, int firstDay) {
    Model model = use.model();
    String id = view.id(Model.Subject.CUSTOMER, number);
    Individual who = new Individual(Model.Subject.CUSTOMER, number, id, firstDay);
    Long after = OneScore.of(view, use, who, day);
    Long before = known.get(new Key(number, model.name()));
    if (after != null && !after.equals(before)) {
      known.put(new Key(number, model.name()), after);
      changes.scored(
          new Changes.Scored(
              "customer",
              id,
              model.name(),
              use.version(),
              day,
              before,
              after,
              band(model, before),
              band(model, after)));
    }
  }

  private static @Nullable String band(Model model, @Nullable Long score) {
    return score == null ? null : Bands.of(model).band(score).id();
  }

  /// The models of customers that score a day.
  private List<InUse> inForce(int day) {
    Models models = new Models(workspace, store, Models.Asker.PROGRAM);
    return models.everything().stream()
        .map(use -> use.model().name())
        .distinct()
        .map(name -> models.find(name, null, day))
        .filter(use -> use.model().subject() == Model.Subject.CUSTOMER)
        .toList();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
