package io.pulso.server.store;

import io.pulso.engine.sql.DaySql;
import io.pulso.engine.sql.DuckDb;
import io.pulso.engine.time.LocalDays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Rules over the events that one id has within seconds of each other: machines that read mail, and
/// bursts. A new event can take earlier ones along, but never lets one back in, so it is enough to
/// look at what lies around it. Events at midnight sharp are dates without a time of day and begin
/// no run.
final class RunRules {
  private static final long SECOND = 1_000_000;

  /// Further apart, events do not matter to each other.
  private static final long AROUND = 60 * SECOND;

  private static final long MINUTE = 60 * SECOND - 1;

  private final Verdicts verdicts;
  private final Db db;
  private final LocalDays days;
  private final JudgedRecords which;

  RunRules(Verdicts verdicts, LocalDays days, JudgedRecords which) {
    this.verdicts = verdicts;
    this.db = verdicts.db;
    this.days = days;
    this.which = which;
  }

  /// Events to look at, with `moment` in microseconds and whether they are dated only.
  ///
  /// @param kinds of these events, as the right side of IN; null for all
  /// @return null when there are none
  private @Nullable String around(@Nullable String kinds) {
    String these = "person IS NOT NULL" + (kinds == null ? "" : " AND kind IN (" + kinds + ")");
    List<Long> extent =
        db.list(
                "SELECT epoch_us(MIN(occurred_at)), epoch_us(MAX(occurred_at)), COUNT(*) FROM event WHERE %s AND %s"
                    .formatted(these, which.condition()),
                row -> List.of(row.getLong(1), row.getLong(2), row.getLong(3)))
            .getFirst();
    if (extent.get(2) == 0) {
      return null;
    }
    long from = extent.get(0) - AROUND;
    long to = extent.get(1) + AROUND;
    String near =
        which.first() == null
            ? ""
            : "AND occurred_at BETWEEN make_timestamptz(%d) AND make_timestamptz(%d) AND person IN (SELECT person FROM event WHERE %s AND %s)"
                .formatted(from, to, these, which.condition());
    List<LocalDays.Offset> offsets = days.offsets(from, to);
    return """
    SELECT *, epoch_us(occurred_at) AS moment,
      epoch_us(occurred_at) %% 86400000000 = 0 OR %s <> %s AS dated
    FROM event WHERE %s %s
    """
        .formatted(
            DaySql.print("occurred_at", offsets, new DuckDb()),
            DaySql.print("(occurred_at - INTERVAL 1 MICROSECOND)", offsets, new DuckDb()),
            these,
            near);
  }

  /// Events of which one id has more than so many of one kind within a minute.
  void bursts(int most) {
    String events = around(null);
    if (events != null) {
      verdicts.add(
          Exclusion.BURST,
          """
          SELECT import, seq FROM (
            SELECT import, seq, MAX(following) OVER (
                PARTITION BY person, kind ORDER BY moment RANGE BETWEEN %1$d PRECEDING AND CURRENT ROW) AS most
            FROM (
              SELECT import, seq, person, kind, moment, COUNT(*) OVER (
                  PARTITION BY person, kind ORDER BY moment RANGE BETWEEN CURRENT ROW AND %1$d FOLLOWING) AS following
              FROM (%2$s) WHERE NOT dated))
          WHERE most > %3$d
          """
              .formatted(MINUTE, events, most));
    }
  }

