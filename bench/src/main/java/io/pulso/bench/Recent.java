package io.pulso.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/// Copies the events of [Events] so that the last day is yesterday: a server scores the days up to
/// now, and older events would lie in no window. Some events become e-mails, clicks and tickets,
/// and have the ids of those and of orders, as the metrics of the catalogue read them.
///
/// `Recent FOLDER TO [DAYS]`; so many of the last days, otherwise all.
public final class Recent {
  private static final String EVENT =
      """
      CASE event WHEN 'Export Made' THEN 'Email Delivered' WHEN 'Invite Sent' THEN 'Email Link Clicked'
        WHEN 'Chat Started' THEN 'Social Clicked' WHEN 'Video Watched' THEN 'Ticket Resolved' ELSE event END\
      """;

  private static final String PROPERTIES =
      """
      CASE WHEN event = 'Order Completed' THEN replace(props, '{', '{"order_id":"' || message_id || '",')
        WHEN event IN ('Ticket Created', 'Video Watched') THEN replace(props, '{', '{"ticket_id":"' || customer || dayofyear(ts) // 5 || '",')
        WHEN event IN ('Export Made', 'Email Opened', 'Invite Sent') THEN replace(props, '{', '{"email_id":"' || weekofyear(ts) || '",')
        ELSE props END\
      """;

  private Recent() {}

  public static void main(String[] args) throws IOException, SQLException {
    Path to = Files.createDirectories(Path.of(args[1]));
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of(args[0]))) {
      files = all.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    }
    int days = args.length > 2 ? Integer.parseInt(args[2]) : files.size();
    LocalDate yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
    long later = ChronoUnit.DAYS.between(day(files.getLast()), yesterday);
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      for (Path file : files.subList(files.size() - days, files.size())) {
        statement.execute(
            "COPY (SELECT * REPLACE (ts + INTERVAL %d DAY AS ts, %s AS event, %s AS props) FROM '%s') TO '%s' (FORMAT parquet, COMPRESSION zstd)"
                .formatted(
                    later,
                    EVENT,
                    PROPERTIES,
                    file,
                    to.resolve("day=%s.parquet".formatted(day(file).plusDays(later)))));
      }
    }
  }

  private static LocalDate day(Path file) {
    String name = file.getFileName().toString();
    return LocalDate.parse(name.substring(name.indexOf('=') + 1, name.indexOf(".parquet")));
  }
}
