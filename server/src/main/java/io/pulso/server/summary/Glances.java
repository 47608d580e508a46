package io.pulso.server.summary;

import io.pulso.engine.model.Model;
import io.pulso.engine.model.ModelException;
import io.pulso.server.event.InputException;
import io.pulso.server.score.Coverage;
import io.pulso.server.score.LiveScores;
import io.pulso.server.store.CountedDays;
import io.pulso.server.store.DailyCounts;
import io.pulso.server.store.Ownership;
import io.pulso.server.store.Store;
import io.pulso.server.store.StoreException;
import io.pulso.server.store.View;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Keeps the daily counts and the glances up to date on a thread of its own, which takes a small
/// share of the machine however large the store is: a page only reads what is there.
public final class Glances implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Glances.class.getName());

  /// How many days ahead renewals are told.
  public static final int AHEAD = 90;

  /// Days whose active subjects are counted: twice the longest period.
  private static final int ACTIVE_DAYS = 181;

  private static final int ACTIVE_AT_ONCE = 30;

  private static final String COVERAGE = "coverage ";
  private static final String RECORDS = "records";

  private static final Duration LOOK = Duration.ofMillis(250);

  /// Scores in memory are most wanted after a start, so all else waits for them, but no longer than
  /// this.
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /// Rests are so many times as long as work.
  private static final int SHARE = 20;

  private static final Duration LEAST = Duration.ofMillis(500);

  /// Sources fall silent after an hour at the soonest.
  private static final Duration COVERED = Duration.ofSeconds(10);

  private final Store store;
  private final LiveScores scores;
  private final Lines lines;
  private final Clock clock;
  private final Runnable published;
  private final int threads;
  private final long started = System.nanoTime();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Map<String, ModelWork> works = new LinkedHashMap<>();
  private final Map<Model.Subject, Active> active = new EnumMap<>(Model.Subject.class);

  /// The kinds whose active days were all counted once.
  private final Set<Model.Subject> counted = EnumSet.noneOf(Model.Subject.class);

  private final Map<Model.Subject, Ownership> ownership = new EnumMap<>(Model.Subject.class);
  private final Map<String, Pace> paces = new LinkedHashMap<>();
  private final Map<String, List<Long>> seen = new LinkedHashMap<>();
  private long records;
  private final Thread thread;
  private volatile Board board = new Board(0, 0, false, List.of(), Map.of(), Map.of());
  private volatile boolean ready;

  /// The models in use.
  @FunctionalInterface
  public interface Lines {
    /// All of them over some days up to today, the most important first; the same list as long as
    /// nothing has changed.
    List<ModelLine> between(int first, int today);
  }

  /// Begins to look.
  ///
  /// @param store which no other thread uses
  /// @param published is told whenever the board is another one
  public Glances(Store store, LiveScores scores, Lines lines, Clock clock, Runnable published) {
    this.published = published;
    this.store = store;
    this.scores = scores;
    this.lines = lines;
    this.clock = clock;
    this.threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    this.thread = Thread.ofPlatform().name("glances").daemon().start(this::run);
  }

  /// What was found last.
  public Board board() {
    return board;
  }

  /// Whether everything was looked at once since the start.
  public boolean isReady() {
    return ready;
  }

  private void run() {
    while (scores.changes() == 0 && System.nanoTime() - started < PATIENCE.toNanos()) {
      if (closed(LOOK)) {
        return;
      }
    }
    boolean worked = false;
    while (!closed(worked ? Duration.ZERO : LOOK)) {
      try {
        worked = look();
      } catch (StoreException | InputException | ModelException e) {
        // A store that is written anew, or a model in the making: it is asked again in a moment.
        LOG.log(System.Logger.Level.DEBUG, "glances wait", e);
        worked = false;
      }
    }
  }

  /// Does what is due, one piece of heavy work at most; false where nothing was.
  private boolean look() {
    int today = store.days().day(clock.millis() * 1000);
    boolean changed = follow(today);
    if (pace(RECORDS).isDue()) {
      long began = System.nanoTime();
      records = store.records();
      pace(RECORDS).done(began);
    }
    try (View view = store.now()) {
      changed |= presents(view, today);
      boolean heavy =
          count(view) || active(view, today) || ownership(view, today) || cover(view, today);
      changed |= heavy;
      if (changed) {
        publish(today);
      }
      ready |= !heavy && isWhole();
      return heavy;
    }
  }

  private boolean isWhole() {
    return works.values().stream()
        .allMatch(work -> work.isComplete() && counted.contains(work.line().subject()));
  }

  private boolean follow(int today) {
    List<ModelLine> now = lines.between(today - ModelWork.DAYS, today);
    boolean changed = board.day() != today;
    changed |= works.keySet().retainAll(now.stream().map(ModelLine::name).toList());
    for (ModelLine line : now) {
      ModelWork work = works.get(line.name());
      if (work == null) {
        works.put(line.name(), new ModelWork(line, today));
        changed = true;
      } else if (!work.line().equals(line)) {
        work.follow(line, today);
        pace("count " + line.name()).hurry();
        pace("present " + line.name()).hurry();
        seen.remove("present " + line.name());
        changed = true;
      }
    }
    return changed;
  }

  private Pace pace(String what) {
    return paces.computeIfAbsent(
        what, name -> new Pace(SHARE, name.startsWith(COVERAGE) ? COVERED : LEAST));
  }

  /// Whether it is time for something, and what it depends on is another than before.
  private boolean isDue(String what, List<Long> state) {
    return pace(what).isDue() && !state.equals(seen.get(what));
  }

  private void done(String what, List<Long> state, long began) {
    pace(what).done(began);
    seen.put(what, state);
  }

  private boolean presents(View view, int today) {
    boolean changed = false;
    for (ModelWork work : works.values()) {
      String what = "present " + work.line().name();
      List<Long> memory = List.of((long) today, scores.changes());
      List<Long> state = List.of((long) today, -records);
      long began = System.nanoTime();
      if (isDue(what, memory) && work.look(scores, clock.instant())) {
        done(what, memory, began);
        changed = true;
      } else if (isFit(work) && isDue(what, state)) {
        work.look(view, threads, clock.instant());
        done(what, state, began);
        changed = true;
      }
    }
    return changed;
  }

  /// Models whose scores are not in memory.
  private static boolean isFit(ModelWork work) {
    return work.line().subject() == Model.Subject.CUSTOMER
        && work.line().today().model().method() == Model.Method.FIT;
  }

  private boolean count(View view) {
    DailyCounts counts = store.dailyCounts();
    for (ModelWork work : works.values()) {
      String what = "count " + work.line().name();
      long began = System.nanoTime();
      if (pace(what).isDue()) {
        Ownership owners =
            ownership.getOrDefault(work.line().subject(), new Ownership(Map.of(), List.of()));
        boolean first = !work.isComplete();
        boolean worked = work.count(view, counts, owners, threads);
        rest(what, began, first && worked);
        if (worked) {
          return true;
        }
      }
    }
    return false;
  }

  private void rest(String what, long began, boolean first) {
    if (first) {
      pace(what).doneFirst(began);
    } else {
      pace(what).done(began);
    }
  }

  private boolean active(View view, int today) {
    DailyCounts counts = store.dailyCounts();
    for (Model.Subject kind : Model.Subject.values()) {
      String what = "active " + kind;
      boolean wanted = works.values().stream().anyMatch(work -> work.line().subject() == kind);
      if (wanted && pace(what).isDue()) {
        long began = System.nanoTime();
        boolean worked = active(view, counts, kind, today);
        if (!worked) {
          counted.add(kind);
        }
        rest(what, began, !counted.contains(kind));
        if (worked) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean active(View view, DailyCounts counts, Model.Subject kind, int today) {
    List<Long> state = List.of((long) today, counts.revision());
    if (state.equals(seen.get("active " + kind))) {
      return false;
    }
    long revision = counts.begin(today - 1);
    CountedDays touches = counts.counted();
    int first = Math.max(today - ACTIVE_DAYS, counts.firstDay(kind));
    List<DailyCounts.Active> have = counts.active(kind, first);
    List<Integer> right =
        have.stream()
            .filter(each -> touches.holds(each.day(), each.revision()))
            .map(DailyCounts.Active::day)
            .toList();
    int to = today - 1;
    while (to >= first && right.contains(to)) {
      to--;
    }
    int from = to;
    while (from > first && to - from + 1 < ACTIVE_AT_ONCE && !right.contains(from - 1)) {
      from--;
    }
    boolean open = to >= first;
    if (open) {
      counts.put(kind, new DayCounting(view, revision, threads).active(kind, from, to));
    } else {
      counts.removeStale(first);
      seen.put("active " + kind, List.of((long) today, revision));
    }
    active.put(kind, new Active(counts.active(kind, first)));
    return open;
  }

  private boolean ownership(View view, int today) {
    for (Model.Subject kind : Model.Subject.values()) {
      String what = "ownership " + kind;
      List<Long> state = List.of((long) today, records);
      if (isDue(what, state)) {
        long began = System.nanoTime();
        ownership.put(kind, view.ownership(kind, today, AHEAD));
        done(what, state, began);
        return true;
      }
    }
    return false;
  }

  private boolean cover(View view, int today) {
    for (ModelWork work : works.values()) {
      String what = COVERAGE + work.line().name();
      // A source falls silent without anything happening.
      if (pace(what).isDue()) {
        long began = System.nanoTime();
        work.cover(
            Coverage.of(
                view, work.line().today().model(), today, store.days(), clock.millis() * 1000));
        pace(what).done(began);
        return true;
      }
    }
    return false;
  }

  private void publish(int today) {
    List<Glance> glances = new ArrayList<>();
    works.values().forEach(work -> glances.add(work.glance()));
    board = new Board(board.number() + 1, today, records > 0, glances, active, ownership);
    published.run();
  }

  private boolean closed(Duration wait) {
    try {
      return closing.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /// Ends after the piece of work that is under way.
  @Override
  public void close() {
    closing.countDown();
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
