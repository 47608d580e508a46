package io.pulso.engine.sql;

import io.pulso.engine.expr.Condition;
import io.pulso.engine.expr.ConditionNames;
import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.By;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.time.LocalDays;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Prints the query that counts events for a metric: columns `period, part, number, n, total`. A
/// period is told by its first local day. `number` is null but where numbers are listed, and
/// `total` is the sum of thousandths, null where nothing is summed.
///
/// Parts that are groups of customers stand in a table [#GROUPS] with the columns `subject` and
/// `part`; who is in several counts in each.
public final class FactSql {
  /// Who is in which group.
  public static final String GROUPS = "metric_group";

  static final String SUBJECT = "COALESCE(m.subject, e.person)";

  /// What scanners of mail and machines that open it did.
  private static final String MACHINES = "e.excluded IN (3, 4)";

  private final Measure.Leaf leaf;
  private final Question question;
  private final Dialect dialect;

  /// What is drawn, whose column `drawn` stands beside `period, part`; null where nothing is.
  private final @Nullable Drawn drawn;

  /// The name of the table that [#gather] filled; null where events are read.
  private final @Nullable String gathered;

  private final Columns columns = new EventColumns();
  private final EventValues values;
  private final PlaceSql place;

  /// What is drawn again and again for an interval.
  ///
  /// @param of the place whose values are drawn; null for subjects, told by their numbers
  private record Drawn(@Nullable Path of) {}

  /// What is asked.
  ///
  /// @param periods in order, each beginning on the day after the one before
  /// @param by what the parts are told by; null for one part
  /// @param offsets the time zone's offsets that hold in these days
  /// @param derived prefix of the names of the derived tables
  /// @param from an instant before the first day, in microseconds
  /// @param to an instant after the last day
  public record Question(
      Every every,
      List<Period> periods,
      @Nullable Path by,
      List<LocalDays.Offset> offsets,
      String derived,
      long from,
      long to) {
    public static Question of(
        Every every, List<Period> periods, @Nullable Path by, LocalDays days, String derived) {
      long margin = 86_400_000_000L;
      long from = days.start(periods.getFirst().first()) - margin;
      long to = days.start(periods.getLast().last() + 1) + margin;
      return new Question(every, periods, by, days.offsets(from, to), derived, from, to);
    }

    int first() {
      return periods.getFirst().first();
    }

    int last() {
      return periods.getLast().last();
    }
  }

  FactSql(Measure.Leaf leaf, Question question, Dialect dialect) {
    this(leaf, question, dialect, null, null);
  }

  private FactSql(
      Measure.Leaf leaf,
      Question question,
      Dialect dialect,
      @Nullable Drawn drawn,
      @Nullable String gathered) {
    this.leaf = leaf;
    this.question = question;
    this.dialect = dialect;
    this.drawn = drawn;
    this.gathered = gathered;
    this.values = new EventValues(columns, dialect);
    this.place = PlaceSql.of(question, drawn != null);
  }

  /// As [#print], with one more column `drawn`: what is counted adds to this one of those that are
  /// drawn for an interval; null for nobody's.
  ///
  /// @param of the place whose values are drawn; null for subjects, told by their numbers
  /// @param gathered a table as [#gather] fills it, with the column `subject`, for subjects without
  ///   parts or by group alone; null where events are read
  static String drawn(
      Measure.Leaf leaf,
      Question question,
      @Nullable Path of,
      Dialect dialect,
      @Nullable String gathered) {
    return new FactSql(leaf, question, dialect, new Drawn(of), gathered).print();
  }

  public static String print(Measure.Leaf leaf, Question question, Dialect dialect) {
    return new FactSql(leaf, question, dialect).print();
  }

  /// As [#print], over a table that [#gather] filled with all of these days, or one with the same
  /// columns; parts are groups of customers alone, for which it must have the column `subject`.
  public static String print(
      Measure.Leaf leaf, Question question, Dialect dialect, String gathered) {
    return new FactSql(leaf, question, dialect, null, gathered).print();
  }

  /// Prints the query for the events that a leaf counts, with their local days: a table of them
  /// answers questions about any of the days without reading events again.
  public static String gather(Measure.Leaf leaf, Question question, Dialect dialect) {
    return new FactSql(leaf, question, dialect).gather();
  }

  private String gather() {
    List<String> selected = new ArrayList<>(List.of(day() + " AS day"));
    more().forEach((name, value) -> selected.add(value + " AS " + name));
    return rows(selected);
  }

