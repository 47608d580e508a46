package io.pulso.server.store;

import io.pulso.engine.sql.KeptRows;
import io.pulso.engine.time.LocalDays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Where the derived tables stand and which records they are made of: the store's own tables from
/// all records, or temporary ones beside them from what was known at an earlier instant.
///
/// @param prefix of the names of the derived tables; empty for the store's own
/// @param knownAt only records received by then count, in microseconds; null for all
record Tables(String prefix, @Nullable Long knownAt) {
  static final Tables NOW = new Tables("", null);

  /// The rows of the stored roll-up whose key has no tail.
  private static final String WITHOUT_TAIL =
      "(SELECT activity, subject, account, day, units FROM rollup r ANTI JOIN rollup_tail t USING (activity, subject, account, day))";

  /// The tail, and the rows whose key has one, summed.
  private static final String WITH_TAIL =
      """
      (SELECT activity, subject, account, day, CAST(LEAST(SUM(units), 1000000000000) AS BIGINT) AS units FROM (
         SELECT activity, subject, account, day, units FROM rollup_tail
         UNION ALL
         SELECT activity, subject, account, day, units FROM rollup r SEMI JOIN rollup_tail t USING (activity, subject, account, day))
       GROUP BY activity, subject, account, day HAVING SUM(units) > 0)\
      """;

  /// The name of a derived table.
  String name(String table) {
    return prefix + table;
  }

  /// The rolled-up units, a table or a query in brackets: activity, subject, account, day, units.
  String units(Db db) {
    List<String> parts = unitParts(db);
    return parts.size() == 1
        ? parts.getFirst()
        : parts.stream().collect(Collectors.joining(" UNION ALL FROM ", "(FROM ", ")"));
  }

  /// As [#units], of the rows that meet a condition on the columns of the key; quicker where these
  /// are few.
  String units(Db db, String condition) {
    return hasTail(db)
        ? """
        (SELECT activity, subject, account, day, CAST(LEAST(SUM(units), 1000000000000) AS BIGINT) AS units FROM (
           SELECT activity, subject, account, day, units FROM rollup WHERE %1$s
           UNION ALL
           SELECT activity, subject, account, day, units FROM rollup_tail WHERE %1$s)
         GROUP BY activity, subject, account, day HAVING SUM(units) > 0)\
        """
            .formatted(condition)
        : "(FROM %s WHERE %s)".formatted(name("rollup"), condition);
  }

  private boolean hasTail(Db db) {
    return prefix.isEmpty() && db.number("SELECT COUNT(*) FROM rollup_tail") > 0;
  }

  /// As [#units], as parts whose rows can be read one after the other, see [OnePipeline]; to be
  /// asked for and read in one [Db#snapshot].
  List<String> unitParts(Db db) {
    return hasTail(db) ? List.of(WITHOUT_TAIL, WITH_TAIL) : List.of(name("rollup"));
  }

  /// The catalog of the derived tables; null for the store's own.
  @Nullable String catalog() {
    return prefix.isEmpty() ? null : "temp";
  }

  /// Where events are kept as rows for metrics.
  KeptRows kept(Db db, LocalDays days) {
    return prefix.isEmpty() ? new KeptFacts(db, days) : KeptRows.NONE;
  }

  /// A condition, to be added with AND, that keeps the records that count.
  String known() {
    return knownAt == null
        ? ""
        : "AND COALESCE(received_at, occurred_at) <= make_timestamptz(" + knownAt + ")";
  }
}
