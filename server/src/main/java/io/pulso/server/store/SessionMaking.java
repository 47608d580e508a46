package io.pulso.server.store;

import io.pulso.engine.session.Session;
import io.pulso.engine.session.SessionCutter;
import io.pulso.engine.session.SessionMaker;
import io.pulso.engine.sql.DuckDb;
import io.pulso.engine.sql.SessionEventSql;
import io.pulso.engine.time.LocalDays;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBDataChunkReader;
import org.jspecify.annotations.Nullable;

/// Brings the table `session` up to date: reads the events of those whose sessions are due, from
/// where no session of theirs goes on.
final class SessionMaking {
  /// The name of the stored setting: the longest pause that does not end a session, in
  /// microseconds.
  static final String PAUSE = "session_pause";

  /// Batches from the network make the sessions of those who are due themselves when they are so
  /// many, so that what is due does not grow while nobody asks.
  private static final long MANY = 20_000;

  private static final long EVENTS_AT_ONCE = 1_000_000;
  private static final long DAY = 86_400_000_000L;

  private final Db db;
  private final LocalDays days;
  private final Tables tables;
  private final SessionDue due;

  SessionMaking(Db db, LocalDays days, Tables tables) {
    this.db = db;
    this.days = days;
    this.tables = tables;
    this.due = new SessionDue(db, tables);
  }

  /// Makes what is due.
  void ensure() {
    if (due.count() > 0) {
      db.transaction(this::run);
    }
  }

  /// As [#ensure], inside a transaction of the caller, where very many are due but not everybody:
  /// to make all sessions takes as long as to read all events.
  void runIfMany() {
    if (due.count() >= MANY && !due.isAll()) {
      run();
    }
  }

  /// As [#ensure], inside a transaction of the caller.
  void run() {
    if (due.count() == 0) {
      return;
    }
    long pause = pause(db);
    db.run("CREATE OR REPLACE TEMP TABLE made_session AS SELECT * FROM session LIMIT 0");
    Long first = null;
    String since = null;
    if (due.isAll()) {
      db.run("DELETE FROM " + table());
    } else {
      since = "session_since";
      first = since(pause);
    }
    read(since, first, pause);
    store();
    db.run("DROP TABLE made_session");
    db.run("DROP TABLE IF EXISTS session_since");
    due.clear();
  }

  private String table() {
    return tables.name("session");
  }

  /// The longest pause that does not end a session, in microseconds.
  static long pause(Db db) {
    return db
        .list("SELECT value FROM setting WHERE name = ?", row -> row.getString(1), PAUSE)
        .stream()
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(SessionCutter.USUAL_PAUSE);
  }

  /// Removes the sessions of those who are due from where none goes on, and gives the earliest of
  /// these instants.
  private long since(long pause) {
    db.run(
        "CREATE OR REPLACE TEMP TABLE session_since AS SELECT subject, MIN(since) AS since FROM %s GROUP BY subject"
            .formatted(due.table()));
    String reaching =
        """
        UPDATE session_since AS f SET since = x.since FROM (
          SELECT s.subject, MIN(epoch_us(s.started_at)) AS since FROM %s s JOIN session_since d ON d.subject = s.subject
          WHERE epoch_us(s.ended_at) >= d.since - %d GROUP BY s.subject) x
        WHERE x.subject = f.subject AND x.since < f.since
        """
            .formatted(table(), pause);
    long moved;
    do {
      moved = db.run(reaching);
    } while (moved > 0);
    db.run(
        "DELETE FROM %s s USING session_since f WHERE f.subject = s.subject AND epoch_us(s.started_at) >= f.since"
            .formatted(table()));
    return db.number("SELECT MIN(since) FROM session_since");
  }

  private void read(@Nullable String since, @Nullable Long first, long pause) {
    List<Long> extent =
        db.list(
                "SELECT epoch_us(MIN(occurred_at)), epoch_us(MAX(occurred_at)), COUNT(*) FROM event",
                row -> List.of(row.getLong(1), row.getLong(2), row.getLong(3)))
            .getFirst();
    if (extent.get(2) == 0) {
      return;
    }
    long from = first == null ? extent.get(0) : Math.max(first, extent.get(0));
    long to = extent.get(1) + 1;
    long parts = Math.max(1, Math.min(extent.get(2) / EVENTS_AT_ONCE + 1, (to - from) / DAY));
    List<Session> made = new ArrayList<>();
    SessionMaker maker = new SessionMaker(pause, made::add);
    if (since != null) {
      db.list(
          "SELECT subject, epoch_us(MAX(started_at)) FROM %s SEMI JOIN %s USING (subject) GROUP BY subject"
              .formatted(table(), since),
          row -> {
            maker.follows(row.getInt(1), row.getLong(2));
            return true;
          });
    }
    for (long part = 0; part < parts && from < to; part++) {
      long begin = from + (to - from) / parts * part;
      long end = part + 1 == parts ? to : from + (to - from) / parts * (part + 1);
      read(since, begin, end, maker);
      write(made);
    }
    maker.end();
    write(made);
  }

