package io.pulso.engine.sql;

import io.pulso.engine.expr.Path;
import io.pulso.engine.time.LocalDays;
import java.util.List;
import java.util.stream.Collectors;

/// Prints the queries of contacts, and of those that customers answered. An answer is an active
/// event after the contact, at most seven times 24 hours.
public final class ContactSql {
  /// Names of events by which a company contacts a customer. Replies to tickets are among them
  /// where an agent wrote them.
  public static final List<String> CONTACTS =
      List.of(
          "Email Delivered",
          "SMS Delivered",
          "Push Delivered",
          "Push Notification Received",
          "Survey Sent");

  public static final String REPLIED = "Ticket Replied";

  /// Days in which an answer counts.
  public static final int ANSWER_DAYS = 7;

  private static final long ANSWER = ANSWER_DAYS * 86_400_000_000L;
  private static final long MARGIN = 86_400_000_000L;
  private static final Path AGENT =
      new Path(Path.Root.PROPERTIES, List.of(new Path.Step.Key("agent")));

  private final LocalDays days;
  private final String derived;
  private final Dialect dialect;
  private final long from;
  private final long to;

  /// Of contacts between two local days, both included.
  ///
  /// @param derived prefix of the names of the derived tables
  public ContactSql(int first, int last, LocalDays days, String derived, Dialect dialect) {
    this.days = days;
    this.derived = derived;
    this.dialect = dialect;
    this.from = days.start(first) - MARGIN;
    this.to = days.start(last + 1) + ANSWER + MARGIN;
  }

  /// The contacts: `subject, told_at, day`.
  public String contacts() {
    return events("k.event IN (" + names(dialect) + ") AND NOT " + active());
  }

  /// Those of some contacts that were answered: `subject, day`.
  ///
  /// @param contacts a table with the columns of [#contacts]
  public String answered(String contacts) {
    return """
    SELECT DISTINCT c.subject, c.day
    FROM %s c
    JOIN (
    %s
    ) AS answer ON answer.subject = c.subject AND answer.told_at > c.told_at AND answer.told_at <= c.told_at + %d\
    """
        .formatted(contacts, events(active()), ANSWER);
  }

  private String events(String which) {
    return """
      SELECT COALESCE(m.subject, e.person) AS subject, %s AS told_at, %s AS day
      FROM event e
      JOIN kind k ON k.no = e.kind
      LEFT JOIN %smerged m ON m.person = e.person
      WHERE e.excluded = 0 AND e.person IS NOT NULL AND e.occurred_at >= %s AND e.occurred_at < %s
        AND %s\
    """
        .formatted(
            dialect.micros("e.occurred_at"),
            DaySql.print("e.occurred_at", days.offsets(from, to), dialect),
            derived,
            dialect.instant(from),
            dialect.instant(to),
            which);
  }

  private String active() {
    return "(k.passive = 0 OR (k.passive = 2 AND NOT COALESCE(%s, FALSE)))"
        .formatted(dialect.present("e.properties", AGENT.steps()));
  }

  private static String names(Dialect dialect) {
    return java.util.stream.Stream.concat(CONTACTS.stream(), java.util.stream.Stream.of(REPLIED))
        .map(dialect::text)
        .collect(Collectors.joining(", "));
  }
}
