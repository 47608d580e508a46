package io.pulso.server.store;

import io.pulso.server.event.InputException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.duckdb.DuckDBConnection;

/// The database behind all connections of a store. It can be closed and opened again under them:
/// after a fatal fault, or because another file took the place of its own.
final class Database {
  private static final System.Logger LOG = System.getLogger(Database.class.getName());

  /// How long readers may go on before they are ended, and newcomers wait.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

  private final Path folder;
  private final Opening opening;

  /// Held by the one who changes the store.
  private final ReentrantLock changing = new ReentrantLock();

  private final Set<Db> all = Collections.newSetFromMap(new IdentityHashMap<>());
  private State state = State.OPEN;
  private boolean lost;
  private long lastTry = System.nanoTime() - BETWEEN_TRIES.toNanos();

  private enum State {
    OPEN,
    /// The end of readers is waited for, and nobody new comes in.
    DRAINING,
    CLOSED
  }

  /// Opens a connection that is set up.
  interface Opening {
    DuckDBConnection open();
  }

  /// What happens while the database is closed.
  interface Between {
    void run();
  }

  /// @param folder where the key of erased ids lies
  Database(Path folder, Opening opening) {
    this.folder = folder;
    this.opening = opening;
  }

  /// A database that stays as it is.
  static Database fixed() {
    return new Database(
        Path.of(""),
        () -> {
          throw new IllegalStateException("this database is not opened again");
        });
  }

  Path folder() {
    return folder;
  }

  ReentrantLock changing() {
    return changing;
  }

  /// Opens the first connection.
  Db first() {
    Db db = new Db(this, opening.open(), true);
    add(db);
    return db;
  }

  synchronized void add(Db db) {
    all.add(db);
  }

  /// Closes a connection. Only then is it forgotten: as long as one is open, the driver would give
  /// the old database to who opens it again.
  void close(Db db) throws SQLException {
    DuckDBConnection last;
    synchronized (this) {
      db.ended = true;
      last = db.connection();
    }
    try {
      last.close();
    } finally {
      synchronized (this) {
        db.closed = true;
        forgetClosed(db);
      }
    }
  }

  private void forgetClosed(Db db) {
    if (db.closed && db.inside + db.opening == 0) {
      all.remove(db);
    }
    if (state != State.OPEN) {
      notifyAll();
    }
  }

  /// Begins an operation on a connection; waits until a database that is closed is open again.
  void enter(Db db) {
    recover(db);
    synchronized (this) {
      waitUntilOpen(db);
      db.inside++;
    }
  }

  /// Whoever is in the middle of an operation goes on, and so does who reads with several of them
  /// as long as their end is waited for.
  private void waitUntilOpen(Db db) {
    long end = System.nanoTime() + PATIENCE.toNanos() * 2;
    while (db.inside == 0 && mustWait(db)) {
      if (!waitUntil(end)) {
        throw new StoreBusy("the store is being written anew; ask again in a moment");
      }
    }
  }

  private boolean mustWait(Db db) {
    return switch (state) {
      case OPEN -> false;
      case DRAINING -> db.steady;
      case CLOSED -> true;
    };
  }

  synchronized void leave(Db db) {
    db.inside--;
    forgetClosed(db);
  }

  /// Another connection; one of a connection that is in use does not wait.
  Db duplicate(Db from, boolean steady) {
    recover(from);
    synchronized (this) {
      waitUntilOpen(from);
      from.opening++;
    }
    try {
      Db made = new Db(this, from.connection().duplicate(), steady);
      add(made);
      return made;
    } catch (SQLException e) {
      throw fault(from, "connect", e);
    } finally {
      synchronized (this) {
        from.opening--;
        forgetClosed(from);
      }
    }
  }

  /// What became of a statement that failed.
  RuntimeException fault(Db db, String what, SQLException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (message.contains("database has been invalidated")) {
      synchronized (this) {
        lost = true;
      }
      boolean full = message.contains("no space left");
      return new StoreBusy(
          full
              ? "the disk is full: nothing of this step was kept; it goes on when there is room"
              : "the database met a fatal fault and is opened again: " + e.getMessage(),
          e);
    }
    if (db.moved) {
      return elsewhere(e);
    }
    return StoreException.of(what, e);
  }

  /// What a connection had ended with the file that it read.
  static StoreBusy elsewhere(Exception e) {
    return new StoreBusy("the store was written anew meanwhile; ask again in a moment", e);
  }

  /// Opens the database again where a fatal fault ended it. A fault that stays is tried again twice
  /// a second at most.
  private void recover(Db db) {
    synchronized (this) {
      if (!lost || db.inside > 0) {
        return;
      }
    }
    boolean mine = changing.isHeldByCurrentThread();
    if (mine ? changing.getHoldCount() > 1 || db.changes : !changing.tryLock()) {
      return;
    }
    try {
      synchronized (this) {
        if (!lost || System.nanoTime() - lastTry < BETWEEN_TRIES.toNanos()) {
          return;
        }
        lastTry = System.nanoTime();
      }
      LOG.log(System.Logger.Level.WARNING, "the store is opened again after a fatal fault");
      reopen(() -> {});
    } finally {
      if (!mine) {
        changing.unlock();
      }
    }
  }

  /// Closes the database, does something, and opens it again; by the one who changes the store.
  /// Readers have some seconds to end.
  void reopen(Between between) {
    if (!changing.isHeldByCurrentThread()) {
      throw new IllegalStateException("only who changes the store may close it");
    }
    List<Db> followers = drain();
    try {
      followers.forEach(Db::disconnect);
      boolean done = false;
      try {
        between.run();
        DuckDBConnection root = opening.open();
        connect(followers, root);
        done = true;
      } finally {
        synchronized (this) {
          lost = !done;
        }
      }
    } finally {
      synchronized (this) {
        state = State.OPEN;
        notifyAll();
      }
    }
  }

  private synchronized void connect(List<Db> followers, DuckDBConnection root) {
    try {
      for (Db follower : followers) {
        if (!follower.ended) {
          follower.connect(root.duplicate());
        }
      }
      root.close();
    } catch (SQLException e) {
      throw new InputException("the store cannot be opened again: " + e.getMessage(), e);
    }
  }

  /// Lets those who read end; who has not ended in time is ended when its connection is closed.
  private synchronized List<Db> drain() {
    state = State.DRAINING;
    long end = System.nanoTime() + (lost ? 0 : PATIENCE.toNanos());
    boolean waiting = true;
    while (waiting && all.stream().anyMatch(Db::isInUse)) {
      waiting = waitUntil(end);
    }
    state = State.CLOSED;
    return List.copyOf(all);
  }

  /// Waits for a change; false when the time is over. Its callers look again.
  @SuppressWarnings("WaitNotInLoop")
  private boolean waitUntil(long end) {
    long millis = (end - System.nanoTime()) / 1_000_000;
    if (millis <= 0) {
      return false;
    }
    try {
      wait(Math.min(millis, 100));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
