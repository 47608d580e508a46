package io.pulso.engine.sql;

import io.pulso.engine.expr.Condition;
import io.pulso.engine.expr.ConditionNames;
import io.pulso.engine.expr.Path;
import io.pulso.engine.model.Activity;
import io.pulso.engine.model.Unit;
import io.pulso.engine.time.LocalDays;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Prints the query that turns raw events into uncut milli-units by activity, subject, account and
/// local day: columns `activity, subject, account, day, units`. Rows of the same four add up.
public final class RollUpSql {
  /// Milli-units of an occurrence.
  private static final String ONE = "1000";

  private final Reading reading;
  private final Dialect dialect;
  private final Columns columns;

  /// One activity to be read.
  ///
  /// @param activity null for the built-in one: active events
  /// @param perAccount whether the account of each event is kept; else it is 0
  /// @param agents of the built-in one, which events
  public record Read(int number, @Nullable Activity activity, boolean perAccount, Agents agents) {
    public Read(int number, @Nullable Activity activity, boolean perAccount) {
      this(number, activity, perAccount, Agents.ANY);
    }

    Condition match() {
      return activity == null ? ACTIVE : activity.match().condition();
    }

    /// Whether it is certain by its kind that an event matches.
    boolean isCertain() {
      return activity == null ? agents == Agents.NEVER : ConditionNames.onlyNames(match());
    }

    private Read of(Agents some) {
      return new Read(number, activity, perAccount, some);
    }

    /// Whether it counts distinct values.
    public boolean distinct() {
      return activity != null && activity.unit() instanceof Unit.Distinct;
    }
  }

  /// Of active events: those of all kinds, of kinds that an agent never does for a customer, or of
  /// kinds that an agent may have done.
  public enum Agents {
    ANY("k.passive <> 1"),
    NEVER("k.passive = 0"),
    MAYBE("k.passive = 2");

    private final String kinds;

    Agents(String kinds) {
      this.kinds = kinds;
    }
  }

  /// What is read from where.
  ///
  /// @param offsets the time zone's offsets that hold in the data
  /// @param derived prefix of the names of the derived tables
  /// @param knownAt only events received by then, in microseconds; null for all
  /// @param people the ids that are read, as the right side of IN; null for all
  /// @param range the local days that are read; null for all
  /// @param since only events of imports from this number on; null for all
  public record Reading(
      List<Read> reads,
      List<LocalDays.Offset> offsets,
      String derived,
      @Nullable Long knownAt,
      @Nullable String people,
      @Nullable Days range,
      @Nullable Integer since) {}

  /// Local days, both included, and instants between which all of them lie.
  public record Days(int first, int last, long from, long to) {
    public static Days of(int first, int last, LocalDays days) {
      long day = 86_400_000_000L;
      return new Days(first, last, days.start(first) - day, days.start(last + 1) + day);
    }
  }

  /// Done by the customer: passive names are left out, and those that are passive only when an
  /// agent did it are told apart by `properties.agent`.
  private static final Condition ACTIVE =
      new Condition.Not(
          new Condition.Has(new Path(Path.Root.PROPERTIES, List.of(new Path.Step.Key("agent")))));

  private RollUpSql(Reading reading, Dialect dialect) {
    this.reading = reading;
    this.dialect = dialect;
    this.columns = new EventColumns();
  }

  public static String print(Reading reading, Dialect dialect) {
    RollUpSql printer = new RollUpSql(reading, dialect);
    List<String> parts = new ArrayList<>();
    for (boolean perAccount : new boolean[] {false, true}) {
      for (boolean distinct : new boolean[] {false, true}) {
        List<Read> some = printer.reads(perAccount, distinct);
        if (!some.isEmpty()) {
          parts.add(printer.part(of(some, Agents.NEVER), perAccount, distinct));
        }
        // Apart, so that the properties of no other events are read.
        List<Read> active = some.stream().filter(read -> read.activity() == null).toList();
        if (!active.isEmpty()) {
          parts.add(printer.part(of(active, Agents.MAYBE), perAccount, distinct));
        }
      }
    }
    return String.join("\nUNION ALL\n", parts);
  }

  private static List<Read> of(List<Read> reads, Agents agents) {
    return reads.stream().map(read -> read.of(agents)).toList();
  }

