package io.pulso.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A database that is closed and opened again under its connections.
class DatabaseTest {
  @TempDir private Path folder;

  @Test
  void a_connection_that_is_just_being_closed_does_not_keep_the_old_database() throws Exception {
    Database database = new Database(folder, this::opened);
    try (Db root = database.first()) {
      CountDownLatch asked = new CountDownLatch(1);
      CountDownLatch answered = new CountDownLatch(1);
      root.function(
          "slow",
          new Class<?>[] {Double.class},
          Boolean.class,
          (in, out) -> {
            asked.countDown();
            answered.await();
            out.setBoolean(0, true);
          });
      Db reader = root.duplicate();
      CompletableFuture<Long> read = started(() -> reader.number("SELECT slow(1.0)"));
      asked.await();
      CompletableFuture<Boolean> closed =
          started(() -> {
            reader.close();
            return true;
          });
      CompletableFuture<Boolean> reopened =
          started(() ->
              root.locked(() -> {
                database.reopen(() -> {});
                return true;
              }));
      assertThat(isWaiting(reopened)).isTrue();
      answered.countDown();
      assertThat(closed.get(20, TimeUnit.SECONDS)).isTrue();
      assertThat(reopened.get(20, TimeUnit.SECONDS)).isTrue();
      assertThat(root.number("SELECT 1")).isOne();
      assertThat(read.handle((number, fault) -> true).get(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void who_reads_with_several_questions_is_waited_for_and_nobody_else_comes_in() throws Exception {
    Database database = new Database(folder, this::opened);
    try (Db root = database.first()) {
      Db reader = root.duplicate();
      reader.run("CREATE TEMP TABLE mine AS SELECT 7 AS a");
      CompletableFuture<Boolean> reopened =
          started(() ->
              root.locked(() -> {
                database.reopen(() -> {});
                return true;
              }));
      while (!database.changing().isLocked()) {
        Thread.onSpinWait();
      }
      assertThat(isWaiting(reopened)).isTrue();
      CompletableFuture<Boolean> newcomer =
          started(() -> {
            root.duplicate().close();
            return true;
          });
      assertThat(isWaiting(newcomer)).isTrue();
      assertThat(reader.number("SELECT a FROM mine")).isEqualTo(7);
      assertThat(reader.number("SELECT a + 1 FROM mine")).isEqualTo(8);
      assertThat(newcomer).isNotDone();
      assertThat(reopened).isNotDone();
      reader.close();
      assertThat(reopened.get(20, TimeUnit.SECONDS)).isTrue();
      assertThat(newcomer.get(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void what_is_stored_between_plan_and_run_of_a_question_is_not_in_its_answer() throws Exception {
    Database database = new Database(folder, this::opened);
    try (Db root = database.first()) {
      root.run("CREATE TABLE t AS SELECT range AS no FROM range(5)");
      assertThat(meanwhile(root, db -> db.number("SELECT COUNT(*) FROM t WHERE no < 5")))
          .isEqualTo(5);
      assertThat(meanwhile(root, DatabaseTest::streamed)).isEqualTo(6);
      assertThat(meanwhile(root, DatabaseTest::kept)).isEqualTo(7);
    }
  }

  private static long streamed(Db db) {
    AtomicLong rows = new AtomicLong();
    db.chunks("SELECT no FROM t WHERE no < 6", chunk -> rows.addAndGet(chunk.rowCount()));
    return rows.get();
  }

  private static long kept(Db db) {
    db.run("CREATE TEMP TABLE u AS SELECT no FROM t WHERE no < 7");
    return db.number("SELECT COUNT(*) FROM u");
  }

  /// The answer to a question, when another connection stores the next number after it was planned.
  private static long meanwhile(Db root, ToLongFunction<Db> question) throws Exception {
    Asker asker = new Asker(Duration.ofMinutes(1));
    try (Db reader = root.duplicate().of(asker)) {
      FutureTask<Long> asked = new FutureTask<>(() -> question.applyAsLong(reader));
      Thread thread = Thread.ofPlatform().unstarted(asked);
      // Who asks says so to the asker between plan and run.
      synchronized (asker) {
        thread.start();
        while (thread.getState() != Thread.State.BLOCKED) {
          Thread.onSpinWait();
        }
        root.run("INSERT INTO t SELECT MAX(no) + 1 FROM t");
      }
      return asked.get(20, TimeUnit.SECONDS);
    }
  }

  /// Whether something that was begun has not ended after a while; its fault if it has one.
  private static boolean isWaiting(CompletableFuture<?> work) throws Exception {
    try {
      work.get(200, TimeUnit.MILLISECONDS);
      return false;
    } catch (TimeoutException e) {
      return true;
    }
  }

  private static <T extends @Nullable Object> CompletableFuture<T> started(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, Thread.ofPlatform()::start);
  }

  /// The settings of a database that is already open are refused.
  private DuckDBConnection opened() {
    try {
      DuckDBConnection connection =
          NativeLibrary.open(folder.resolve("a.duckdb").toString(), new Properties());
      Db db = new Db(connection);
      db.run("SET TimeZone = 'UTC'");
      db.run("SET lock_configuration = true");
      return connection;
    } catch (SQLException e) {
      throw new StoreException("not opened", e);
    }
  }
}
