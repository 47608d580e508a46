package io.pulso.engine.sql;

import io.pulso.engine.expr.Path;
import io.pulso.engine.time.LocalDays;
import java.util.List;
import java.util.stream.Collectors;

/// Prints the query of contacts that customers answered: columns `subject, day`, once for each
/// customer and local day of a contact. An answer is an active event after the contact, at most
/// seven times 24 hours.
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

  private ContactSql() {}

  /// Of contacts between two local days, both included.
  ///
  /// @param derived prefix of the names of the derived tables
  public static String print(int first, int last, LocalDays days, String derived, Dialect dialect) {
    long from = days.start(first) - MARGIN;
    long to = days.start(last + 1) + ANSWER + MARGIN;
    String active =
        "(k.passive = 0 OR (k.passive = 2 AND NOT COALESCE(%s, FALSE)))"
            .formatted(dialect.present("e.properties", AGENT.steps()));
    String events =
        """
          SELECT COALESCE(m.subject, e.person) AS subject, %s AS told_at, %s AS day, %%d AS contact
          FROM event e
          JOIN kind k ON k.no = e.kind
          LEFT JOIN %smerged m ON m.person = e.person
          WHERE e.excluded = 0 AND e.person IS NOT NULL AND e.occurred_at >= %s AND e.occurred_at < %s
            AND %%s\
        """
            .formatted(
                dialect.micros("e.occurred_at"),
                DaySql.print("e.occurred_at", days.offsets(from, to), dialect),
                derived,
                dialect.instant(from),
                dialect.instant(to));
    String contacts = events.formatted(1, "k.event IN (" + names(dialect) + ") AND NOT " + active);
    return """
    SELECT DISTINCT subject, CAST(day AS INTEGER) AS day
    FROM (
      -- the next active event after each contact
      SELECT subject, contact, day, told_at,
        MIN(CASE WHEN contact = 0 THEN told_at END) OVER (
          PARTITION BY subject ORDER BY told_at, contact ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS answered
      FROM (
        -- contacts (1), and active events (0) of those who were contacted
    %s
        UNION ALL
        SELECT * FROM (
    %s
        ) AS active
        WHERE subject IN (SELECT subject FROM (
    %s
        ) AS contacted)
      ) AS told
    ) AS placed
    WHERE contact = 1 AND day BETWEEN %d AND %d AND answered - told_at <= %d\
    """
        .formatted(
            contacts.indent(2).stripTrailing(),
            events.formatted(0, active).indent(4).stripTrailing(),
            contacts.indent(4).stripTrailing(),
            first,
            last,
            ANSWER);
  }

  private static String names(Dialect dialect) {
    return java.util.stream.Stream.concat(CONTACTS.stream(), java.util.stream.Stream.of(REPLIED))
        .map(dialect::text)
        .collect(Collectors.joining(", "));
  }
}
