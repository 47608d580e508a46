package io.pulso.engine.sql;

import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.By;
import io.pulso.engine.metric.Select;
import io.pulso.engine.metric.SessionFact;
import io.pulso.engine.model.Unit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Prints the query that counts sessions for a metric: columns `period, part, n, total`. A period
/// is told by its first local day, and `total` is in microseconds where it is a time. The part is
/// what the first event of a session says, or its last page view where exits are counted.
public final class SessionSql {
  private final SessionFact fact;
  private final Select.Who who;
  private final FactSql.Question question;
  private final String active;
  private final Dialect dialect;

  /// Whether the number of the subject stands beside `period, part` as `drawn`.
  private final boolean drawn;

  private final PlaceSql place;
  private final Columns columns = new EventColumns();

  private SessionSql(
      SessionFact fact,
      Select.Who who,
      FactSql.Question question,
      String active,
      Dialect dialect,
      boolean drawn) {
    this.fact = fact;
    this.who = who;
    this.question = question;
    this.active = active;
    this.dialect = dialect;
    this.drawn = drawn;
    this.place = PlaceSql.of(question, drawn);
  }

  /// The query.
  ///
  /// @param active a table, or a query in brackets, of the days on which subjects were active:
  ///   `activity` is 0, and `subject, day`
  public static String print(
      SessionFact fact, Select.Who who, FactSql.Question question, String active, Dialect dialect) {
    return new SessionSql(fact, who, question, active, dialect, false).print();
  }

  /// As [#print], with one more column `drawn`, the number of the subject; not of medians, nor of
  /// what is told of subjects.
  static String drawn(
      SessionFact fact, Select.Who who, FactSql.Question question, Dialect dialect) {
    return new SessionSql(fact, who, question, "", dialect, true).print();
  }

  /// The number of each session that counts, of a fact that is a median: columns `day, number`.
  ///
  /// @param question which asks for days
  public static String numbers(
      SessionFact fact, Select.Who who, FactSql.Question question, Dialect dialect) {
    SessionSql sql = new SessionSql(fact, who, question, "", dialect, false);
    return "SELECT period AS day, %s AS number FROM (\n%s\n) AS visit"
        .formatted(sql.number(), sql.sessions("x.day"));
  }

  private String print() {
    return switch (fact) {
      case ALL, WITH_PAGE, BOUNCES, EXITS -> counted("COUNT(*)", "COUNT(*)");
      case PAGES -> counted("COUNT(*)", "SUM(pages)");
      case VISITORS -> counted("COUNT(DISTINCT subject)", "COUNT(DISTINCT subject)");
      case SECONDS -> counted("COUNT(*)", dialect.sum("took"));
      case SECONDS_MEDIAN, DAYS_BETWEEN_MEDIAN -> median(number(), sessions(day()));
      case ACTIVE, RETURNING -> subjects();
      case OF_RETURNING -> ofReturning();
      case INTERVALS -> counted("COUNT(*)", "COUNT(*)");
      case DAYS_BETWEEN -> counted("COUNT(*)", dialect.sum("since"));
    };
  }

  private String counted(String n, String total) {
    return """
    SELECT %1$s, CAST(%2$s AS BIGINT) AS n, CAST(%3$s AS DECIMAL(38, 0)) AS total
    FROM (
    %4$s
    ) AS visit
    GROUP BY %5$s\
    """
        .formatted(place.told(), n, total, sessions(day()), place.keys());
  }

  /// Twice the median, so that it is a whole number: the sum of the two in the middle.
  private static String median(String value, String from) {
    return """
    SELECT period, part, CAST(MAX(many) AS BIGINT) AS n,
      CAST(SUM(CASE WHEN 2 * place = many + 1 THEN 2 * %1$s ELSE %1$s END) AS DECIMAL(38, 0)) AS total
    FROM (
      SELECT period, part, %1$s,
        ROW_NUMBER() OVER (PARTITION BY period, part ORDER BY %1$s) AS place,
        COUNT(*) OVER (PARTITION BY period, part) AS many
      FROM (
    %2$s
      ) AS visit
    ) AS ordered
    WHERE 2 * place BETWEEN many AND many + 2
    GROUP BY period, part\
    """
        .formatted(value, from.indent(4).stripTrailing());
  }

  /// The local day that decides on the period.
  private String day() {
    return fact == SessionFact.EXITS
        ? DaySql.print("x.exit_at", question.offsets(), dialect)
        : "x.day";
  }

  /// The sessions that count, with period and part.
  private String sessions(String day) {
    List<String> filters = new ArrayList<>();
    filters.add("%s BETWEEN %d AND %d".formatted(day, question.first(), question.last()));
    filters.addAll(
        switch (fact) {
          case WITH_PAGE, PAGES -> List.of("x.pages > 0");
          case BOUNCES -> List.of("x.pages = 1", "x.events = 1");
          case EXITS ->
              List.of(
                  "x.exit_at >= " + dialect.instant(question.from()),
                  "x.exit_at < " + dialect.instant(question.to()));
          case DAYS_BETWEEN, DAYS_BETWEEN_MEDIAN, INTERVALS -> List.of("x.previous_at IS NOT NULL");
          case ALL, SECONDS, SECONDS_MEDIAN, VISITORS, ACTIVE, RETURNING, OF_RETURNING -> List.of();
        });
    return """
      -- sessions that count, with their period
      SELECT %s AS period,
        %s AS part,%s
        x.subject AS subject,
        x.pages AS pages,
        %s AS %s
      FROM %ssession x
    %s%s  WHERE %s\
    """
        .formatted(
            PeriodSql.print(day, question.every(), question.periods(), dialect),
            part(),
            drawnColumn(),
            isBetween()
                ? lasts("x.started_at", "x.previous_at")
                : lasts("x.ended_at", "x.started_at"),
            number(),
            question.derived(),
            event(),
            people("x.subject"),
            String.join("\n    AND ", filters));
  }

