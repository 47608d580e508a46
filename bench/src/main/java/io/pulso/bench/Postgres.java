package io.pulso.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;

/// The same scores in PostgreSQL over the last days that hold a number of rows, through `psql` of a
/// server that runs on this machine; left out where there is none.
final class Postgres {
  private Postgres() {}

  static void run(Events events, long rows, LocalDate last, Path folder, Report report)
      throws IOException, InterruptedException, SQLException {
    Path log = folder.resolve("log.txt");
    if (psql(log, "SELECT 1").status() != 0) {
      report.row("PostgreSQL", "left out: `psql` reaches no server", "");
      return;
    }
    int days = (int) Math.max(1, rows * Events.DAYS / events.rows());
    Path csv = folder.resolve("postgres.csv");
    String files = files(events, last, days);
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute(
          "COPY (SELECT customer, event, CAST(ts AS DATE) AS day FROM read_parquet([%s])) TO '%s' (FORMAT csv, HEADER false)"
              .formatted(files, csv));
    }
    psql(
        log,
        "DROP TABLE IF EXISTS pulso_bench; CREATE UNLOGGED TABLE pulso_bench (customer text, event text, day date)");
    Child load = psql(log, "\\copy pulso_bench FROM '%s' CSV".formatted(csv));
    psql(log, "ANALYZE pulso_bench");
    String scores =
        "SELECT customer, sum(least(n, cap) * points) AS s FROM (SELECT customer, event, day, count(*) AS n FROM pulso_bench GROUP BY 1, 2, 3) x JOIN (VALUES %s) m(event, cap, points) USING (event) GROUP BY customer"
            .formatted(Peers.model());
    String query =
        "SET work_mem = '1GB'; SET jit = off; SELECT count(*), sum(s) FROM (%s) y"
            .formatted(scores);
    double[] theirs = new double[3];
    double[] duck = new double[3];
    for (int i = 0; i < 3; i++) {
      theirs[i] = psql(log, query).seconds();
      duck[i] = duck(files);
    }
    psql(log, "\\copy (%s) TO '%s' CSV".formatted(scores, csv));
    String same = same(files, csv);
    psql(log, "DROP TABLE pulso_bench");
    Files.deleteIfExists(csv);
    report.row(
        "PostgreSQL: copy of %,d days".formatted(days), Report.text("%.1f s", load.seconds()), "");
    report.row(
        "PostgreSQL: the same scores of these days, cached",
        Report.text(
            "%.1f s; hand-written DuckDB query %.1f s", Report.median(theirs), Report.median(duck)),
        "");
    report.row("… both give the same scores", same, "all");
  }

  /// How many of DuckDB's scores are PostgreSQL's.
  private static String same(String files, Path csv) throws SQLException {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT count(*) FILTER (d.s = p.s), count(*) FROM (%s) d FULL JOIN read_csv('%s', header = false, columns = {'customer': 'VARCHAR', 's': 'DECIMAL(18,1)'}) p USING (customer)"
                    .formatted(duckScores(files), csv))) {
      found.next();
      return Report.text("%,d of %,d the same", found.getLong(1), found.getLong(2));
    }
  }

  private static String duckScores(String files) {
    return "SELECT customer, sum(least(n, cap) * points) AS s FROM (SELECT customer, event, CAST(ts AS DATE) AS day, count(*) AS n FROM read_parquet([%s]) GROUP BY ALL) JOIN (VALUES %s) m(event, cap, points) USING (event) GROUP BY customer"
        .formatted(files, Peers.model());
  }

  private static String files(Events events, LocalDate last, int days) {
    StringBuilder files = new StringBuilder();
    for (int age = 0; age < days; age++) {
      files
          .append(age == 0 ? "'" : ", '")
          .append(events.folder().resolve("day=%s.parquet".formatted(last.minusDays(age))))
          .append("'");
    }
    return files.toString();
  }

  private static double duck(String files) throws SQLException {
    long start = System.nanoTime();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute("SET threads = 2");
      statement.execute("SELECT count(*), sum(s) FROM (%s)".formatted(duckScores(files)));
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static Child psql(Path log, String sql) throws IOException, InterruptedException {
    return Child.run(
        log, List.of("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", "postgres", "-c", sql));
  }
}