  /// The single events that match: columns `activity, subject, account, day, occurred, message,
  /// units, value, uncounted`, of which `value` is null but for distinct units, and `uncounted` is
  /// the code of why the event does not count, null where it does.
  public static String events(Reading reading, Dialect dialect) {
    RollUpSql printer = new RollUpSql(reading, dialect);
    List<String> parts = new ArrayList<>();
    for (boolean perAccount : new boolean[] {false, true}) {
      for (boolean distinct : new boolean[] {false, true}) {
        List<Read> some = printer.reads(perAccount, distinct);
        if (!some.isEmpty()) {
          parts.add(printer.events(some, perAccount, distinct));
        }
      }
    }
    return String.join("\nUNION ALL\n", parts);
  }

  /// How many events of each source some activity matches: columns `source, events`. Each event
  /// counts once, whatever it is worth.
  public static String sources(Reading reading, Dialect dialect) {
    return new RollUpSql(reading, dialect).sources();
  }

  private String sources() {
    List<Read> reads = reading.reads();
    boolean perAccount = reads.stream().allMatch(Read::perAccount);
    List<String> filters = new ArrayList<>(filters(List.of()));
    filters.add("e.kind IN (SELECT kind FROM (\n" + candidates(reads) + "\n  ))");
    filters.add(
        reads.stream()
            .map(read -> "(" + residual(read) + ")")
            .collect(Collectors.joining("\n      OR ", "(", ")")));
    if (perAccount) {
      filters.add("COALESCE(e.account, b.account) IS NOT NULL");
    }
    return "SELECT e.source AS source, COUNT(*) AS events\n  FROM event e\n"
        + joins(reads, perAccount)
        + "  WHERE "
        + String.join("\n    AND ", filters)
        + "\nGROUP BY e.source";
  }

  private List<Read> reads(boolean perAccount, boolean distinct) {
    return reading.reads().stream()
        .filter(read -> read.perAccount() == perAccount && read.distinct() == distinct)
        .toList();
  }

  private String events(List<Read> reads, boolean perAccount, boolean distinct) {
    return """
    SELECT activity, subject, account, day, occurred, message, %s, uncounted
    FROM (
    %s
    ) AS matched\
    """
        .formatted(
            distinct
                ? "CAST(0 AS BIGINT) AS units, value"
                : "CAST(units AS BIGINT) AS units, CAST(NULL AS VARCHAR) AS value",
            matched(
                reads,
                perAccount,
                distinct,
                ", " + choose(reads, this::uncounted) + " AS uncounted"));
  }

  private String part(List<Read> reads, boolean perAccount, boolean distinct) {
    String units = distinct ? "COUNT(DISTINCT value) * 1000" : "LEAST(SUM(units), 1000000000000)";
    return """
    SELECT activity, subject, account, day, CAST(%s AS BIGINT) AS units
    FROM (
      -- events that match, with their local day and what they count
    %s
    ) AS matched
    WHERE %s
    GROUP BY activity, subject, account, day\
    """
        .formatted(units, matched(reads, perAccount, distinct, ""), keep(perAccount, distinct));
  }

  private static String keep(boolean perAccount, boolean distinct) {
    String counted = distinct ? "value IS NOT NULL" : "units > 0";
    return perAccount ? counted + " AND account IS NOT NULL" : counted;
  }

  /// @param more further columns
  private String matched(List<Read> reads, boolean perAccount, boolean distinct, String more) {
    String what =
        distinct
            ? choose(reads, this::key) + " AS value"
            : choose(reads, this::units) + " AS units";
    StringBuilder sql = new StringBuilder();
    sql.append("  SELECT c.activity AS activity, COALESCE(m.subject, e.person) AS subject, ")
        .append(perAccount ? "COALESCE(e.account, b.account)" : "0")
        .append(" AS account,\n    ")
        .append(day())
        .append(" AS day, ")
        .append(dialect.micros("e.occurred_at"))
        .append(" AS occurred, ")
        .append("COALESCE(e.message_text, CAST(e.message AS VARCHAR)) AS message,\n    ")
        .append(what)
        .append(more)
        .append("\n  FROM event e\n");
    sql.append("  -- which activity can match which kind of event\n  JOIN (\n")
        .append(candidates(reads))
        .append("\n  ) AS c ON c.kind = e.kind\n");
    sql.append(joins(reads, perAccount));
    sql.append("  WHERE ").append(String.join("\n    AND ", filters(reads)));
    return sql.toString();
  }

