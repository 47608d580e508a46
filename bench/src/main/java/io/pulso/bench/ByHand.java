package io.pulso.bench;

import io.pulso.server.journey.FunnelTold;
import io.pulso.server.journey.RetentionTold;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A funnel and a retention as one would write them in SQL for DuckDB, over the tables of a store.
final class ByHand {
  private final Path file;
  private final Report report;
  private final int today;

  /// @param today the local day after the last one, in UTC
  ByHand(Path file, Report report, int today) {
    this.file = file;
    this.report = report;
    this.today = today;
  }

  void run(FunnelTold funnel, RetentionTold retention) throws SQLException {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = duck.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      List<List<Long>> found = ask(statement, "the funnel, by hand", funnel(funnel));
      report.row(
          "customers at each step",
          found.getFirst().equals(funnel.whole().reached())
              ? "the same: " + funnel.whole().reached()
              : found.getFirst() + ", not " + funnel.whole().reached(),
          "the same");
      List<List<Long>> cells = ask(statement, "the retention, by hand", retention(retention));
      List<List<Long>> told = told(retention);
      report.row(
          "cells of the retention",
          cells.equals(told) ? told.size() + " the same" : cells + ", not " + told,
          "the same");
    }
  }

  private List<List<Long>> ask(Statement statement, String what, String sql) throws SQLException {
    long start = System.nanoTime();
    List<List<Long>> rows = new ArrayList<>();
    try (ResultSet found = statement.executeQuery(sql)) {
      int columns = found.getMetaData().getColumnCount();
      while (found.next()) {
        List<Long> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(found.getLong(i));
        }
        rows.add(row);
      }
    }
    report.row(what, Report.text("%.2f s", (System.nanoTime() - start) / 1e9), "");
    return rows;
  }

  /// For each first step the next ones by a join to the nearest later one, and how far each
  /// customer got with any of them.
  private static String funnel(FunnelTold told) {
    int steps = told.asked().funnel().steps().size();
    StringBuilder sql =
        new StringBuilder(
            "WITH e AS MATERIALIZED (SELECT e.person AS p, e.occurred_at AS t, k.event FROM event e JOIN kind k ON k.no = e.kind WHERE k.event IN (%s))"
                .formatted(
                    Events.NAMES.subList(0, steps).stream()
                        .map(name -> "'" + name + "'")
                        .collect(Collectors.joining(", "))));
    sql.append(
        ", s1 AS (SELECT p, t AS t1 FROM e WHERE event = '%s' AND t >= DATE '1970-01-01' + %d AND t < DATE '1970-01-01' + %d)"
            .formatted(
                Events.NAMES.getFirst(),
                told.asked().period().first(),
                told.asked().period().last() + 1));
    for (int step = 2; step <= steps; step++) {
      sql.append(
          ", s%1$d AS (SELECT s.*, n.t AS t%1$d FROM s%2$d s ASOF LEFT JOIN (SELECT p, t FROM e WHERE event = '%3$s') n ON n.p = s.p AND s.t%2$d < n.t)"
              .formatted(step, step - 1, Events.NAMES.get(step - 1)));
    }
    String reached =
        IntStream.rangeClosed(2, steps)
            .mapToObj(step -> "CASE WHEN " + within(step) + " THEN 1 ELSE 0 END")
            .collect(Collectors.joining(" + "));
    sql.append(", f AS (SELECT p, MAX(1 + %s) AS n FROM s%d GROUP BY p)".formatted(reached, steps));
    return sql
        + " SELECT "
        + IntStream.rangeClosed(1, steps)
            .mapToObj("COUNT(*) FILTER (n >= %d)"::formatted)
            .collect(Collectors.joining(", "))
        + " FROM f";
  }

  /// A step counts with all before it only: the nearest later event of nothing is some event.
  private static String within(int step) {
    return IntStream.rangeClosed(2, step)
        .mapToObj("t%d <= t1 + INTERVAL 7 DAY"::formatted)
        .collect(Collectors.joining(" AND "));
  }

  /// The weeks in which each customer was there, joined with the first of them.
  private String retention(RetentionTold told) {
    int first = told.cohorts().getFirst().period().first();
    return """
    WITH a AS (SELECT DISTINCT person AS p, CAST(floor(date_diff('day', DATE '1970-01-01' + %1$d, CAST(occurred_at AS DATE)) / 7) AS BIGINT) AS w
      FROM event WHERE occurred_at < DATE '1970-01-01' + %2$d),
    c AS (SELECT p, MIN(w) AS w FROM a GROUP BY p)
    SELECT c.w, a.w - c.w, COUNT(*) FROM a JOIN c USING (p) WHERE c.w >= 0 GROUP BY ALL ORDER BY ALL
    """
        .formatted(first, today);
  }

  private static List<List<Long>> told(RetentionTold told) {
    List<List<Long>> rows = new ArrayList<>();
    for (int cohort = 0; cohort < told.cohorts().size(); cohort++) {
      var cells = told.cohorts().get(cohort).cells();
      for (int later = 0; later < cells.size(); later++) {
        Long there = cells.get(later).there();
        if (there != null && there > 0) {
          rows.add(List.of((long) cohort, (long) later, there));
        }
      }
    }
    return Collections.unmodifiableList(rows);
  }
}
