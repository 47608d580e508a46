package io.pulso.server.edit;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonText;
import io.pulso.engine.model.Model;
import io.pulso.server.event.InputException;
import io.pulso.server.score.Roster;
import io.pulso.server.store.Incoming;
import io.pulso.server.store.StoreBusy;
import io.pulso.server.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Sets traits of many customers or accounts: one change after the other, in the background, a few
/// thousand at a time, so that events go on to be loaded meanwhile. What is not done when the
/// server stops stays undone; setting it again does no harm.
public final class Bulk implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Bulk.class.getName());
  private static final int AT_ONCE = 200;
  private static final int BETWEEN_WAITS = 5_000;
  private static final int MOST_WAITING = 20;
  private static final int REMEMBERED = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Wire wire;
  private final Trail trail;
  private final Clock clock;
  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("bulk").daemon().factory());

  private static final class Job {
    private final String id = UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    private final String actor;
    private final Model.Subject kind;
    private final String[] ids;
    private final boolean[] identified;
    private final Map<String, Json> traits;
    private BulkJob.State state = BulkJob.State.WAITING;
    private int done;
    private @Nullable String fault;
    private long began;

    Job(String actor, Roster roster, BitSet rows, Map<String, Json> traits) {
      this.actor = actor;
      this.kind = roster.kind();
      this.traits = traits;
      this.ids = rows.stream().mapToObj(roster::id).toArray(String[]::new);
      this.identified = new boolean[ids.length];
      int[] at = {0};
      rows.stream().forEach(row -> identified[at[0]++] = roster.identified(row));
    }

    synchronized BulkJob told() {
      Long left = null;
      if (state == BulkJob.State.RUNNING && done > 0) {
        long seconds = (System.nanoTime() - began) / 1_000_000_000L;
        left = seconds * (ids.length - done) / done;
      }
      return new BulkJob(id, actor, kind, state, done, ids.length, fault, left);
    }

    synchronized boolean begin() {
      if (state == BulkJob.State.WAITING) {
        state = BulkJob.State.RUNNING;
        began = System.nanoTime();
        return true;
      }
      return false;
    }

    synchronized boolean goesOn(int by) {
      done = by;
      return state == BulkJob.State.RUNNING;
    }

    synchronized void end(BulkJob.State how, @Nullable String why) {
      if (!state.isEnd()) {
        state = how;
        fault = why;
      }
    }
  }

  public Bulk(Wire wire, Trail trail, Clock clock) {
    this.wire = wire;
    this.trail = trail;
    this.clock = clock;
  }

  /// There are more or fewer than whoever asked has seen.
  public static final class OtherCount extends InputException {
    private static final long serialVersionUID = 1L;

    OtherCount(int expected, int found) {
      super(
          "%d were expected, but these are %d now: ask again with that number"
              .formatted(expected, found));
    }
  }

  /// Begins to set traits of some rows of a roster.
  ///
  /// @param expected how many the person saw and agreed to
  public BulkJob start(
      Editor by, Roster roster, BitSet rows, int expected, Map<String, Json> traits) {
    TraitValues.check(traits);
    int found = rows.cardinality();
    if (found != expected) {
      throw new OtherCount(expected, found);
    }
    if (found == 0) {
      throw new InputException("nobody is meant, so there is nothing to change");
    }
    Job job = new Job(by.actor(), roster, rows, traits);
    synchronized (jobs) {
      long waiting = jobs.values().stream().filter(other -> !other.told().state().isEnd()).count();
      if (waiting >= MOST_WAITING) {
        throw new StoreBusy("too many changes wait already: try again later");
      }
      jobs.put(job.id, job);
      while (jobs.size() > REMEMBERED) {
        jobs.remove(jobs.keySet().iterator().next());
      }
    }
    trail.add(
        by,
        new Trail.Deed(
            "bulk.trait.set",
            job.kind,
            -1,
            "",
            found + " " + JsonText.write(new Json.Obj(traits))));
    thread.execute(() -> run(job));
    return job.told();
  }

  /// The one of an id; null where there is none.
  public @Nullable BulkJob find(String id) {
    synchronized (jobs) {
      Job job = jobs.get(id);
      return job == null ? null : job.told();
    }
  }

  /// All that are remembered, the newest first.
  public List<BulkJob> all() {
    synchronized (jobs) {
      return jobs.values().stream().map(Job::told).toList().reversed();
    }
  }

  /// Stops one; what is done stays done. Null where there is none.
  public @Nullable BulkJob cancel(String id) {
    synchronized (jobs) {
      Job job = jobs.get(id);
      if (job != null) {
        job.end(BulkJob.State.CANCELLED, null);
      }
      return job == null ? null : job.told();
    }
  }

  private void run(Job job) {
    if (!job.begin()) {
      return;
    }
    try {
      set(job);
      job.end(BulkJob.State.DONE, null);
    } catch (StoreException | InputException e) {
      LOG.log(System.Logger.Level.WARNING, "a change of many stopped", e);
      job.end(BulkJob.State.FAILED, String.valueOf(e.getMessage()));
    }
  }

  private void set(Job job) {
    int unloaded = 0;
    for (int from = 0; from < job.ids.length; from += AT_ONCE) {
      int to = Math.min(from + AT_ONCE, job.ids.length);
      TraitRecords records = new TraitRecords(job.kind, job.traits, clock.millis() * 1000);
      List<Incoming> rows = new ArrayList<>(to - from);
      for (int i = from; i < to; i++) {
        rows.add(records.of(job.ids[i], job.identified[i]));
      }
      wire.send(records.arrival(rows));
      unloaded += to - from;
      if (unloaded >= BETWEEN_WAITS || to == job.ids.length) {
        wire.await();
        unloaded = 0;
      }
      if (!job.goesOn(to)) {
        return;
      }
    }
  }

  /// Stops all of them.
  @Override
  public void close() {
    synchronized (jobs) {
      jobs.values().forEach(job -> job.end(BulkJob.State.CANCELLED, null));
    }
    thread.shutdown();
    try {
      boolean ended = thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      LOG.log(System.Logger.Level.TRACE, () -> ended ? "ended" : "still at it");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
