package io.pulso.engine.sql;

import io.pulso.engine.expr.Cel;
import io.pulso.engine.expr.Condition;
import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.time.LocalDays;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Prints the query of what is told by what the same customer did before or after: columns `period,
/// part, number, n, total`, as [FactSql] does. What is [Measure.ToDate] comes by day and is still
/// to be added up.
public final class ChainSql {
  static final long DAY = 86_400_000_000L;
  private static final Select ANY =
      new Select(Cel.read("true", Cel.Scope.EVENT), Select.Who.ANYBODY);
  private static final Condition NO_AGENT =
      new Condition.Not(
          new Condition.Has(new Path(Path.Root.PROPERTIES, List.of(new Path.Step.Key("agent")))));

  private final Question question;
  private final Dialect dialect;
  private final EventValues values;

  /// What is asked.
  ///
  /// @param periods in order, each beginning on the day after the one before
  /// @param by what the parts are told by; null for one part
  /// @param derived prefix of the names of the derived tables
  /// @param begin the first day of all data, at the latest the first one of the periods
  /// @param today the day that is not over yet
  /// @param kept where events are kept as rows
  public record Question(
      Every every,
      List<Period> periods,
      @Nullable Path by,
      LocalDays days,
      String derived,
      int begin,
      int today,
      KeptRows kept) {
    public Question {
      periods = List.copyOf(periods);
      begin = Math.min(begin, periods.getFirst().first());
    }

    int first() {
      return periods.getFirst().first();
    }

    int last() {
      return periods.getLast().last();
    }
  }

  private ChainSql(Question question, Dialect dialect) {
    this.question = question;
    this.dialect = dialect;
    this.values = new EventValues(new EventColumns(), dialect);
  }

  public static String print(Measure.Chain chain, Question question, Dialect dialect) {
    ChainSql printer = new ChainSql(question, dialect);
    return switch (chain) {
      case Measure.DaysBetween(Select of, Path path, Integer _) -> printer.between(of, path);
      case Measure.Answered(Select of, Select answer, Integer _) -> printer.answered(of, answer);
      case Measure.Touched touched -> printer.touched(touched);
      case Measure.Followed(Select of, Select then, int days) -> printer.followed(of, then, days);
      case Measure.Kept(Select of, Select undone, int days) -> printer.kept(of, undone, days);
      case Measure.Reacted(Select of, Select then, List<Path> paths) ->
          printer.reacted(of, then, paths);
      case Measure.ToDate(Measure.Leaf leaf) -> printer.toDate(leaf);
    };
  }

  /// Columns of some events: `subject, occurred, day, part` and more.
  private String rows(
      Select of, Period reach, @Nullable Path by, List<String> more, @Nullable String onlyIf) {
    FactSql facts = facts(new Measure.Customers(of), reach, by);
    List<String> selected = new ArrayList<>();
    selected.add(FactSql.SUBJECT + " AS subject");
    selected.add(dialect.micros("e.occurred_at") + " AS occurred");
    selected.add(facts.day() + " AS day");
    selected.add(facts.part() + " AS part");
    selected.addAll(more);
    String rows = facts.rows(selected);
    return onlyIf == null ? rows : rows + "\n    AND " + onlyIf;
  }

  private FactSql facts(Measure.Leaf leaf, Period reach, @Nullable Path by) {
    return new FactSql(
        leaf,
        FactSql.Question.of(Every.WHOLE, List.of(reach), by, question.days(), question.derived()),
        dialect);
  }

  private String period(String day) {
    return PeriodSql.print(day, question.every(), question.periods(), dialect);
  }

  private Period asked() {
    return new Period(question.first(), question.last());
  }

  private String message() {
    return values.message() + " AS message";
  }

  private static String within(String rows) {
    return rows.indent(2).stripTrailing();
  }

  /// Rows that are kept; null where there are none, or it is broken down.
  private @Nullable String kept(Measure.Leaf leaf, Period reach) {
    return question.by() == null ? question.kept().of(leaf, reach) : null;
  }

