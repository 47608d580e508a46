package io.pulso.server.store;

import org.jspecify.annotations.Nullable;

/// Where the derived tables stand and which records they are made of: the store's own tables from
/// all records, or temporary ones beside them from what was known at an earlier instant.
///
/// @param prefix of the names of the derived tables; empty for the store's own
/// @param knownAt only records received by then count, in microseconds; null for all
record Tables(String prefix, @Nullable Long knownAt) {
  static final Tables NOW = new Tables("", null);

  /// The stored roll-up and its tail as one: rows whose key has a tail are summed with it.
  private static final String WITH_TAIL =
      """
      (SELECT activity, subject, account, day, units FROM rollup r ANTI JOIN rollup_tail t USING (activity, subject, account, day)
       UNION ALL
       SELECT activity, subject, account, day, CAST(LEAST(SUM(units), 1000000000000) AS BIGINT) AS units FROM (
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
    boolean tail = prefix.isEmpty() && db.number("SELECT COUNT(*) FROM rollup_tail") > 0;
    return tail ? WITH_TAIL : name("rollup");
  }

  /// The catalog of the derived tables; null for the store's own.
  @Nullable String catalog() {
    return prefix.isEmpty() ? null : "temp";
  }

  /// A condition, to be added with AND, that keeps the records that count.
  String known() {
    return knownAt == null
        ? ""
        : "AND COALESCE(received_at, occurred_at) <= make_timestamptz(" + knownAt + ")";
  }
}
