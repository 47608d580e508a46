package io.pulso.engine.sql;

import io.pulso.engine.expr.Condition;
import io.pulso.engine.expr.ConditionNames;
import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.Measure;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What leaves read of the events that they count, as SQL: rows of it can be kept beside the
/// events, since it changes only with the events themselves. Whose an event is does not belong to
/// it.
///
/// @param names a condition on the kind of an event, which all that match meet
/// @param match the condition
/// @param value a text that is the same exactly when what is counted is; null for none
/// @param number in thousandths; null for none
/// @param message the message id as text, where the latest of several counts; null for none
public record KeptFact(
    String names,
    String match,
    @Nullable String value,
    @Nullable String number,
    @Nullable String message) {
  /// What a leaf reads; null where it depends on more than the event, or events are counted without
  /// looking into them, which is quick.
  public static @Nullable KeptFact of(Measure.Leaf leaf, Dialect dialect) {
    Condition match = leaf.of().match().condition();
    if (Stream.of(Path.Root.SOURCE, Path.Root.TRAITS, Path.Root.ACCOUNT, Path.Root.STANDING)
        .anyMatch(root -> ConditionNames.reads(match, root))) {
      return null;
    }
    EventValues values = new EventValues(new EventColumns(), dialect);
    return switch (leaf) {
      case Measure.Events _ ->
          ConditionNames.onlyNames(match) ? null : of(match, null, null, null, dialect);
      case Measure.Machines _ -> null;
      case Measure.Customers _ -> of(match, null, null, null, dialect);
      case Measure.Distinct(var of, Path path) -> ofValue(match, path, dialect);
      case Measure.Repeaters(var of, Path path, int times) -> ofValue(match, path, dialect);
      case Measure.Unique(var of, var paths) ->
          paths.stream().anyMatch(path -> !isOfEvent(path))
              ? null
              : of(match, values.first(paths), null, null, dialect);
      case Measure.Total(var of, Path path) -> ofNumber(match, path, false, dialect);
      case Measure.Numbers(var of, Path path, boolean latest) ->
          ofNumber(match, path, latest, dialect);
    };
  }

  private static @Nullable KeptFact ofValue(Condition match, Path path, Dialect dialect) {
    return isOfEvent(path)
        ? of(match, new EventValues(new EventColumns(), dialect).key(path), null, null, dialect)
        : null;
  }

  private static @Nullable KeptFact ofNumber(
      Condition match, Path path, boolean latest, Dialect dialect) {
    EventValues values = new EventValues(new EventColumns(), dialect);
    return isOfEvent(path)
        ? of(match, null, values.milli(path), latest ? values.message() : null, dialect)
        : null;
  }

  private static KeptFact of(
      Condition match,
      @Nullable String value,
      @Nullable String number,
      @Nullable String message,
      Dialect dialect) {
    Columns columns = new EventColumns();
    return new KeptFact(
        ConditionSql.print(ConditionNames.guard(match), columns, dialect),
        ConditionSql.print(match, columns, dialect),
        value,
        number,
        message);
  }

  private static boolean isOfEvent(Path path) {
    return switch (path.root()) {
      case EVENT, NAME, TYPE, CHANNEL, VALUE, PROPERTIES, CONTEXT -> true;
      default -> false;
    };
  }

  /// Whether its rows tell what another one needs.
  public boolean tells(KeptFact need) {
    return match.equals(need.match)
        && (need.value == null || need.value.equals(value))
        && (need.number == null || need.number.equals(number))
        && (need.message == null || need.message.equals(message));
  }

  /// One whose rows tell what both need; null where there is none.
  public @Nullable KeptFact with(KeptFact other) {
    if (!match.equals(other.match)
        || differ(value, other.value)
        || differ(number, other.number)
        || differ(message, other.message)) {
      return null;
    }
    return new KeptFact(
        names,
        match,
        value == null ? other.value : value,
        number == null ? other.number : number,
        message == null ? other.message : message);
  }

  private static boolean differ(@Nullable String one, @Nullable String other) {
    return one != null && other != null && !Objects.equals(one, other);
  }

  /// Prints the query for the rows: columns `person, source, import, seq, occurred_at, number,
  /// value, message`.
  ///
  /// @param only a condition on the events `e`
  public String rows(String only) {
    return """
    SELECT e.person, e.source, e.import, e.seq, e.occurred_at, %s AS number, %s AS value, %s AS message
      FROM event e
      JOIN kind k ON k.no = e.kind
      WHERE e.excluded = 0
        AND %s
        AND %s
        AND %s\
    """
        .formatted(
            number == null ? "CAST(NULL AS BIGINT)" : number,
            value == null ? "CAST(NULL AS STRING)" : value,
            message == null ? "CAST(NULL AS STRING)" : message,
            only,
            names,
            match);
  }
}
