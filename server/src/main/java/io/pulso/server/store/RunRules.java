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
  private static final int EVENTS_AT_ONCE = 4_000_000;

  private final Verdicts verdicts;
  private final Db db;
  private final LocalDays days;
  private final JudgedRecords which;
  private final int atOnce;

  RunRules(Verdicts verdicts, LocalDays days, JudgedRecords which) {
    this(verdicts, days, which, EVENTS_AT_ONCE);
  }

  /// @param atOnce about how many events are looked at in one go
  RunRules(Verdicts verdicts, LocalDays days, JudgedRecords which, int atOnce) {
    this.verdicts = verdicts;
    this.db = verdicts.db;
    this.days = days;
    this.which = which;
    this.atOnce = atOnce;
  }

  /// Events to look at.
  ///
  /// @param from where they are found, as what follows FROM, for parts of the people
  /// @param parts in how many they are looked at, so that none takes too much memory
  private record Around(String from, int parts, List<LocalDays.Offset> offsets) {
    String part(int number) {
      return parts == 1 ? from : from + " AND person %% %d = %d".formatted(parts, number);
    }

    /// Whether an event is a date without a time of day.
    String dated() {
      return "(epoch_us(occurred_at) %% 86400000000 = 0 OR %s <> %s)"
          .formatted(
              DaySql.print("occurred_at", offsets, new DuckDb()),
              DaySql.print("(occurred_at - INTERVAL 1 MICROSECOND)", offsets, new DuckDb()));
    }
  }

  /// @param kinds of these events, as the right side of IN; null for all
  /// @return null when there are none
  private @Nullable Around around(@Nullable String kinds) {
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
    boolean many = extent.get(2) > atOnce;
    String people =
        many
            ? ""
            : "AND person IN (SELECT person FROM event WHERE %s AND %s)"
                .formatted(these, which.condition());
    String near =
        which.first() == null
            ? ""
            : "AND occurred_at BETWEEN make_timestamptz(%d) AND make_timestamptz(%d) %s"
                .formatted(from, to, people);
    return new Around(
        "event WHERE %s %s".formatted(these, near),
        Math.toIntExact(1 + extent.get(2) / atOnce),
        days.offsets(from, to));
  }

  /// Events of which one id has more than so many of one kind within a minute.
  void bursts(int most) {
    Around around = around(null);
    for (int part = 0; around != null && part < around.parts(); part++) {
      verdicts.add(
          Exclusion.BURST,
          """
          SELECT import, seq FROM (
            SELECT import, seq, MAX(following) OVER (
                PARTITION BY person, kind ORDER BY moment RANGE BETWEEN %1$d PRECEDING AND CURRENT ROW) AS most
            FROM (
              SELECT import, seq, person, kind, moment, COUNT(*) OVER (
                  PARTITION BY person, kind ORDER BY moment RANGE BETWEEN CURRENT ROW AND %1$d FOLLOWING) AS following
              FROM (SELECT import, seq, person, kind, epoch_us(occurred_at) AS moment FROM %2$s AND NOT %3$s)))
          WHERE most > %4$d
          """
              .formatted(MINUTE, around.part(part), around.dated(), most));
    }
  }

  /// Machines that open mail or press its links.
  void mail(QualityRules.Mail rule) {
    String kinds = kinds("'Email Delivered', 'Email Opened', 'Email Link Clicked'");
    Around around = kinds.isEmpty() ? null : around(kinds);
    if (around == null) {
      return;
    }
    if (!rule.prefetchers().isEmpty()) {
      prefetched(rule.prefetchers());
    }
    String scanned = scanned(around, rule.networks());
    db.run(
        "CREATE OR REPLACE TEMP TABLE mail_near (import INTEGER, seq BIGINT, person INTEGER, moment BIGINT, what VARCHAR, scanned BOOLEAN)");
    for (int part = 0; part < around.parts(); part++) {
      near(around.part(part), scanned);
    }
    suspects();
    if (db.number("SELECT COUNT(*) FROM mail_near") > 0) {
      events(around);
      verdicts.add(Exclusion.MAIL_SCANNER, runs());
    }
    db.run("DROP TABLE IF EXISTS scanner");
    db.run("DROP TABLE mail_near");
    db.run("DROP TABLE IF EXISTS mail_event");
  }

  /// Whether an event comes from a network of scanners, as SQL.
  private String scanned(Around around, Networks networks) {
    if (networks.isEmpty()) {
      return "FALSE";
    }
    String ip = Verdicts.text("context", "ip");
    verdicts.choose("scanner", "SELECT %s FROM %s".formatted(ip, around.from()), networks::hold);
    return "((flags & %d) <> 0 OR COALESCE(%s IN (SELECT text FROM scanner), FALSE))"
        .formatted(Incoming.FLAG_SCANNER_NETWORK, ip);
  }

  /// The numbers of the kinds of events with these names, as the inside of a list.
  private String kinds(String names) {
    return db
        .list(
            "SELECT no FROM kind WHERE type = 'track' AND event IN (%s)".formatted(names),
            row -> Integer.toString(row.getInt(1)))
        .stream()
        .collect(Collectors.joining(", "));
  }

  private void prefetched(List<String> prefetchers) {
    String opened = kinds("'Email Opened'");
    if (opened.isEmpty()) {
      return;
    }
    verdicts.add(
        Exclusion.MACHINE_OPEN,
        "SELECT import, seq FROM (SELECT import, seq, %s AS agent FROM event WHERE %s AND person IS NOT NULL AND kind IN (%s)) WHERE %s"
            .formatted(
                Verdicts.text("context", "userAgent"),
                which.condition(),
                opened,
                prefetchers.stream()
                    .map(RunRules::matches)
                    .collect(Collectors.joining(" OR ", "(", ")"))));
  }

  /// Gathers the mail events that lie close to another one of the same id: most lie alone, and
  /// cannot be a machine's.
  private void near(String events, String scanned) {
    db.run(
        """
        INSERT INTO mail_near SELECT f.import, f.seq, f.person, f.moment, k.event, f.scanned FROM (
          SELECT *, moment - LAG(moment) OVER mine AS before, LEAD(moment) OVER mine - moment AS after
          FROM (SELECT import, seq, person, kind, epoch_us(occurred_at) AS moment, %2$s AS scanned FROM %3$s)
          WINDOW mine AS (PARTITION BY person ORDER BY moment)) f
        JOIN kind k ON k.no = f.kind
        WHERE before <= %1$d OR after <= %1$d OR scanned
        """
            .formatted(10 * SECOND, scanned, events));
  }

  /// Leaves those around which a machine may have been, whatever mail they are of.
  private void suspects() {
    db.run(
        """
        DELETE FROM mail_near WHERE (import, seq) NOT IN (
          SELECT (import, seq) FROM (
            SELECT import, seq, BOOL_OR(suspect) OVER (
                PARTITION BY person ORDER BY moment RANGE BETWEEN %1$d PRECEDING AND %1$d FOLLOWING) AS keep
            FROM (
              SELECT *, scanned OR COUNT(*) FILTER (WHERE what = 'Email Link Clicked') OVER next10 >= 3
                OR (what = 'Email Delivered' AND BOOL_OR(what = 'Email Opened') OVER next2 AND BOOL_OR(what = 'Email Link Clicked') OVER next2) AS suspect
              FROM mail_near
              WINDOW next10 AS (PARTITION BY person ORDER BY moment RANGE BETWEEN CURRENT ROW AND %2$d FOLLOWING),
                next2 AS (PARTITION BY person ORDER BY moment RANGE BETWEEN CURRENT ROW AND %3$d FOLLOWING)))
          WHERE keep)
        """
            .formatted(20 * SECOND, 10 * SECOND, 2 * SECOND));
  }

  /// What is said of the events in `mail_near`.
  private void events(Around around) {
    db.run(
        """
        CREATE OR REPLACE TEMP TABLE mail_event AS
        SELECT n.person, n.import, n.seq, n.moment, n.scanned, %3$s AS dated, n.what = 'Email Delivered' AS delivered,
          n.what = 'Email Opened' AS opened, n.what = 'Email Link Clicked' AS clicked, %1$s AS mail, %2$s AS link
        FROM (SELECT import, seq, occurred_at, properties FROM %4$s) AS m
        JOIN mail_near n ON n.import = m.import AND n.seq = m.seq
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
                around.dated(),
                around.from()));
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
  private static String runs() {
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
            (clicked AND NOT dated AND many_before) OR (NOT dated AND at_once_before) OR (clicked AND scanned)) AS machine
        FROM (
          SELECT *, BOOL_OR(many) %2$s AS many_before, BOOL_OR(at_once) %4$s AS at_once_before
          FROM (
            SELECT *, COUNT(DISTINCT CASE WHEN clicked AND NOT dated THEN NULLIF(link, '') END) %1$s >= 3 AS many,
              delivered AND NOT dated AND BOOL_OR(opened) %3$s AND BOOL_OR(clicked) %3$s AS at_once
            FROM mail_event))))
    WHERE act AND run
    """
        .formatted(next10, last10, next2, last2, both10);
  }
}
