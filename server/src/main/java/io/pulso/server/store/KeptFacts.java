package io.pulso.server.store;

import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.sql.DaySql;
import io.pulso.engine.sql.DuckDb;
import io.pulso.engine.sql.FactSql;
import io.pulso.engine.sql.KeptFact;
import io.pulso.engine.sql.KeptRows;
import io.pulso.engine.time.LocalDays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The rows that are kept of what metrics count, and those of events that came since: together they
/// always tell what the events tell. Each fact is kept up to an import, its mark; what changes
/// records of earlier ones lowers the mark.
final class KeptFacts implements KeptRows {
  /// In the place of a value where there is none.
  private static final String NO_VALUE = "CAST('00000000-0000-0000-0000-000000000000' AS UUID)";

  private static final String SUBJECT = "COALESCE(m.subject, r.person)";

  private final Db db;
  private final LocalDays days;

  KeptFacts(Db db, LocalDays days) {
    this.db = db;
    this.days = days;
  }

  /// A fact whose rows are kept.
  ///
  /// @param mark below 0 where there are too many
  record Row(int no, KeptFact fact, int mark) {}

  List<Row> all() {
    return db.list(
        "SELECT no, names, matched, told, number, message, mark FROM kept_fact ORDER BY no",
        row ->
            new Row(
                row.getInt(1),
                new KeptFact(
                    Objects.requireNonNull(row.getString(2)),
                    Objects.requireNonNull(row.getString(3)),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6)),
                row.getInt(7)));
  }

  @Override
  public @Nullable String of(Measure.Leaf leaf, Period reach) {
    KeptFact need = KeptFact.of(leaf, new DuckDb());
    if (need == null) {
      return null;
    }
    return all().stream()
        .filter(row -> row.mark() >= 0 && row.fact().tells(need))
        .findFirst()
        .map(row -> print(row, leaf, need, reach))
        .orElse(null);
  }

  private String print(Row row, Measure.Leaf leaf, KeptFact need, Period reach) {
    FactSql.Question question = FactSql.Question.of(Every.WHOLE, List.of(reach), null, days, "");
    String when =
        "occurred_at >= make_timestamptz(%d) AND occurred_at < make_timestamptz(%d)"
            .formatted(question.from(), question.to());
    // The rows of events are printed for what is needed alone, which is less to read.
    String since = need.rows("e.import > %d AND e.%s".formatted(row.mark(), when));
    String told = need.value() == null ? "NULL" : "told";
    return """
    (SELECT %1$s AS day, %2$s AS subject, epoch_us(r.occurred_at) AS occurred, r.number, r.told AS value, COALESCE(r.told, %9$s) AS pair, r.message
      FROM (
        SELECT person, occurred_at, number, %3$s AS told, message FROM fact_row
        WHERE fact = %4$d AND import <= %5$d AND %6$s
        UNION ALL
        SELECT person, occurred_at, number, CAST(md5(value) AS UUID) AS told, message FROM (
        %7$s)) r
      LEFT JOIN merged m ON m.person = r.person
    %8$s)\
    """
        .formatted(
            DaySql.print("r.occurred_at", question.offsets(), new DuckDb()),
            SUBJECT,
            told,
            row.no(),
            row.mark(),
            when,
            since,
            FactSql.people(leaf.of().who(), "", SUBJECT),
            need.value() == null ? "NULL" : NO_VALUE);
  }

  /// How often stored records were changed or removed.
  long changes() {
    return changes(db);
  }

  static long changes(Db db) {
    return db.number("SELECT often FROM fact_changes");
  }

  /// Says that records were changed or removed whose rows are gone, or do not count any more.
  static void changed(Db db) {
    db.run("UPDATE fact_changes SET often = often + 1");
  }

  /// Says that records of an import, or of later ones, were changed.
  static void changedFrom(Db db, long first) {
    changed(db);
    db.run("UPDATE kept_fact SET mark = CAST(? AS INTEGER) WHERE mark >= ?", first - 1, first);
  }

  /// Forgets everything: it is made anew.
  static void clear(Db db) {
    changed(db);
    // Who is just reading goes on with the rows; they go when facts are kept again.
    db.run("DELETE FROM kept_fact");
  }
}
