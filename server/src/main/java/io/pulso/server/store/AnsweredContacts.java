package io.pulso.server.store;

import io.pulso.engine.metric.SubjectDays;
import io.pulso.engine.metric.SubjectDaysBuilder;
import io.pulso.engine.sql.ContactSql;
import io.pulso.engine.sql.DuckDb;
import io.pulso.engine.time.LocalDays;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBAppender;

/// Which contacts were answered. Days of activity tell it of most of them; the events of the others
/// are read.
final class AnsweredContacts {
  private static final String OPEN = "open_contact";

  /// Any event on one of the next days is within seven times 24 hours, also where clocks are set.
  private static final int SURE = ContactSql.ANSWER_DAYS - 2;

  /// No event after these days is.
  private static final int MOST = ContactSql.ANSWER_DAYS + 1;

  private final Db db;
  private final SubjectDays active;
  private final ContactSql sql;
  private final int first;
  private final int last;
  private final SubjectDaysBuilder answered;

  /// Those of which the days do not tell it.
  private final List<Contact> open = new ArrayList<>();

  private record Contact(int subject, long at, int day) {}

  /// Of contacts between two days, both included.
  ///
  /// @param span one more than the greatest number that is told
  AnsweredContacts(Db db, LocalDays days, Tables tables, int span, int first, int last) {
    RollUps rollUps = new RollUps(db, days, tables);
    rollUps.ensureActive();
    this.db = db;
    this.active = rollUps.active(span, first, last + MOST);
    this.sql = new ContactSql(first, last, days, tables.prefix(), new DuckDb());
    this.first = first;
    this.last = last;
    this.answered = SubjectDays.builder(span, first);
  }

  /// The days of contacts that were answered.
  SubjectDays read() {
    db.chunks(
        "SELECT CAST(subject AS INTEGER), told_at, CAST(day AS INTEGER) FROM (%s) AS contact WHERE day BETWEEN %d AND %d"
            .formatted(sql.contacts(), first, last),
        chunk -> {
          for (long i = 0; i < chunk.rowCount(); i++) {
            take(chunk.vector(0).getInt(i), chunk.vector(1).getLong(i), chunk.vector(2).getInt(i));
          }
        });
    if (!open.isEmpty()) {
      readOpen();
    }
    return answered.build();
  }

  private void take(int subject, long at, int day) {
    if (subject >= active.subjects()) {
      return;
    }
    if (active.isWithin(subject, day + 1, day + SURE)) {
      answered.add(subject, day);
    } else if (active.isWithin(subject, day, day + MOST)) {
      open.add(new Contact(subject, at, day));
    }
  }

  private void readOpen() {
    db.run(
        "CREATE OR REPLACE TEMP TABLE %s (subject INTEGER, told_at BIGINT, day INTEGER)"
            .formatted(OPEN));
    Db.tried(
        "append contacts",
        () -> {
          try (DuckDBAppender appender = db.appender("temp", OPEN)) {
            for (Contact each : open) {
              appender
                  .beginRow()
                  .append(each.subject())
                  .append(each.at())
                  .append(each.day())
                  .endRow();
            }
          }
          return true;
        });
    db.chunks(
        sql.answered(OPEN),
        chunk -> {
          for (long i = 0; i < chunk.rowCount(); i++) {
            answered.add(chunk.vector(0).getInt(i), chunk.vector(1).getInt(i));
          }
        });
    db.run("DROP TABLE " + OPEN);
  }
}
