package io.pulso.server.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBScalarFunction;
import org.duckdb.DuckDBScalarFunctionBuilder;
import org.jspecify.annotations.Nullable;

/// One connection to DuckDB and the few ways Pulso talks through it. It goes on with another one
/// when its database is opened again.
final class Db implements AutoCloseable {
  private final Database database;

  /// Whether it is held for long, so that nobody waits for its end.
  final boolean steady;

  /// How many operations are under way; guarded by the database.
  int inside;

  /// How many connections are being opened from it; guarded by the database.
  int opening;

  /// Whether it is being closed for good; guarded by the database.
  boolean ended;

  /// Whether it is closed for good; guarded by the database.
  boolean closed;

  /// Whether it changes the store in a transaction.
  volatile boolean changes;

  /// Whether it lost what belongs to a connection: temporary tables, results.
  volatile boolean moved;

  /// Statements that are planned anew for every change of what is stored.
  private static final Set<String> PLANNED = Set.of("CREATE", "DELETE", "INSERT", "UPDATE");

  /// Held by the thread that asks.
  private final ReentrantLock asking = new ReentrantLock();

  private volatile DuckDBConnection connection;

  /// Whether an answer is read in vectors.
  private volatile boolean isRead;

  /// How long all questions together may take; zero for as long as they need.
  private Duration most = Duration.ZERO;

  private long until;

  /// On whose behalf it was opened; null for nobody's.
  private @Nullable Asker asker;

  /// The only connection of a database that stays as it is.
  Db(DuckDBConnection connection) {
    this(Database.fixed(), connection, true);
  }

  Db(Database database, DuckDBConnection connection, boolean steady) {
    this.database = database;
    this.connection = connection;
    this.steady = steady;
  }

  /// From now on its questions may take so long, all together, whoever asks them.
  Db within(Duration longest) {
    most = longest;
    until = System.nanoTime() + longest.toNanos();
    return this;
  }

  /// From now on its questions are asked on somebody's behalf.
  Db of(Asker whose) {
    asker = whose;
    most = whose.most();
    until = whose.until();
    return this;
  }

  /// Whether it has used up its time.
  private boolean isLate() {
    return !most.isZero() && System.nanoTime() - until >= 0;
  }

  private boolean isForNobody() {
    Asker whose = asker;
    return whose != null && whose.hasLeft();
  }

  /// Runs a statement within its time, for as long as anybody waits for it.
  private <T> T asked(Statement statement, Asker.Work<T> work) throws SQLException {
    limit(statement);
    Asker whose = asker;
    return whose == null ? work.run() : whose.run(statement, work);
  }

  private void limit(Statement statement) throws SQLException {
    if (isLate()) {
      throw new TooSlow(most);
    }
    if (!most.isZero()) {
      long left = Math.ceilDiv(until - System.nanoTime(), 1_000_000_000L);
      statement.setQueryTimeout(Math.toIntExact(Math.max(1, left)));
    }
  }

  /// Whether who opens the database again waits for it; guarded by the database.
  boolean isInUse() {
    return !steady || ended || inside + opening > 0;
  }

  DuckDBConnection connection() {
    return connection;
  }

  Database database() {
    return database;
  }

  /// Another connection to the same database.
  Db duplicate() {
    return Asker.own(database.duplicate(this, false));
  }

  /// Another one, to be held for long.
  Db duplicateSteady() {
    return database.duplicate(this, true);
  }

  /// Lets its database be closed; what is under way is interrupted.
  void disconnect() {
    moved = true;
    try {
      connection.close();
    } catch (SQLException e) {
      // What a fatal fault left behind.
      return;
    }
  }

  void connect(DuckDBConnection other) {
    connection = other;
    moved = !steady;
  }