  private void read(@Nullable String since, long from, long to, SessionMaker maker) {
    SessionEventSql.Reading reading =
        SessionEventSql.Reading.of(tables.prefix(), tables.knownAt(), from, to, since);
    db.chunks(SessionEventSql.print(reading, new DuckDb()), chunk -> take(chunk, maker));
    maker.endStretch(to);
  }

  private static void take(DuckDBDataChunkReader chunk, SessionMaker maker) {
    for (long i = 0; i < chunk.rowCount(); i++) {
      long id =
          chunk.vector(2).isNull(i)
              ? SessionCutter.NO_ID
              : SessionCutter.id(chunk.vector(2).getString(i));
      maker.take(
          chunk.vector(0).getInt(i),
          id,
          new Session.Ref(
              chunk.vector(1).getLong(i), chunk.vector(4).getInt(i), chunk.vector(5).getLong(i)),
          chunk.vector(3).getBoolean(i));
    }
  }

  /// Only between two questions: what is appended would end the answer to one of the same
  /// connection in the middle.
  private void write(List<Session> made) {
    Db.tried(
        "make sessions",
        () -> {
          try (DuckDBAppender out = db.appender("temp", "made_session")) {
            made.forEach(session -> append(out, session));
          }
          return true;
        });
    made.clear();
  }

  private void append(DuckDBAppender out, Session session) {
    db.appending(() -> {
      Session.Ref exit = session.exit();
      out.beginRow().append(session.subject()).append(session.id());
      out.append(days.day(session.startedAt()));
      out.appendEpochMicros(session.startedAt()).appendEpochMicros(session.endedAt());
      out.append(session.pages()).append(session.events());
      out.append(session.first().batch()).append(session.first().seq());
      if (exit == null) {
        out.appendNull().appendNull().appendNull();
      } else {
        out.appendEpochMicros(exit.at()).append(exit.batch()).append(exit.seq());
      }
      if (session.previousAt() == Session.NONE) {
        out.appendNull();
      } else {
        out.appendEpochMicros(session.previousAt());
      }
      out.endRow();
    });
  }

  /// Adds what was made; parts of a session with an id become one, with what was stored of it
  /// before.
  private void store() {
    String parts =
        "(SELECT * FROM made_session WHERE id <> 0 UNION ALL SELECT s.* FROM %s s SEMI JOIN (SELECT subject, id FROM made_session WHERE id <> 0) m ON m.subject = s.subject AND m.id = s.id)"
            .formatted(table());
    db.run(
        """
        CREATE OR REPLACE TEMP TABLE joined_session AS
        SELECT subject, id, arg_min(day, started_at) AS day, MIN(started_at) AS started_at, MAX(ended_at) AS ended_at,
          CAST(SUM(pages) AS INTEGER) AS pages, CAST(SUM(events) AS INTEGER) AS events,
          arg_min(first_import, started_at) AS first_import, arg_min(first_seq, started_at) AS first_seq,
          MAX(exit_at) AS exit_at, arg_max(exit_import, exit_at) AS exit_import, arg_max(exit_seq, exit_at) AS exit_seq,
          CAST(NULL AS TIMESTAMPTZ) AS previous_at
        FROM %s GROUP BY subject, id HAVING COUNT(*) > 1
        """
            .formatted(parts));
    for (String from : List.of("made_session", table())) {
      db.run(
          "DELETE FROM %s s USING joined_session j WHERE j.subject = s.subject AND j.id = s.id"
              .formatted(from));
    }
    db.run("INSERT INTO %s SELECT * FROM made_session".formatted(table()));
    db.run("INSERT INTO %s SELECT * FROM joined_session".formatted(table()));
    order();
    db.run("DROP TABLE joined_session");
  }

  /// Tells of the sessions of those with a session in several parts which one was before each.
  private void order() {
    db.run(
        """
        CREATE OR REPLACE TEMP TABLE ordered_session AS
        SELECT * REPLACE (LAG(started_at) OVER (PARTITION BY subject ORDER BY started_at, first_import, first_seq) AS previous_at)
        FROM %s SEMI JOIN joined_session USING (subject)
        """
            .formatted(table()));
    db.run(
        "DELETE FROM %s s USING joined_session j WHERE j.subject = s.subject".formatted(table()));
    db.run("INSERT INTO %s SELECT * FROM ordered_session".formatted(table()));
    db.run("DROP TABLE ordered_session");
  }
}
