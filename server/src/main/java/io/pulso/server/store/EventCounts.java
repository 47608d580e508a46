package io.pulso.server.store;

import io.pulso.engine.expr.Cel;
import io.pulso.engine.expr.ExpressionException;
import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonText;
import io.pulso.engine.model.ActivityKey;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.Unit;
import io.pulso.engine.sql.DaySql;
import io.pulso.engine.sql.DuckDb;
import io.pulso.engine.time.LocalDays;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How often, and when last, everybody did what a track call names. Where a model counts just that
/// it is rolled up, and no event is read.
final class EventCounts {
  private static final long DAY = 86_400_000_000L;

  private final Db db;
  private final LocalDays days;
  private final Tables tables;
  private final Model.Subject kind;

  EventCounts(Db db, LocalDays days, Tables tables, Model.Subject kind) {
    this.db = db;
    this.days = days;
    this.tables = tables;
    this.kind = kind;
  }

  /// Takes a number of a subject.
  interface Pair {
    void take(int subject, long value);
  }

  /// How many there are between two days, both included.
  ///
  /// @param span one more than the greatest number of a subject
  int[] counts(int span, String event, int from, int to) {
    Integer rolledUp = rollUp(event);
    int[] counts = new int[span];
    numbers(
        db,
        rolledUp == null
            ? events("COUNT(*)", event, from, to)
            : "SELECT subject, SUM(units) // 1000 FROM %s WHERE activity = %d AND day BETWEEN %d AND %d GROUP BY 1"
                .formatted(tables.units(db), rolledUp, from, to),
        (subject, count) -> put(counts, subject, (int) Math.min(count, Integer.MAX_VALUE)));
    return counts;
  }

  /// The last day up to `to` with one; [Standings#NEVER] where there is none.
  int[] lastOf(int span, String event, int to) {
    Integer rolledUp = rollUp(event);
    int[] last = new int[span];
    Arrays.fill(last, Standings.NEVER);
    numbers(
        db,
        rolledUp == null
            ? events("MAX(%s)".formatted(day(to)), event, Integer.MIN_VALUE, to)
            : "SELECT subject, MAX(day) FROM %s WHERE activity = %d AND day <= %d GROUP BY 1"
                .formatted(tables.units(db), rolledUp, to),
        (subject, day) -> put(last, subject, (int) day));
    return last;
  }

  /// The number of the roll-up of just these calls; null where there is none.
  private @Nullable Integer rollUp(String event) {
    if (kind != Model.Subject.CUSTOMER) {
      return null;
    }
    try {
      String match = "event == " + JsonText.write(new Json.Str(event));
      String key =
          ActivityKey.of(
              Cel.read(match, Cel.Scope.EVENT).condition(), new Unit.Occurrences(), kind);
      return new RollUps(db, days, tables).numbers().get(key);
    } catch (ExpressionException e) {
      // No model can ask for such a name.
      return null;
    }
  }

  private String events(String what, String event, int from, int to) {
    boolean account = kind == Model.Subject.ACCOUNT;
    String since =
        from == Integer.MIN_VALUE
            ? ""
            : "AND e.occurred_at >= make_timestamptz(%d)".formatted(days.start(from) - DAY);
    return """
    SELECT %s AS subject, %s FROM event e LEFT JOIN %s m ON m.person = e.person %s
    WHERE e.excluded = 0 AND e.person IS NOT NULL AND e.kind IN (SELECT no FROM kind WHERE event = %s)
      %s AND e.occurred_at < make_timestamptz(%d) AND %s BETWEEN %d AND %d
    GROUP BY 1 HAVING subject IS NOT NULL
    """
        .formatted(
            account ? "COALESCE(e.account, b.account)" : "COALESCE(m.subject, e.person)",
            what,
            tables.name("merged"),
            account
                ? "LEFT JOIN %s b ON b.subject = COALESCE(m.subject, e.person) AND e.occurred_at >= b.from_at AND e.occurred_at < b.to_at"
                    .formatted(tables.name("membership"))
                : "",
            new DuckDb().text(event),
            since,
            days.start(to + 1) + DAY,
            day(to),
            from,
            to);
  }

  private String day(int to) {
    List<Long> first =
        db.list(
            "SELECT epoch_us(MIN(occurred_at)) FROM event HAVING COUNT(*) > 0",
            row -> row.getLong(1));
    long until = days.start(to + 1) + DAY;
    long from = first.isEmpty() ? until : Math.min(first.getFirst(), until);
    return DaySql.print("e.occurred_at", days.offsets(from, until), new DuckDb());
  }

  /// Hands over what a query of subjects and numbers gives.
  static void numbers(Db db, String sql, Pair to) {
    db.chunks(
        "SELECT CAST(a AS INTEGER), CAST(b AS BIGINT) FROM (%s) AS x(a, b)".formatted(sql),
        chunk -> {
          for (long i = 0; i < chunk.rowCount(); i++) {
            if (!chunk.vector(0).isNull(i)) {
              to.take(chunk.vector(0).getInt(i), chunk.vector(1).getLong(i));
            }
          }
        });
  }

  static void put(int[] into, int subject, int value) {
    if (subject < into.length) {
      into[subject] = value;
    }
  }
}