  private String print() {
    return switch (leaf) {
      case Measure.Events _, Measure.Machines _ -> counted("COUNT(*)", "NULL");
      case Measure.Customers _ -> counted("COUNT(DISTINCT subject)", "NULL");
      case Measure.Distinct _ -> counted("COUNT(DISTINCT value)", "NULL");
      case Measure.Total _ -> counted("COUNT(number)", dialect.sum("number"));
      case Measure.Numbers numbers -> numbers.latest() ? latest() : listed(facts(), "");
      case Measure.Unique _ -> unique();
      case Measure.Repeaters(Select of, Path path, int times) -> repeaters(times);
    };
  }

  /// What is counted of each event, by name.
  private Map<String, String> more() {
    Map<String, String> more = new LinkedHashMap<>();
    switch (leaf) {
      case Measure.Events _, Measure.Machines _ -> {}
      case Measure.Customers _ -> more.put("subject", SUBJECT);
      case Measure.Distinct(Select of, Path path) -> more.put("value", values.key(path));
      case Measure.Total(Select of, Path path) -> more.put("number", values.milli(path));
      case Measure.Numbers(Select of, Path path, boolean latest) -> {
        more.put("number", values.milli(path));
        if (latest) {
          more.put("subject", SUBJECT);
          more.put("occurred", dialect.micros("e.occurred_at"));
          more.put("message", values.message());
        }
      }
      case Measure.Unique(Select of, List<Path> paths) -> {
        more.put("subject", SUBJECT);
        more.put("value", values.first(paths));
      }
      case Measure.Repeaters(Select of, Path path, int times) -> {
        more.put("subject", SUBJECT);
        more.put("value", values.key(path));
      }
    }
    return more;
  }

  private String unique() {
    return """
    SELECT %1$s, CAST(NULL AS BIGINT) AS number, CAST(COUNT(*) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS total
    FROM (
      -- pairs of a customer and a value
      SELECT DISTINCT %2$s, subject, value
      FROM (
    %3$s
      ) AS fact
      WHERE subject IS NOT NULL
    ) AS pair
    GROUP BY %2$s\
    """
        .formatted(place.told(), place.keys(), facts().indent(2).stripTrailing());
  }

  private String repeaters(int times) {
    return """
    SELECT %1$s, CAST(NULL AS BIGINT) AS number, CAST(COUNT(*) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS total
    FROM (
      -- customers with %3$d different values or more
      SELECT %2$s, subject
      FROM (
    %4$s
      ) AS fact
      WHERE subject IS NOT NULL
      GROUP BY %2$s, subject
      HAVING %5$s
    ) AS often
    GROUP BY %2$s\
    """
        .formatted(
            place.told(),
            place.keys(),
            times,
            facts().indent(2).stripTrailing(),
            times == 2 ? "MIN(value) <> MAX(value)" : "COUNT(DISTINCT value) >= " + times);
  }

  private String counted(String n, String total) {
    return """
    SELECT %1$s, CAST(NULL AS BIGINT) AS number, CAST(%2$s AS BIGINT) AS n, %3$s AS total
    FROM (
      -- events that match, with their period
    %4$s
    ) AS fact
    GROUP BY %5$s\
    """
        .formatted(
            place.told(),
            n,
            total.equals("NULL") ? "CAST(NULL AS BIGINT)" : total,
            facts(),
            place.keys());
  }

  /// How often each number is there.
  private String listed(String facts, String more) {
    return """
    SELECT %s, number, CAST(COUNT(*) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS total
    FROM (
      -- events that match, with their period and number
    %s
    ) AS fact
    WHERE number IS NOT NULL%s
    GROUP BY %s, number\
    """
        .formatted(place.told(), facts, more, place.keys());
  }

  /// As [#listed], of the latest number of each person and period.
  private String latest() {
    String placed =
        """
          SELECT %s, number,
            ROW_NUMBER() OVER (PARTITION BY period, %s ORDER BY occurred DESC, message DESC, number DESC) AS place
          FROM (
        %s
          ) AS answer
          WHERE number IS NOT NULL AND subject IS NOT NULL\
        """
            .formatted(
                place.keys(),
                isGroup() ? "part, subject" : "subject",
                facts().indent(2).stripTrailing());
    return listed(placed, " AND place = 1");
  }

