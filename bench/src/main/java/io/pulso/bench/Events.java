package io.pulso.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;

/// Synthetic events for measuring: 20 names, 90 days, customers with a heavy tail, the same for the
/// same seed. One Parquet file a day; CSV and JSON lines of the first days.
///
/// @param rows in all days together
/// @param properties whether each event has four properties
record Events(Path folder, long rows, int customers, boolean properties) {
  static final int DAYS = 90;
  static final LocalDate FIRST = LocalDate.of(2026, 6, 1);
  static final List<String> NAMES =
      List.of(
          "Page Seen",
          "Feature Used",
          "Search Performed",
          "Report Viewed",
          "File Opened",
          "Comment Added",
          "Task Done",
          "Email Opened",
          "Session Ended",
          "Invite Sent",
          "Export Made",
          "Chat Started",
          "Video Watched",
          "Integration Used",
          "Dashboard Shared",
          "Ticket Created",
          "Survey Answered",
          "Order Completed",
          "Plan Upgraded",
          "Plan Cancelled");

  /// Makes the files that are missing.
  void make() throws SQLException, IOException {
    Files.createDirectories(folder);
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute("SET preserve_insertion_order = false");
      for (int day = 0; day < DAYS; day++) {
        Path file = parquet(day);
        if (!Files.exists(file)) {
          Path part = file.resolveSibling(file.getFileName() + ".part");
          statement.execute(
              "COPY (%s) TO '%s' (FORMAT parquet, COMPRESSION zstd)".formatted(day(day), part));
          Files.move(part, file);
        }
      }
    }
  }

  Path parquet(int day) {
    return folder.resolve("day=%s.parquet".formatted(FIRST.plusDays(day)));
  }

  /// The first rows as CSV with a header.
  Path csv(long count) throws SQLException, IOException {
    return text(
        "events.csv", count, "message_id, customer, event, ts, value", "FORMAT csv, HEADER");
  }

  /// The first rows as Segment payloads, one a line.
  Path segment(long count) throws SQLException, IOException {
    return text(
        "segment.jsonl",
        count,
        """
        'track' AS type, message_id AS "messageId", customer AS "userId", event,
        strftime(ts, '%Y-%m-%dT%H:%M:%S.%gZ') AS timestamp,
        {plan: props->>'$.plan', feature: props->>'$.feature', ms: (props->>'$.ms')::INT, ok: TRUE, value: value} AS properties
        """,
        "FORMAT json");
  }

  private Path text(String name, long count, String columns, String format)
      throws SQLException, IOException {
    Path file = folder.resolveSibling(count + "-" + name);
    if (!Files.exists(file)) {
      Path part = file.resolveSibling(file.getFileName() + ".part");
      try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
          Statement statement = duck.createStatement()) {
        statement.execute("SET TimeZone = 'UTC'");
        statement.execute(
            "COPY (SELECT %s FROM read_parquet('%s/day=*.parquet') LIMIT %d) TO '%s' (%s)"
                .formatted(columns, folder, count, part, format));
      }
      Files.move(part, file);
    }
    return file;
  }

  private String day(int day) {
    long first = rows / DAYS * day;
    String start = FIRST.plusDays(day).toString();
    String props =
        properties
            ? """
            , '{"plan":"' || (CASE (h // 7) % 3 WHEN 0 THEN 'free' WHEN 1 THEN 'team' ELSE 'business' END)
              || '","feature":"f' || ((h // 11) % 40) || '","ms":' || ((h // 13) % 90000) || ',"ok":'
              || (CASE WHEN (h // 17) % 10 > 0 THEN 'true' ELSE 'false' END) || '}' AS props
            """
            : "";
    return """
    SELECT md5('e' || i)::UUID::VARCHAR AS message_id,
      'c' || lpad(CAST(CAST(floor(%d * pow(u, 2.2)) AS INTEGER) AS VARCHAR), 7, '0') AS customer,
      list_value(%s)[1 + CAST(floor(20 * pow(v, 1.6)) AS INTEGER)] AS event,
      TIMESTAMPTZ '%s 00:00:00+00' + to_microseconds(CAST((i - %d) * %d AS BIGINT)) AS ts,
      CAST((h // 23) %% 10000 AS DOUBLE) / 100 AS value%s
    FROM (SELECT i, hash(i) AS h, (hash(i * 3 + 1) %% 1000003) / 1000003.0 AS u, (hash(i * 5 + 2) %% 1000033) / 1000033.0 AS v
          FROM range(%d, %d) t(i))
    ORDER BY ts
    """
        .formatted(
            customers,
            String.join(", ", NAMES.stream().map(n -> "'" + n + "'").toList()),
            start,
            first,
            86_400_000_000L / Math.max(rows / DAYS, 1),
            props,
            first,
            first + rows / DAYS);
  }
}