  /// Whether what lies between the starts of sessions is told, and not how long they took.
  private boolean isBetween() {
    return fact == SessionFact.DAYS_BETWEEN || fact == SessionFact.DAYS_BETWEEN_MEDIAN;
  }

  private String number() {
    return isBetween() ? "since" : "took";
  }

  private String lasts(String to, String from) {
    return dialect.micros(to) + " - " + dialect.micros(from);
  }

  private String drawnColumn() {
    return drawn ? "\n    x.subject AS drawn," : "";
  }

  private String part() {
    Path by = question.by();
    if (by == null) {
      return "CAST(NULL AS STRING)";
    }
    return By.isGroup(by) ? "g.part" : part(by);
  }

  private String part(Path by) {
    List<String> ways =
        By.places(by).stream()
            .map(place -> UnitSql.distinctKey(new Unit.Distinct(place), columns, dialect))
            .toList();
    return ways.size() == 1 ? ways.getFirst() : "COALESCE(" + String.join(", ", ways) + ")";
  }

  /// The event that tells the part.
  private String event() {
    Path by = question.by();
    if (by == null) {
      return "";
    }
    if (By.isGroup(by)) {
      return groups();
    }
    String which = fact == SessionFact.EXITS ? "exit" : "first";
    Path.Root root = by.root();
    return "  JOIN event e ON e.import = x.%1$s_import AND e.seq = x.%1$s_seq\n".formatted(which)
        + EventJoins.print(
            question.derived(),
            new EventJoins.Needs(
                false,
                root == Path.Root.SOURCE,
                root == Path.Root.TRAITS,
                false,
                root == Path.Root.ACCOUNT));
  }

  private static String groups() {
    return "  LEFT JOIN %s g ON g.subject = x.subject\n".formatted(FactSql.GROUPS);
  }

  private String people(String subject) {
    return switch (who) {
      case ANYBODY -> "";
      case IDENTIFIED ->
          "  JOIN %ssubject u ON u.no = %s AND u.identified\n"
              .formatted(question.derived(), subject);
      case ANONYMOUS ->
          "  JOIN %ssubject u ON u.no = %s AND NOT u.identified\n"
              .formatted(question.derived(), subject);
    };
  }

  /// The periods in which subjects were active, and since when they ever were.
  ///
  /// @param by what the events that made them active are told by; null for one part
  private String activePeriods(@Nullable Path by) {
    boolean grouped = By.isGroup(by);
    Path told = grouped ? null : by;
    return """
      -- subjects by the periods in which they were active
      SELECT DISTINCT %1$s AS period, x.subject AS subject, f.since AS since,
        %2$s AS part
      FROM %3$s x
      JOIN (SELECT subject, MIN(day) AS since FROM %4$s r WHERE activity = 0 GROUP BY subject) f ON f.subject = x.subject
    %5$s%6$s  WHERE x.activity = 0
        AND x.day BETWEEN %7$d AND %8$d\
    """
        .formatted(
            PeriodSql.print("x.day", question.every(), question.periods(), dialect),
            told != null ? "x.part" : grouped ? "g.part" : "CAST(NULL AS STRING)",
            told != null ? activeEvents(told) : active,
            active,
            grouped ? groups() : "",
            people("x.subject"),
            question.first(),
            question.last());
  }

  /// The events that made subjects active, with what they are told by.
  private String activeEvents(Path by) {
    Path.Root root = by.root();
    return """
    (
        SELECT 0 AS activity, COALESCE(m.subject, e.person) AS subject, %s AS day,
          %s AS part
        FROM event e
    %s    WHERE e.excluded = 0 AND e.person IS NOT NULL
          AND e.occurred_at >= %s
          AND e.occurred_at < %s
          AND (%s)
      )\
    """
        .formatted(
            DaySql.print("e.occurred_at", question.offsets(), dialect),
            part(by),
            EventJoins.print(
                    question.derived(),
                    new EventJoins.Needs(
                        true,
                        root == Path.Root.SOURCE,
                        root == Path.Root.TRAITS,
                        false,
                        root == Path.Root.ACCOUNT))
                .indent(2),
            dialect.instant(question.from()),
            dialect.instant(question.to()),
            StepSql.active(columns, dialect));
  }

  private String subjects() {
    return """
    SELECT period, part, CAST(COUNT(*) AS BIGINT) AS n, CAST(COUNT(*) AS DECIMAL(38, 0)) AS total
    FROM (
    %s
    ) AS visitor
    WHERE %s
    GROUP BY period, part\
    """
        .formatted(
            activePeriods(question.by()),
            fact == SessionFact.RETURNING ? "since < period" : "TRUE");
  }

  /// Who has a session was active on the day on which it starts.
  private String ofReturning() {
    return """
    SELECT v.period AS period, v.part AS part, CAST(COUNT(*) AS BIGINT) AS n, CAST(COUNT(*) AS DECIMAL(38, 0)) AS total
    FROM (
    %1$s
    ) AS v
    JOIN (SELECT subject, MIN(day) AS since FROM %2$s r WHERE activity = 0 GROUP BY subject) f
      ON f.subject = v.subject AND f.since < v.period
    GROUP BY v.period, v.part\
    """
        .formatted(sessions("x.day"), active);
  }
}