  /// The events that match.
  private String facts() {
    List<String> selected = new ArrayList<>();
    if (gathered != null) {
      selected.add(
          PeriodSql.print("day", question.every(), question.periods(), dialect) + " AS period");
      if (place.parts()) {
        selected.add("g.part AS part");
      }
      if (drawn != null) {
        selected.add("f.subject AS drawn");
      }
      more().keySet().forEach(name -> selected.add("f." + name));
      return "  SELECT %s\n  FROM %s f%s\n  WHERE day BETWEEN %d AND %d"
          .formatted(
              String.join(", ", selected),
              gathered,
              isGroup() ? "\n  LEFT JOIN %s g ON g.subject = f.subject".formatted(GROUPS) : "",
              question.first(),
              question.last());
    }
    selected.add(period() + " AS period");
    if (place.parts()) {
      selected.add(part() + " AS part");
    }
    if (drawn != null) {
      selected.add(drawn(drawn.of()) + " AS drawn");
    }
    more().forEach((name, value) -> selected.add(value + " AS " + name));
    return rows(selected);
  }

  /// What the events that match are told apart by.
  String part() {
    Path by = question.by();
    if (by == null) {
      return "CAST(NULL AS STRING)";
    }
    return isGroup() ? "g.part" : values.first(By.places(by));
  }

  private String drawn(@Nullable Path of) {
    return of == null ? SUBJECT : values.first(By.places(of));
  }

  /// Columns of the events that match.
  String rows(List<String> selected) {
    return "  SELECT "
        + String.join(",\n    ", selected)
        + "\n  FROM event e\n"
        + EventJoins.print(question.derived(), needs())
        + people()
        + groups()
        + "  WHERE "
        + String.join("\n    AND ", filters());
  }

  private boolean isGroup() {
    return By.isGroup(question.by());
  }

  private EventJoins.Needs needs() {
    boolean subject =
        switch (leaf) {
          case Measure.Customers _ -> true;
          case Measure.Numbers(Select of, Path path, boolean latest) -> latest;
          case Measure.Unique _, Measure.Repeaters _ -> true;
          case Measure.Events _, Measure.Machines _, Measure.Distinct _, Measure.Total _ -> false;
        };
    return new EventJoins.Needs(
        subject || drawsSubjects() || isGroup() || leaf.of().who() != Select.Who.ANYBODY,
        reads(Path.Root.SOURCE),
        reads(Path.Root.TRAITS),
        false,
        reads(Path.Root.ACCOUNT));
  }

  private boolean drawsSubjects() {
    return drawn != null && drawn.of() == null;
  }

  private boolean reads(Path.Root root) {
    return ConditionNames.reads(match(), root)
        || Stream.of(question.by(), drawn == null ? null : drawn.of())
            .anyMatch(place -> place != null && place.root() == root);
  }

  private Condition match() {
    return leaf.of().match().condition();
  }

  private String people() {
    return people(leaf.of().who(), question.derived(), SUBJECT);
  }

  /// A join that leaves the rows of those who are meant.
  ///
  /// @param derived prefix of the names of the derived tables
  /// @param subject SQL for the number of the subject
  public static String people(Select.Who who, String derived, String subject) {
    return switch (who) {
      case ANYBODY -> "";
      case IDENTIFIED ->
          "  JOIN %ssubject u ON u.no = %s AND u.identified\n".formatted(derived, subject);
      case ANONYMOUS ->
          "  JOIN %ssubject u ON u.no = %s AND NOT u.identified\n".formatted(derived, subject);
    };
  }

  private String groups() {
    return isGroup() ? "  LEFT JOIN %s g ON g.subject = %s\n".formatted(GROUPS, SUBJECT) : "";
  }

  private List<String> filters() {
    List<String> filters = new ArrayList<>();
    filters.add(leaf instanceof Measure.Machines ? MACHINES : "e.excluded = 0");
    filters.add("e.occurred_at >= " + dialect.instant(question.from()));
    filters.add("e.occurred_at < " + dialect.instant(question.to()));
    filters.add("%s BETWEEN %d AND %d".formatted(day(), question.first(), question.last()));
    filters.add(ConditionSql.print(ConditionNames.guard(match()), columns, dialect));
    if (!ConditionNames.onlyNames(match())) {
      filters.add(ConditionSql.print(match(), columns, dialect));
    }
    return filters;
  }

  String day() {
    return DaySql.print("e.occurred_at", question.offsets(), dialect);
  }

  /// The first day of the period of an event.
  private String period() {
    return PeriodSql.print(day(), question.every(), question.periods(), dialect);
  }
}