  /// What an event is joined with for its conditions.
  private String joins(List<Read> reads, boolean perAccount) {
    return EventJoins.print(
        reading.derived(),
        new EventJoins.Needs(
            true,
            reads(reads, Path.Root.SOURCE),
            reads(reads, Path.Root.TRAITS),
            perAccount,
            reads(reads, Path.Root.ACCOUNT)));
  }

  private List<String> filters(List<Read> reads) {
    List<String> filters = new ArrayList<>(List.of("e.excluded = 0", "e.person IS NOT NULL"));
    if (reading.knownAt() != null) {
      filters.add(
          "COALESCE(e.received_at, e.occurred_at) <= " + dialect.instant(reading.knownAt()));
    }
    if (reading.people() != null) {
      filters.add("e.person IN " + reading.people());
    }
    if (reading.since() != null) {
      filters.add("e.import >= " + reading.since());
    }
    Days range = reading.range();
    if (range != null) {
      filters.add("e.occurred_at >= " + dialect.instant(range.from()));
      filters.add("e.occurred_at < " + dialect.instant(range.to()));
      filters.add(day() + " BETWEEN " + range.first() + " AND " + range.last());
    }
    List<Read> unsure = reads.stream().filter(read -> !read.isCertain()).toList();
    if (!unsure.isEmpty()) {
      filters.add(
          unsure.stream()
              .map(read -> "WHEN " + read.number() + " THEN " + residual(read))
              .collect(
                  Collectors.joining(
                      "\n      ", "CASE c.activity\n      ", "\n      ELSE TRUE END")));
    }
    return filters;
  }

  private String residual(Read read) {
    String text = ConditionSql.print(read.match(), columns, dialect);
    return read.activity() == null && read.agents() == Agents.ANY
        ? "(k.passive = 0 OR " + text + ")"
        : text;
  }

  private String candidates(List<Read> reads) {
    return reads.stream()
        .map(read -> {
          String guard =
              read.activity() == null
                  ? read.agents().kinds
                  : ConditionSql.print(ConditionNames.guard(read.match()), columns, dialect);
          return "    SELECT k.no AS kind, %d AS activity FROM kind k WHERE %s"
              .formatted(read.number(), guard);
        })
        .collect(Collectors.joining("\n    UNION ALL\n"));
  }

  private interface Printer {
    String print(Activity activity);
  }

  /// One expression for all activities: the same text where they agree, else a CASE.
  private static String choose(List<Read> reads, Printer printer) {
    List<String> texts =
        reads.stream()
            .map(read -> read.activity() == null ? ONE : printer.print(read.activity()))
            .toList();
    if (texts.stream().distinct().count() == 1) {
      return texts.getFirst();
    }
    boolean units = texts.contains(ONE);
    StringBuilder sql = new StringBuilder("CASE c.activity");
    for (int i = 0; i < reads.size(); i++) {
      if (!texts.get(i).equals(ONE)) {
        sql.append(" WHEN ").append(reads.get(i).number()).append(" THEN ").append(texts.get(i));
      }
    }
    return sql.append(units ? " ELSE 1000 END" : " END").toString();
  }

  private String units(Activity activity) {
    return UnitSql.units(activity.unit(), columns, dialect);
  }

  private String key(Activity activity) {
    return switch (activity.unit()) {
      case Unit.Distinct distinct -> UnitSql.distinctKey(distinct, columns, dialect);
      case Unit.Occurrences ignored -> throw new IllegalArgumentException(activity.name());
      case Unit.Numeric ignored -> throw new IllegalArgumentException(activity.name());
    };
  }

  private String uncounted(Activity activity) {
    return UncountedSql.print(activity.unit(), columns, dialect);
  }

  private boolean reads(List<Read> reads, Path.Root root) {
    return reads.stream().anyMatch(read -> ConditionNames.reads(read.match(), root));
  }

  private String day() {
    return DaySql.print("e.occurred_at", reading.offsets(), dialect);
  }
}
