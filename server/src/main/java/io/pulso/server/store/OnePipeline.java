package io.pulso.server.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;

/// Whether the rows of an answer come out of one pipeline. Those of a union come out of several,
/// and DuckDB waits for itself forever where both sides join and one fills the buffer of a streamed
/// answer before the other has ended (<https://github.com/duckdb/duckdb/issues/22215>).
final class OnePipeline {
  /// Operators that end the pipelines below them.
  private static final Set<String> ENDS =
      Set.of(
          "HASH_GROUP_BY",
          "PERFECT_HASH_GROUP_BY",
          "PARTITIONED_AGGREGATE",
          "UNGROUPED_AGGREGATE",
          "ORDER_BY",
          "TOP_N",
          "WINDOW");

  private OnePipeline() {}

  static boolean gives(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet plan = statement.executeQuery("EXPLAIN " + sql)) {
      plan.next();
      return !isUnion(plan.getString(2).lines().toList());
    }
  }

  /// Whether the rows of a drawn plan are those of a union. The operators whose rows come out stand
  /// one below the other in boxes on the left, the last one on top.
  private static boolean isUnion(List<String> plan) {
    for (int line = 0; line + 1 < plan.size(); line++) {
      String name = plan.get(line).startsWith("┌") ? plan.get(line + 1).split("[│├]", 3)[1] : "";
      if (name.strip().equals("UNION")) {
        return true;
      }
      if (isEnd(name.strip())) {
        return false;
      }
    }
    return false;
  }

  /// Long names are cut in small boxes.
  private static boolean isEnd(String name) {
    return name.endsWith("...")
        ? ENDS.stream().anyMatch(end -> end.startsWith(name.substring(0, name.length() - 3)))
        : ENDS.contains(name);
  }
}
