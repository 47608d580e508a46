package io.pulso.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Properties;

/// The same scores by a hand-written query of DuckDB over the raw Parquet files with text ids, as a
/// program of its own: `Peers FOLDER LAST_DAY OUTPUT [plain]`.
final class Peers {
  private Peers() {}

  public static void main(String[] args) throws Exception {
    Properties settings = new Properties();
    settings.setProperty("threads", "2");
    settings.setProperty("memory_limit", "6GB");
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:", settings);
        Statement statement = duck.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute(
          "COPY (%s ORDER BY customer) TO '%s' (FORMAT csv, HEADER)"
              .formatted(query(args[0], LocalDate.parse(args[1])), args[2]));
    }
  }

  /// Caps are per day, so each day is summed by itself.
  static String query(String folder, LocalDate last) {
    StringBuilder days = new StringBuilder();
    for (int age = 0; age < 30; age++) {
      Path file = Path.of(folder, "day=%s.parquet".formatted(last.minusDays(age)));
      days.append(age == 0 ? "" : " UNION ALL ")
          .append(
              "SELECT customer, sum(least(n, cap) * points) AS s FROM (SELECT customer, event, count(*) AS n FROM read_parquet('%s') GROUP BY ALL) JOIN model USING (event) GROUP BY customer"
                  .formatted(file));
    }
    return "WITH model(event, cap, points) AS (VALUES %s), d AS (%s) SELECT customer, sum(s) / 10 AS score FROM d GROUP BY customer"
        .formatted(model(), days);
  }

  /// Points in tenths, so that sums are of whole numbers.
  static String model() {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < Events.NAMES.size(); i++) {
      rows.append(i == 0 ? "" : ", ")
          .append(
              "('%s', %d, %d)"
                  .formatted(
                      Events.NAMES.get(i),
                      ModelText.dayCap(i),
                      Math.round(ModelText.POINTS[i] * 10)));
    }
    return rows.toString();
  }
}
