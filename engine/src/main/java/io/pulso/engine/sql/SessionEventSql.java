package io.pulso.engine.sql;

import io.pulso.engine.expr.Condition;
import io.pulso.engine.expr.Path;
import io.pulso.engine.model.Unit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Prints the query of the events that belong to sessions, by subject and in order: what somebody
/// did on web or app. Columns `subject, at, own, page, import, seq`, where `own` is the session id
/// that the sender gave, and more where they are asked for.
public final class SessionEventSql {
  /// What the script for web pages says of time while a page is shown.
  public static final String BEAT = "Time Spent";

  /// Where senders say which session it is, the first that is there.
  private static final List<Path> IDS =
      List.of(
          new Path(Path.Root.CONTEXT, List.of(new Path.Step.Key("sessionId"))),
          new Path(Path.Root.PROPERTIES, List.of(new Path.Step.Key("$session_id"))));

  private static final String SUBJECT = "COALESCE(m.subject, e.person)";

  private final Reading reading;
  private final Dialect dialect;
  private final Columns columns = new EventColumns();

  /// What is read.
  ///
  /// @param derived prefix of the names of the derived tables
  /// @param knownAt only events received by then, in microseconds; null for all
  /// @param from an instant, in microseconds
  /// @param to the instant before which it ends
  /// @param since a table of subjects and the instants from which each is read, in microseconds, as
  ///   columns `subject` and `since`; null for everybody
  /// @param more further columns
  /// @param only further conditions
  public record Reading(
      String derived,
      @Nullable Long knownAt,
      long from,
      long to,
      @Nullable String since,
      List<String> more,
      List<String> only) {
    /// Everything that sessions are made of.
    public static Reading of(
        String derived, @Nullable Long knownAt, long from, long to, @Nullable String since) {
      return new Reading(derived, knownAt, from, to, since, List.of(), List.of());
    }
  }

  private SessionEventSql(Reading reading, Dialect dialect) {
    this.reading = reading;
    this.dialect = dialect;
  }

  public static String print(Reading reading, Dialect dialect) {
    return new SessionEventSql(reading, dialect).print();
  }

  private String print() {
    List<String> selected = new ArrayList<>();
    selected.add(SUBJECT + " AS subject");
    selected.add(dialect.micros("e.occurred_at") + " AS at");
    selected.add(own() + " AS own");
    selected.add("k.type = 'page' AS page");
    selected.add("e.import AS import");
    selected.add("e.seq AS seq");
    selected.addAll(reading.more());
    String since = reading.since();
    return "SELECT "
        + String.join(",\n  ", selected)
        + "\nFROM event e\n"
        + EventJoins.print(reading.derived(), new EventJoins.Needs(true, true, false, false, false))
        + (since == null ? "" : "  JOIN %s f ON f.subject = %s\n".formatted(since, SUBJECT))
        + "WHERE "
        + String.join("\n  AND ", filters())
        + "\nORDER BY subject, e.occurred_at, COALESCE(e.received_at, e.occurred_at), COALESCE(e.message_text, CAST(e.message AS STRING)), s.name";
  }

  private List<String> filters() {
    List<String> filters = new ArrayList<>();
    filters.add("e.excluded = 0");
    filters.add("e.person IS NOT NULL");
    filters.add("e.occurred_at >= " + dialect.instant(reading.from()));
    filters.add("e.occurred_at < " + dialect.instant(reading.to()));
    if (reading.since() != null) {
      filters.add(dialect.micros("e.occurred_at") + " >= f.since");
    }
    if (reading.knownAt() != null) {
      filters.add(
          "COALESCE(e.received_at, e.occurred_at) <= " + dialect.instant(reading.knownAt()));
    }
    filters.add(
        "(e.channel IN ('web', 'app') OR (e.channel IS NULL AND (NOT s.trusted OR %s IS NOT NULL)))"
            .formatted(own()));
    filters.add("k.passive <> 1");
    filters.add("(k.passive = 0 OR NOT %s)".formatted(byAgent()));
    filters.add("COALESCE(k.event <> %s, TRUE)".formatted(dialect.text(BEAT)));
    filters.addAll(reading.only());
    return filters;
  }

  private String byAgent() {
    return ConditionSql.print(
        new Condition.Has(new Path(Path.Root.PROPERTIES, List.of(new Path.Step.Key("agent")))),
        columns,
        dialect);
  }

  /// The session id of an event; null where it gives none.
  private String own() {
    List<String> ways = IDS.stream().map(this::own).toList();
    return "COALESCE(" + String.join(", ", ways) + ")";
  }

  /// Most events have none, and to look for the word is quicker than to read the object.
  private String own(Path path) {
    String key = ((Path.Step.Key) path.steps().getFirst()).name();
    String object = path.root() == Path.Root.CONTEXT ? columns.context() : columns.properties();
    return "CASE WHEN %s THEN NULLIF(%s, 's:') END"
        .formatted(
            dialect.textTest(Condition.Test.CONTAINS, object, dialect.text('"' + key + '"')),
            UnitSql.distinctKey(new Unit.Distinct(path), columns, dialect));
  }
}