  private String between(Select of, @Nullable Path path) {
    Period reach = new Period(question.begin(), question.last());
    Measure.Leaf leaf = path == null ? new Measure.Customers(of) : new Measure.Distinct(of, path);
    String kept = kept(leaf, reach);
    if (kept != null) {
      return new KeptChainSql(question, dialect).between(kept, path != null, reach);
    }
    String value = path == null ? "CAST(NULL AS STRING) AS value" : values.key(path) + " AS value";
    String events = rows(of, reach, question.by(), List.of(message(), value), null);
    String once = path == null ? "" : "\n        WHERE value IS NULL OR place = 1";
    return """
    SELECT %s AS period, part, number, CAST(COUNT(*) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS total
    FROM (
      -- thousandths of days since the one before
      SELECT day, part,
        %s AS number
      FROM (
        SELECT *, LAG(occurred) OVER (PARTITION BY subject ORDER BY occurred, message, COALESCE(part, '')) AS before
        FROM (
          -- the first event of each value
          SELECT *, ROW_NUMBER() OVER (PARTITION BY subject, value ORDER BY occurred, message, COALESCE(part, '')) AS place
          FROM (
    %s
          ) AS fact
          WHERE subject IS NOT NULL
        ) AS numbered%s
      ) AS ordered
      WHERE before IS NOT NULL AND day >= %d
    ) AS gap
    GROUP BY 1, 2, 3\
    """
        .formatted(
            period("day"),
            KeptChainSql.gap(dialect),
            events.indent(8).stripTrailing(),
            once,
            question.first());
  }

  private String answered(Select of, Select answer) {
    int end = Math.max(question.last(), question.today());
    return """
    SELECT %s AS period, part, number, CAST(COUNT(*) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS total
    FROM (
      -- thousandths of seconds to the first later answer
      SELECT day, part,
        %s AS number
      FROM (
        SELECT asked, occurred, day, part,
          MIN(CASE WHEN asked = 0 THEN occurred END) OVER (PARTITION BY subject ORDER BY occurred, asked ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS answer
        FROM (
    %s
          UNION ALL
    %s
        ) AS fact
        WHERE subject IS NOT NULL
      ) AS ordered
      WHERE asked = 1 AND answer IS NOT NULL
    ) AS wait
    GROUP BY 1, 2, 3\
    """
        .formatted(
            period("day"),
            dialect.divide("answer - occurred + 500", "1000"),
            rows(of, asked(), question.by(), List.of("1 AS asked"), null).indent(6).stripTrailing(),
            rows(answer, new Period(question.first(), end), null, List.of("0 AS asked"), null)
                .indent(6)
                .stripTrailing());
  }

  private String touched(Measure.Touched touched) {
    Path path = touched.path();
    Period reach = new Period(question.first() - touched.days() - 1, question.last());
    String events = kept(touched.leaf(), asked());
    String touches = kept(new Measure.Customers(touched.touch()), reach);
    if (events != null && touches != null) {
      return new KeptChainSql(question, dialect).touched(touched, events, touches);
    }
    String number = (path == null ? "CAST(NULL AS BIGINT)" : values.milli(path)) + " AS number";
    String order = touched.first() ? "" : " DESC";
    return """
    SELECT %1$s AS period, part, CAST(NULL AS BIGINT) AS number, CAST(COUNT(*) AS BIGINT) AS n, %2$s AS total
    FROM (
      SELECT c.day, t.part, c.number,
        ROW_NUMBER() OVER (PARTITION BY c.subject, c.occurred, c.source, c.message ORDER BY t.occurred%3$s, t.message%3$s, COALESCE(t.part, '')%3$s) AS place
      FROM (
        -- what is put down to touches
    %4$s
      ) AS c
      JOIN (
        -- touches
    %5$s
      ) AS t ON t.subject = c.subject AND t.occurred <= c.occurred AND t.occurred >= c.occurred - %6$d
    ) AS pair
    WHERE place = 1
    GROUP BY 1, 2\
    """
        .formatted(
            period("day"),
            dialect.sum("number"),
            order,
            rows(
                    touched.of(),
                    asked(),
                    null,
                    List.of(message(), "e.source AS source", number),
                    null)
                .indent(4)
                .stripTrailing(),
            rows(touched.touch(), reach, question.by(), List.of(message()), null)
                .indent(4)
                .stripTrailing(),
            touched.days() * DAY);
  }

