package io.pulso.server.app;

import io.pulso.engine.metric.Formula;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.model.Model;
import io.pulso.server.api.Keeping;
import io.pulso.server.ingest.Loader;
import io.pulso.server.journal.Journal;
import io.pulso.server.store.Asker;
import io.pulso.server.store.Compaction;
import io.pulso.server.store.Erasures;
import io.pulso.server.store.FactKeeping;
import io.pulso.server.store.LiveLoad;
import io.pulso.server.store.NobodyWaits;
import io.pulso.server.store.Objections;
import io.pulso.server.store.Retention;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// Keeps a workspace in order while events come in: forgets people, writes the store anew, makes
/// backups, ends what is too old. One thing at a time.
public final class Keeper implements Keeping {
  private static final System.Logger LOG = System.getLogger(Keeper.class.getName());
  private static final Duration AT_MOST = Duration.ofHours(24);

  private final Workspace workspace;
  private final Store store;
  private final Backlog backlog;
  private final Supplier<List<Model>> models;
  private final Clock clock;
  private final Runnable changed;
  private final BiConsumer<View, Objections.Standing> objected;
  private final ReentrantLock busy = new ReentrantLock();

  /// Waits for what can also be done after the next start.
  private final Asker patience = new Asker(Duration.ofDays(365));

  /// @param store a connection of its own
  /// @param changed is told when records were removed
  /// @param objected is told when somebody objected to being scored, or took that back
  Keeper(
      Workspace workspace,
      Store store,
      Backlog backlog,
      Supplier<List<Model>> models,
      Clock clock,
      Runnable changed,
      BiConsumer<View, Objections.Standing> objected) {
    this.workspace = workspace;
    this.store = store;
    this.backlog = backlog;
    this.models = models;
    this.clock = clock;
    this.changed = changed;
    this.objected = objected;
  }

  @Override
  public Erasures.Result forget(String id, String reason, boolean now) {
    busy.lock();
    try {
      // What was acknowledged may tell of ids that are the same person's.
      backlog.await();
      Erasures.Result result =
          store.erasures().forget(id, reason, clock.millis() * 1000, models.get());
      changed.run();
      if (now) {
        rewrite();
      }
      return result;
    } finally {
      busy.unlock();
    }
  }

  @Override
  public Objections.Standing object(String id, String author, String note) {
    return objections(all -> all.object(id, author, note, clock.millis() * 1000));
  }

  @Override
  public Objections.Standing withdraw(String id, String author) {
    return objections(all -> all.withdraw(id, author, clock.millis() * 1000));
  }

  /// On a connection of its own, since nobody waits here for a backup to end.
  private Objections.Standing objections(Function<Objections, Objections.Standing> work) {
    // The person may have just come.
    backlog.await();
    try (Store own = store.beside();
        View view = own.now()) {
      Objections.Standing standing = work.apply(own.objections());
      objected.accept(view, standing);
      return standing;
    }
  }

  /// Writes the store anew and lets the journal go that is loaded: what was erased is gone from the
  /// disk.
  @Override
  public Compaction.Sizes rewrite() {
    busy.lock();
    try {
      Compaction.Sizes sizes = store.upkeep().rewrite();
      backlog.drop();
      LOG.log(
          System.Logger.Level.INFO,
          "the store was written anew: {0} bytes, {1} before",
          sizes.after(),
          sizes.before());
      return sizes;
    } finally {
      busy.unlock();
    }
  }

