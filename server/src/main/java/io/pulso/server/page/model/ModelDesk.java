package io.pulso.server.page.model;

import io.pulso.engine.model.Model;
import io.pulso.server.api.Api;
import io.pulso.server.api.ModelExamples;
import io.pulso.server.score.InUse;
import io.pulso.server.score.WhatIfs;
import io.pulso.server.score.Workbench;
import io.pulso.server.starter.Starter;
import io.pulso.server.store.Store;
import io.pulso.server.store.StoreException;
import io.pulso.server.store.View;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What the pages of models keep while somebody works with them: everybody's units, the proposal of
/// a first model, and how far events are read for a change that was never counted before.
public final class ModelDesk implements AutoCloseable {
  /// With fewer records events are read at once, when somebody tries what was never counted.
  private static final long FEW_RECORDS = 2_000_000;

  private static final long MINUTE = 60_000_000_000L;
  private static final long IDLE = 10 * MINUTE;
  private static final int TIMES = 20;
  private static final int REMEMBERED = 50;

  private final Api.Parts parts;
  private final ModelExamples examples;
  private final long few;
  private final Workbench bench;
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("models").daemon().factory());
  private final Map<Model, Reading> readings = new LinkedHashMap<>();
  private @Nullable Proposed proposed;

  /// How far events are read for a model.
  ///
  /// @param failed whether the store failed
  public record Reading(boolean ended, int done, int of, boolean failed) {}

  private record Proposed(Starter starter, Set<String> taken, int day, long at, long took) {}

  /// @param mostBytes room for units in memory
  public ModelDesk(Api.Parts parts, ModelExamples examples, long mostBytes) {
    this(parts, examples, mostBytes, FEW_RECORDS);
  }

  /// @param few with fewer records events are read at once
  ModelDesk(Api.Parts parts, ModelExamples examples, long mostBytes, long few) {
    this.few = few;
    this.parts = parts;
    this.examples = examples;
    this.bench = new Workbench(mostBytes, System::nanoTime);
    var tidying = worker.scheduleWithFixedDelay(this::dropIdle, 1, 1, TimeUnit.MINUTES);
    assert !tidying.isDone();
  }

  private synchronized void dropIdle() {
    bench.dropIdle();
    if (proposed != null && System.nanoTime() - proposed.at() > IDLE) {
      proposed = null;
    }
  }

  ModelExamples examples() {
    return examples;
  }

  /// A proposal from what has arrived, at most a minute old, or twenty times as old as it took.
  synchronized Starter starter(View view, Set<String> taken, int day) {
    long now = System.nanoTime();
    Proposed have = proposed;
    if (have != null
        && have.day() == day
        && have.taken().equals(taken)
        && now - have.at() < Math.clamp(TIMES * have.took(), MINUTE / 30, IDLE)) {
      return have.starter();
    }
    Starter starter = Starter.read(view, day, taken);
    proposed = new Proposed(starter, new HashSet<>(taken), day, now, System.nanoTime() - now);
    return starter;
  }

  /// What a model would do to everybody; null where events have to be read first.
  WhatIfs.@Nullable Comparison compare(View view, InUse from, InUse to, int day) {
    boolean ready =
        bench.holds(view, to.model(), day, false)
            || view.isRolledUp(to.model())
            || view.standings(to.model().subject()).records() < few;
    return ready ? bench.compare(view, from, to, day, false) : null;
  }

  synchronized @Nullable Reading reading(Model model) {
    return readings.get(model);
  }

  private synchronized void put(Model model, Reading reading) {
    readings.put(model, reading);
    if (readings.size() > REMEMBERED) {
      readings.remove(readings.keySet().iterator().next());
    }
  }

  /// Begins to read the events for what a model counts.
  void read(InUse from, InUse to, int day) {
    Reading before = reading(to.model());
    if (before == null || before.ended()) {
      put(to.model(), new Reading(false, 0, 1, false));
      worker.execute(() -> readNow(from, to, day));
    }
  }

  private void readNow(InUse from, InUse to, int day) {
    boolean done = false;
    try (Store store = parts.store().beside();
        View view = store.now()) {
      view.prepare(to.model(), (read, of) -> put(to.model(), new Reading(false, read, of, false)));
      bench.compare(view, from, to, day, false);
      done = true;
    } catch (StoreException e) {
      System.getLogger(ModelDesk.class.getName())
          .log(System.Logger.Level.WARNING, "events could not be read for a model", e);
    } finally {
      put(to.model(), new Reading(true, 1, 1, !done));
    }
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