  /// The first event of each customer in a period and part: `period, part, subject, occurred, day`;
  /// of days whose end has come so many days later.
  private String firsts(Select of, int days) {
    int last = Math.min(question.last(), question.today() - 1 - days);
    // A period without days has no events.
    Period reach =
        last < question.first()
            ? new Period(question.first() - 2, question.first() - 1)
            : new Period(question.first(), last);
    return """
        -- the first of each customer
        SELECT period, part, subject, MIN(occurred) AS occurred, MIN(day) AS day
        FROM (
          SELECT %s AS period, part, subject, occurred, day
          FROM (
    %s
          ) AS fact
          WHERE subject IS NOT NULL AND day >= %d
        ) AS placed
        GROUP BY period, part, subject\
    """
        .formatted(
            period("day"),
            rows(of, reach, question.by(), List.of(), null).indent(8).stripTrailing(),
            question.first());
  }

  private String followed(Select of, @Nullable Select then, int days) {
    Period reach = new Period(question.first(), question.last() + days);
    String later =
        then == null
            ? rows(ANY, reach, null, List.of(), active())
            : rows(then, reach, null, List.of(), null);
    return shares(
        firsts(of, days),
        later,
        "t.occurred > f.occurred AND t.day <= f.day + " + days,
        "MAX(CASE WHEN t.subject IS NULL THEN 0 ELSE 1 END)");
  }

  private String reacted(Select of, Select then, List<Path> paths) {
    Period later = new Period(question.first(), Math.max(question.last(), question.today()));
    String begun = keptValues(of, asked(), paths);
    String back = keptValues(then, later, paths);
    if (begun == null || back == null) {
      // Values of both must be written in the same way.
      List<String> value = List.of("COALESCE(%s, '') AS value".formatted(values.first(paths)));
      begun = rows(of, asked(), question.by(), value, null);
      back = rows(then, later, null, value, null);
    }
    PlaceSql place = PlaceSql.of(question.by());
    return """
    SELECT %1$s, CAST(NULL AS BIGINT) AS number, CAST(COUNT(*) AS BIGINT) AS n, CAST(SUM(CASE WHEN t.occurred >= f.occurred THEN 1 ELSE 0 END) * 1000 AS BIGINT) AS total
    FROM (
      -- the first of each pair
      SELECT %2$s, subject, value, MIN(occurred) AS occurred
      FROM (
        SELECT %3$s AS period, part, subject, value, occurred
        FROM (
    %4$s
        ) AS fact
        WHERE subject IS NOT NULL
      ) AS placed
      GROUP BY %2$s, subject, value
    ) AS f
    LEFT JOIN (
      -- what came back, its last time
      SELECT subject, value, MAX(occurred) AS occurred
      FROM (
    %5$s
      ) AS fact
      GROUP BY subject, value
    ) AS t ON t.subject = f.subject AND t.value = f.value
    GROUP BY %2$s\
    """
        .formatted(
            place.told(),
            place.keys(),
            period("day"),
            begun.indent(6).stripTrailing(),
            back.indent(4).stripTrailing());
  }

  /// Events with what stands at the first of some places; null where they are not kept.
  private @Nullable String keptValues(Select of, Period reach, List<Path> paths) {
    String kept = kept(new Measure.Unique(of, paths), reach);
    return kept == null
        ? null
        : "  SELECT subject, occurred, day, CAST(NULL AS STRING) AS part, pair AS value\n  FROM %s f\n  WHERE day BETWEEN %d AND %d"
            .formatted(kept, reach.first(), reach.last());
  }