  @Override
  public Download backup() {
    Backup.Ready ready = ready();
    return new Download() {
      @Override
      public void write(OutputStream out) {
        try {
          ready.write(out);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }

      @Override
      public void close() {
        ready.close();
      }
    };
  }

  private Backup.Ready ready() {
    busy.lock();
    try {
      return new Backup(workspace, store, clock).ready();
    } finally {
      busy.unlock();
    }
  }

  /// Does something with a workspace that nobody has open. What its journal holds is loaded first.
  public static <T> T closed(Workspace workspace, Clock clock, Function<Keeper, T> work) {
    try (Store store = workspace.store()) {
      Supplier<List<Model>> models =
          () ->
              new Models(workspace, store)
                  .usable(what -> LOG.log(System.Logger.Level.WARNING, what));
      if (!Files.isDirectory(Journals.folder(workspace))) {
        return work.apply(
            new Keeper(workspace, store, Backlog.NONE, models, clock, () -> {}, (view, one) -> {}));
      }
      LiveLoad live = store.live(clock, models);
      ServerSettings settings = ServerSettings.of(workspace.settings().server(), System.getenv());
      try (Journal journal = Journals.open(workspace, settings, live.position());
          Loader loader = new Loader(journal, live, counts -> {})) {
        Backlog backlog = new Backlog.OfJournal(journal, loader);
        return work.apply(
            new Keeper(workspace, store, backlog, models, clock, () -> {}, (view, one) -> {}));
      }
    }
  }

  /// What is to be done each night.
  List<NightlyWork> nightly() {
    return List.of(
        work("duplicates", this::sweep),
        work("retention", this::retention),
        work("rewrite", this::rewriteIfDue),
        work("sessions", this::sessions),
        work("facts", () -> facts(true)),
        work("order", this::order));
  }

  /// What cannot wait another night.
  List<NightlyWork> overdue() {
    return List.of(
        work(
            "rewrite",
            () -> {
              long latest = (clock.millis() - AT_MOST.toMillis()) * 1000;
              if (store.upkeep().rewriteDue().orElse(Long.MAX_VALUE) <= latest) {
                rewrite();
              }
            }),
        work("sessions", this::sessions),
        work("order", this::order),
        work("facts", () -> facts(false)));
  }

  /// Lets what can also be done after the next start end early.
  void stop() {
    patience.leave();
  }

  private void untilStopped(Consumer<Store> work) {
    busy.lock();
    try (Store own = store.beside(patience)) {
      work.accept(own);
    } catch (NobodyWaits e) {
      LOG.log(System.Logger.Level.INFO, "the rest of the upkeep waits for the next start", e);
    } finally {
      busy.unlock();
    }
  }

  /// Makes the sessions of what was imported.
  private void sessions() {
    untilStopped(own -> own.now().sessions().renew());
  }

  /// Keeps rows of what the workspace's metrics count.
  ///
  /// @param always also where little has come since
  private void facts(boolean always) {
    List<Measure.Leaf> leaves =
        MetricFiles.of(workspace).values().stream()
            .flatMap(metric -> Formula.leaves(metric.measure()).stream())
            .distinct()
            .toList();
    untilStopped(own -> {
      FactKeeping keeping = own.upkeep().facts();
      long rows = always || keeping.isDue(leaves) ? keeping.renew(leaves) : 0;
      if (rows > 0) {
        LOG.log(System.Logger.Level.INFO, "{0} rows of what metrics count were added", rows);
      }
    });
  }

  private void sweep() {
    long copies = store.quality().sweep(models);
    if (copies > 0) {
      changed.run();
      LOG.log(System.Logger.Level.INFO, "{0} copies of messages were removed", copies);
    }
  }

  private void order() {
    untilStopped(own -> {
      long rows = own.upkeep().order();
      if (rows > 0) {
        LOG.log(System.Logger.Level.INFO, "{0} rows of roll-ups were sorted", rows);
      }
    });
  }

  private void rewriteIfDue() {
    if (store.upkeep().rewriteDue().isPresent()) {
      rewrite();
    }
  }

  /// Ends what is older than the settings say; tells how many events and rejected records went.
  public Retention.Removed retention() {
    busy.lock();
    try {
      return tooOld();
    } finally {
      busy.unlock();
    }
  }

  private Retention.Removed tooOld() {
    KeepSettings keep = workspace.settings().keep();
    long room = (long) keep.rejectedMegabytes() << 20;
    Path folder = workspace.storeFile().toAbsolutePath().getParent();
    try {
      if (folder != null) {
        room = Math.min(room, Files.getFileStore(folder).getTotalSpace() / 20);
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "the size of the disk is not known", e);
    }
    Retention.Removed removed =
        store
            .retention()
            .run(
                new Retention.Rules(keep.retention(), keep.rejectedDays(), room),
                clock.millis() * 1000,
                models.get());
    changed.run();
    if (removed.events() + removed.rejected() > 0) {
      LOG.log(
          System.Logger.Level.INFO,
          "too old: {0} events, {1} rejected records",
          removed.events(),
          removed.rejected());
    }
    return removed;
  }

  private static NightlyWork work(String name, Runnable run) {
    return new NightlyWork() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void run() {
        run.run();
      }
    };
  }
}