  /// Runs one statement and gives the number of changed rows.
  long run(String sql, @Nullable Object... values) {
    Work<Long> work =
        () -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return asked(
                statement,
                () -> {
                  statement.execute();
                  return Math.max(statement.getUpdateCount(), 0L);
                });
          }
        };
    String word = sql.strip().split("\\s", 2)[0].toUpperCase(Locale.ROOT);
    return done(sql, PLANNED.contains(word) ? () -> atOnce(work) : work);
  }

  /// Runs statements separated by semicolons.
  void script(String sql) {
    done(sql, () -> command(sql));
  }

  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  <T> List<T> list(String sql, Row<T> reader, @Nullable Object... values) {
    Work<List<T>> work =
        () -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return asked(statement, () -> rows(statement, reader));
          }
        };
    return done(sql, () -> atOnce(work));
  }

  private static <T> List<T> rows(PreparedStatement statement, Row<T> reader) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      List<T> found = new ArrayList<>();
      while (rows.next()) {
        found.add(reader.read(rows));
      }
      return found;
    }
  }

  /// The number in the first column of the only row; 0 when it is null.
  long number(String sql, @Nullable Object... values) {
    return list(sql, row -> row.getLong(1), values).getFirst();
  }

  /// The number in a column, which may be null.
  static @Nullable Long orNull(ResultSet row, int column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? null : number;
  }

  interface Chunk {
    void read(DuckDBDataChunkReader chunk);
  }

  /// Hands the answer over in vectors of about two thousand rows, which come out of one pipeline.
  void chunks(String sql, Chunk reader) {
    Work<Boolean> work =
        () -> {
          assert OnePipeline.gives(connection, sql) : "streams a union: " + sql;
          try (DuckDBPreparedStatement statement = connection.prepare(sql)) {
            return asked(statement, () -> read(statement, reader));
          }
        };
    done(sql, () -> atOnce(work));
  }

  private boolean read(DuckDBPreparedStatement statement, Chunk reader) throws SQLException {
    try (DuckDBChunkedResult result = statement.query()) {
      isRead = true;
      while (result.nextChunk()) {
        reader.read(result.chunk());
      }
      return true;
    } finally {
      isRead = false;
    }
  }

  /// Appends rows. One thread at a time may use it, and another one may close it: the driver would
  /// drop the rows of an appender that a thread other than its own closes.
  ///
  /// @param catalog null for the store's own
  DuckDBAppender appender(@Nullable String catalog, String table) {
    return done(
        "append to " + table,
        () -> {
          synchronized (this) {
            DuckDBAppender appender =
                catalog == null
                    ? connection.createAppender(table)
                    : connection.createAppender(catalog, "main", table);
            appender.unsafeBreakThreadConfinement();
            return appender;
          }
        });
  }

  interface Appending {
    void run() throws SQLException;
  }

  /// Appends a row, or flushes rows: one thread after the other, since a flush that is disturbed by
  /// another one of the same connection fails. Not in the middle of [#chunks]: the driver would end
  /// the answer there, and say nothing.
  void appending(Appending work) {
    if (isRead) {
      throw new IllegalStateException("rows are appended in the middle of an answer");
    }
    synchronized (this) {
      try {
        work.run();
      } catch (SQLException e) {
        throw database.fault(this, "append", e);
      }
    }
  }

  /// Gives the database a function of a text and a number that answers with a text, also for nulls.
  /// It is called by several threads at once, as often as the query says and no oftener.
  void function(
      String name, Class<?>[] parameters, Class<?> result, DuckDBScalarFunction function) {
    done(
        "function " + name,
        () -> {
          try (DuckDBScalarFunctionBuilder builder = DuckDBFunctions.scalarFunction()) {
            builder
                .withName(name)
                .withParameters(parameters)
                .withReturnType(result)
                .withVectorizedFunction(function)
                .withVolatile()
                .register(connection);
          }
          return true;
        });
  }

  /// Does something while nobody else changes the store.
  <T> T locked(Supplier<T> work) {
    lock();
    try {
      return work.get();
    } finally {
      unlock();
    }
  }

  /// Reads several answers from one state of the store; within a transaction, from what it has made
  /// of it.
  void snapshot(Runnable work) {
    ofOneState(() -> {
      work.run();
      return true;
    });
  }

  /// As [#snapshot], with an answer.
  <T> T ofOneState(Supplier<T> work) {
    return done("snapshot", () -> atOnce(work::get));
  }

  /// Plans and runs in one transaction, unless one is under way. DuckDB leaves out conditions that
  /// hold for all rows that are stored when it plans, so rows that others store between plan and
  /// run would be in the answer (<https://github.com/duckdb/duckdb/issues/23704>).
  private <T> T atOnce(Work<T> work) throws SQLException {
    asking.lock();
    try {
      if (changes || asking.getHoldCount() > 1) {
        return work.run();
      }
      boolean done = false;
      command("BEGIN TRANSACTION");
      try {
        T answer = work.run();
        command("COMMIT");
        done = true;
        return answer;
      } finally {
        if (!done) {
          undo();
        }
      }
    } finally {
      asking.unlock();
    }
  }

  private boolean command(String word) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.execute(word);
    }
  }

  /// As [#transaction], with an answer.
  <T> T inTransaction(Supplier<T> work) {
    List<T> answer = new ArrayList<>(1);
    transaction(() -> answer.add(work.get()));
    return answer.getFirst();
  }

  /// Makes what `work` does visible at once, or not at all.
  void transaction(Runnable work) {
    begin();
    boolean done = false;
    try {
      work.run();
      commit();
      done = true;
    } finally {
      if (!done) {
        rollback();
      }
    }
  }

  /// Waits until nobody else changes the store, and begins a transaction. [#commit] or [#rollback]
  /// ends it, on the same thread.
  void begin() {
    lock();
    boolean done = false;
    try {
      asking.lock();
      try {
        done("begin", () -> command("BEGIN TRANSACTION"));
        changes = true;
      } finally {
        asking.unlock();
      }
      done = true;
    } finally {
      if (!done) {
        unlock();
      }
    }
  }

  /// Waits until nobody else changes the store, and keeps others from it until [#unlock].
  void lock() {
    database.changing().lock();
  }

  void unlock() {
    database.changing().unlock();
  }

  /// Makes all changes since [#begin] visible; when that fails they must be rolled back.
  void commit() {
    done("commit", () -> command("COMMIT"));
    changes = false;
    unlock();
  }

  void rollback() {
    try {
      undo();
    } finally {
      changes = false;
      unlock();
    }
  }

  private void undo() {
    try {
      command("ROLLBACK");
    } catch (SQLException e) {
      // The transaction has already ended with the fault that led here.
      return;
    }
  }

  @Override
  public void close() {
    tried(
        "close",
        () -> {
          database.close(this);
          return true;
        });
  }

  private <T> T done(String what, Work<T> work) {
    if (isRead) {
      throw new IllegalStateException("asked in the middle of another answer: " + what);
    }
    database.enter(this);
    try {
      return work.run();
    } catch (SQLException e) {
      if (isForNobody()) {
        throw new NobodyWaits(e);
      }
      throw isLate() ? new TooSlow(most) : database.fault(this, what, e);
    } catch (IllegalStateException e) {
      // The driver says so of a result whose connection was closed.
      throw moved ? Database.elsewhere(e) : e;
    } finally {
      database.leave(this);
    }
  }

  interface Work<T> {
    T run() throws SQLException;
  }

  static <T> T tried(String what, Work<T> work) {
    try {
      return work.run();
    } catch (SQLException e) {
      throw StoreException.of(what, e);
    }
  }

  private static void bind(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }
}