  private String active() {
    return "(k.passive = 0 OR (k.passive = 2 AND %s))"
        .formatted(ConditionSql.print(NO_AGENT, new EventColumns(), dialect));
  }

  private String kept(Select of, Select undone, int days) {
    Period reach = new Period(question.first(), question.last() + days);
    String both =
        rows(of, reach, null, List.of("0 AS gone"), null)
            + "\n  UNION ALL\n"
            + rows(undone, reach, null, List.of("1 AS gone"), null);
    return shares(
        firsts(of, days),
        both,
        "t.occurred >= f.occurred AND t.day <= f.day + " + days,
        "CASE WHEN COALESCE(MAX(CASE WHEN t.gone = 1 THEN t.occurred END), f.occurred) <= MAX(CASE WHEN t.gone = 0 THEN t.occurred END) THEN 1 ELSE 0 END");
  }

  private String shares(String firsts, String later, String when, String yes) {
    return """
    SELECT period, part, CAST(NULL AS BIGINT) AS number, CAST(COUNT(*) AS BIGINT) AS n, CAST(SUM(yes) * 1000 AS BIGINT) AS total
    FROM (
      SELECT f.period, f.part, f.subject, %4$s AS yes
      FROM (
    %1$s
      ) AS f
      LEFT JOIN (
    %2$s
      ) AS t ON t.subject = f.subject AND %3$s
      GROUP BY f.period, f.part, f.subject, f.occurred
    ) AS member
    GROUP BY period, part\
    """
        .formatted(firsts, within(within(later)), when, yes);
  }

  /// By day, from the beginning on; of customers and values that are counted once, on their first
  /// day.
  private String toDate(Measure.Leaf leaf) {
    return switch (leaf) {
      case Measure.Events _ -> daily(toDate(leaf, null, null), "COUNT(*)", "CAST(NULL AS BIGINT)");
      case Measure.Total(Select of, Path path) ->
          daily(toDate(leaf, values.milli(path), "number"), "COUNT(number)", dialect.sum("number"));
      case Measure.Customers _ -> once(toDate(leaf, null, null), "subject");
      case Measure.Distinct(Select of, Path path) ->
          once(toDate(leaf, values.key(path), "value"), "value");
      case Measure.Numbers _, Measure.Unique _, Measure.Repeaters _, Measure.Machines _ ->
          throw new IllegalArgumentException("not counted to date: " + leaf);
    };
  }

  /// The events of all days: `subject, day, part`, and what is told of each.
  private String toDate(Measure.Leaf leaf, @Nullable String told, @Nullable String name) {
    Period reach = new Period(question.begin(), question.last());
    String kept = kept(leaf, reach);
    if (kept == null) {
      return rows(
          leaf.of(),
          reach,
          question.by(),
          told == null ? List.of() : List.of(told + " AS " + name),
          null);
    }
    return "  SELECT subject, day, CAST(NULL AS STRING) AS part%s\n  FROM %s f\n  WHERE day BETWEEN %d AND %d"
        .formatted(name == null ? "" : ", " + name, kept, reach.first(), reach.last());
  }

  private String daily(String rows, String n, String total) {
    return """
    SELECT day AS period, part, CAST(NULL AS BIGINT) AS number, CAST(%s AS BIGINT) AS n, %s AS total
    FROM (
    %s
    ) AS fact
    GROUP BY day, part\
    """
        .formatted(n, total, rows);
  }

  private String once(String rows, String what) {
    return """
    SELECT day AS period, part, CAST(NULL AS BIGINT) AS number, CAST(COUNT(*) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS total
    FROM (
      SELECT part, %1$s, MIN(day) AS day
      FROM (
    %2$s
      ) AS fact
      WHERE %1$s IS NOT NULL
      GROUP BY part, %1$s
    ) AS begun
    GROUP BY day, part\
    """
        .formatted(what, rows.indent(2).stripTrailing());
  }
}