  /// Machines that open mail or press its links.
  void mail(QualityRules.Mail rule) {
    String names = "'Email Delivered', 'Email Opened', 'Email Link Clicked'";
    String events =
        around("SELECT no FROM kind WHERE type = 'track' AND event IN (%s)".formatted(names));
    if (events == null) {
      return;
    }
    db.run(
        """
        CREATE OR REPLACE TEMP TABLE mail_event AS
        SELECT m.import, m.seq, m.person, m.moment, m.dated, k.event = 'Email Delivered' AS delivered,
          k.event = 'Email Opened' AS opened, k.event = 'Email Link Clicked' AS clicked,
          %1$s AS mail, %2$s AS link, %3$s AS ip, %4$s AS agent, m.flags
        FROM (%5$s) AS m JOIN kind k ON k.no = m.kind
        """
            .formatted(
                first(
                    "email_id",
                    "mail_id",
                    "campaign_id",
                    "campaign",
                    "campaign_name",
                    "email_subject"),
                first("link_url", "url", "link", "href", "link_id"),
                Verdicts.text("m.context", "ip"),
                Verdicts.text("m.context", "userAgent"),
                events));
    boolean scanners = !rule.networks().isEmpty();
    if (scanners) {
      verdicts.choose("scanner", "SELECT ip FROM mail_event WHERE clicked", rule.networks()::hold);
    }
    verdicts.add(Exclusion.MAIL_SCANNER, runs(scanners));
    if (!rule.prefetchers().isEmpty()) {
      verdicts.add(
          Exclusion.MACHINE_OPEN,
          "SELECT import, seq FROM mail_event WHERE opened AND (%s)"
              .formatted(
                  rule.prefetchers().stream()
                      .map(RunRules::matches)
                      .collect(Collectors.joining(" OR "))));
    }
    db.run("DROP TABLE IF EXISTS scanner");
    db.run("DROP TABLE mail_event");
  }

  /// The first of some properties that is there, as a text.
  private static String first(String... keys) {
    return List.of(keys).stream()
        .map(key -> "m.properties->>" + Verdicts.literal("$." + key))
        .collect(Collectors.joining(", ", "COALESCE(", ", '')"));
  }

  /// `*` stands for any text.
  private static String matches(String pattern) {
    String like =
        pattern.replace("!", "!!").replace("%", "!%").replace("_", "!_").replace("*", "%");
    return "agent LIKE %s ESCAPE '!'".formatted(Verdicts.literal(like));
  }

  /// All opens and clicks of one mail by one id that lie within ten seconds of what only a machine
  /// does.
  private String runs(boolean scanners) {
    String mail = "OVER (PARTITION BY person, mail ORDER BY moment RANGE BETWEEN ";
    String next10 = mail + "CURRENT ROW AND %d FOLLOWING)".formatted(10 * SECOND);
    String last10 = mail + "%d PRECEDING AND CURRENT ROW)".formatted(10 * SECOND);
    String both10 = mail + "%1$d PRECEDING AND %1$d FOLLOWING)".formatted(10 * SECOND);
    String next2 = mail + "CURRENT ROW AND %d FOLLOWING)".formatted(2 * SECOND);
    String last2 = mail + "%d PRECEDING AND CURRENT ROW)".formatted(2 * SECOND);
    return """
    SELECT import, seq FROM (
      SELECT import, seq, opened OR clicked AS act, BOOL_OR(machine) %5$s AS run FROM (
        SELECT *, (opened OR clicked) AND (
            (clicked AND NOT dated AND many_before) OR (NOT dated AND at_once_before) OR (clicked AND %6$s)) AS machine
        FROM (
          SELECT *, BOOL_OR(many) %2$s AS many_before, BOOL_OR(at_once) %4$s AS at_once_before
          FROM (
            SELECT *, COUNT(DISTINCT CASE WHEN clicked AND NOT dated THEN NULLIF(link, '') END) %1$s >= 3 AS many,
              delivered AND NOT dated AND BOOL_OR(opened) %3$s AND BOOL_OR(clicked) %3$s AS at_once
            FROM mail_event))))
    WHERE act AND run
    """
        .formatted(
            next10,
            last10,
            next2,
            last2,
            both10,
            scanners
                ? "((flags & %d) <> 0 OR COALESCE(ip IN (SELECT text FROM scanner), FALSE))"
                    .formatted(Incoming.FLAG_SCANNER_NETWORK)
                : "FALSE");
  }
}
