package io.pulso.server.store;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.Callable;

/// Somebody who waits for answers of the store: for so long at most, and only as long as they have
/// not left. Every connection that is opened on their behalf keeps to it.
public final class Asker {
  private static final ScopedValue<Asker> PRESENT = ScopedValue.newInstance();

  private final Duration most;
  private final long until;
  private final Set<Statement> underWay = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean left;

  /// What is done while its asker waits.
  interface Work<T> {
    T run() throws SQLException;
  }

  /// Somebody who begins to wait.
  ///
  /// @param most how long all answers may take together
  public Asker(Duration most) {
    this.most = most;
    this.until = System.nanoTime() + most.toNanos();
  }

  /// Does something on their behalf: stores that are opened beside others in it are theirs.
  public <T> T ask(Callable<T> work) throws Exception {
    return ScopedValue.where(PRESENT, this).call(work::call);
  }

  /// Makes a connection theirs on whose behalf it is opened, if anybody's.
  static Db own(Db opened) {
    return PRESENT.isBound() ? opened.of(PRESENT.get()) : opened;
  }

  Duration most() {
    return most;
  }

  long until() {
    return until;
  }

  synchronized boolean hasLeft() {
    return left;
  }

  /// Says that they have left: what is under way for them ends, and nothing more begins. It may be
  /// said again, since a statement that is just beginning does not hear it.
  public synchronized void leave() {
    left = true;
    underWay.forEach(Asker::cancel);
  }

  private static void cancel(Statement statement) {
    try {
      statement.cancel();
    } catch (SQLException e) {
      // It has just ended.
      return;
    }
  }

  /// Runs a statement that ends when they leave.
  <T> T run(Statement statement, Work<T> work) throws SQLException {
    synchronized (this) {
      if (left) {
        throw new NobodyWaits();
      }
      underWay.add(statement);
    }
    try {
      return work.run();
    } finally {
      synchronized (this) {
        underWay.remove(statement);
      }
    }
  }
}
