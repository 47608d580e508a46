package io.pulso.engine.sql;

import io.pulso.engine.expr.Condition;
import io.pulso.engine.expr.ConditionNames;
import io.pulso.engine.expr.Path;
import io.pulso.engine.journey.FunnelKernel;
import io.pulso.engine.metric.By;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.time.LocalDays;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Prints the query that finds the events of which a journey consists: columns `owner, micros,
/// steps`, by owner and time. `steps` has a bit for each step that the event can be, and
/// [FunnelKernel#INSIDE] where it lies in the period. Where it is broken down, `part` comes next,
/// and for things `subject`, the customer. What names alone decide is found once for each kind of
/// event.
public final class StepSql {
  private static final String SUBJECT = "COALESCE(m.subject, e.person)";
  private static final String NO_STEP = "0";

  private final Question question;
  private final Dialect dialect;
  private final Columns columns = new EventColumns();
  private final EventValues values;

  /// Whose a journey is.
  public sealed interface Owner {
    record Customer() implements Owner {}

    /// The account that an event counts in.
    record Account() implements Owner {}

    /// What stands at a place, such as the id of a ticket.
    record Thing(Path path) implements Owner {}
  }

  /// What is asked.
  ///
  /// @param steps at most 20 conditions
  /// @param others whether other active events are told too, without a step
  /// @param by what a journey is broken down by; null for nothing
  /// @param offsets the time zone's offsets that hold between the instants
  /// @param derived prefix of the names of the derived tables
  /// @param from an instant before the first day of the period, in microseconds
  /// @param to an instant, excluded
  public record Question(
      List<Condition> steps,
      Owner owner,
      Select.Who who,
      boolean others,
      @Nullable Path by,
      Period period,
      List<LocalDays.Offset> offsets,
      String derived,
      long from,
      long to) {
    public Question {
      steps = List.copyOf(steps);
      offsets = List.copyOf(offsets);
    }
  }

  private StepSql(Question question, Dialect dialect) {
    this.question = question;
    this.dialect = dialect;
    this.values = new EventValues(columns, dialect);
  }

  public static String print(Question question, Dialect dialect) {
    return unordered(question, dialect) + "\nORDER BY owner, micros";
  }

  /// The same events in any order.
  public static String unordered(Question question, Dialect dialect) {
    return new StepSql(question, dialect).print();
  }

  /// The days on which owners did one of the steps: columns `owner, day`, for each event.
  public static String days(Question question, Dialect dialect) {
    return new StepSql(question, dialect).days();
  }

  private String print() {
    return """
    SELECT %s
    FROM (
      -- events that are steps, with whose they are
    %s
    ) AS step
    WHERE owner IS NOT NULL AND (%s)\
    """
        .formatted(told(), events(), question.others() ? "steps > 0 OR other > 0" : "steps > 0");
  }

  private String told() {
    return "owner, micros, steps + inside * %d AS steps%s%s"
        .formatted(
            FunnelKernel.INSIDE,
            question.by() == null ? "" : ", part",
            question.owner() instanceof Owner.Thing ? ", subject" : "");
  }

  private String days() {
    return """
    SELECT owner, day
    FROM (
      -- events that match, with their local day
    %s
    ) AS step
    WHERE owner IS NOT NULL AND steps > 0\
    """
        .formatted(events());
  }

  private String events() {
    List<String> selected = new ArrayList<>();
    selected.add(owner() + " AS owner");
    selected.add(dialect.micros("e.occurred_at") + " AS micros");
    selected.add(steps() + " AS steps");
    selected.add(
        "CASE WHEN %s BETWEEN %d AND %d THEN 1 ELSE 0 END AS inside"
            .formatted(day(), question.period().first(), question.period().last()));
    if (question.by() != null) {
      selected.add(values.first(By.places(question.by())) + " AS part");
    }
    if (question.owner() instanceof Owner.Thing) {
      selected.add(SUBJECT + " AS subject");
    }
    selected.add(day() + " AS day");
    if (question.others()) {
      selected.add("CASE WHEN %s THEN 1 ELSE 0 END AS other".formatted(active(columns, dialect)));
    }
    return "  SELECT "
        + String.join(",\n    ", selected)
        + "\n  FROM event e\n"
        + EventJoins.print(kinds(), question.derived(), needs())
        + people()
        + "  WHERE "
        + String.join("\n    AND ", filters());
  }

  private String owner() {
    return switch (question.owner()) {
      case Owner.Customer _ -> SUBJECT;
      case Owner.Account _ -> "COALESCE(e.account, b.account)";
      case Owner.Thing(Path path) -> values.key(path);
    };
  }

  private boolean needsSubject() {
    return !(question.owner() instanceof Owner.Account) || question.who() != Select.Who.ANYBODY;
  }

  private EventJoins.Needs needs() {
    return new EventJoins.Needs(
        needsSubject(),
        reads(Path.Root.SOURCE),
        reads(Path.Root.TRAITS),
        question.owner() instanceof Owner.Account,
        reads(Path.Root.ACCOUNT));
  }

  private boolean reads(Path.Root root) {
    Path by = question.by();
    return (by != null && by.root() == root)
        || question.steps().stream().anyMatch(step -> ConditionNames.reads(step, root));
  }

  private String people() {
    return FactSql.people(question.who(), question.derived(), SUBJECT);
  }

  private List<String> filters() {
    List<String> filters = new ArrayList<>();
    filters.add("e.excluded = 0");
    filters.add("e.occurred_at >= " + dialect.instant(question.from()));
    filters.add("e.occurred_at < " + dialect.instant(question.to()));
    return filters;
  }

  /// The kinds of the events that are asked for, with the bits of the steps that names decide.
  private String kinds() {
    String guards =
        question.steps().stream()
            .map(step -> ConditionSql.print(ConditionNames.guard(step), columns, dialect))
            .distinct()
            .collect(Collectors.joining(" OR "));
    return "(SELECT k.*, %s AS named FROM kind k WHERE %s%s)"
        .formatted(bits(true), guards, question.others() ? " OR k.passive <> 1" : "");
  }

  /// The sum of the bits of the steps that an event can be.
  private String steps() {
    String others = bits(false);
    return others.equals(NO_STEP) ? "k.named" : "k.named + " + others;
  }

  /// The sum of the bits of those steps that names alone decide, or of the others.
  private String bits(boolean named) {
    List<String> bits = new ArrayList<>();
    int bit = 1;
    for (Condition step : question.steps()) {
      if (ConditionNames.onlyNames(step) == named) {
        bits.add(
            "CASE WHEN %s THEN %d ELSE 0 END"
                .formatted(ConditionSql.print(step, columns, dialect), bit));
      }
      bit <<= 1;
    }
    return bits.isEmpty() ? NO_STEP : String.join("\n      + ", bits);
  }

  /// Done by the customer, not to them or by an agent.
  static String active(Columns columns, Dialect dialect) {
    Condition agent =
        new Condition.Has(new Path(Path.Root.PROPERTIES, List.of(new Path.Step.Key("agent"))));
    return "k.passive = 0 OR (k.passive = 2 AND NOT (%s))"
        .formatted(ConditionSql.print(agent, columns, dialect));
  }

  private String day() {
    return DaySql.print("e.occurred_at", question.offsets(), dialect);
  }
}
