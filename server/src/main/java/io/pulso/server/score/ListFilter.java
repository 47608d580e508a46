package io.pulso.server.score;

import io.pulso.engine.expr.Condition;
import io.pulso.engine.expr.ConditionNames;
import io.pulso.engine.expr.Evaluator;
import io.pulso.engine.expr.Path;
import io.pulso.engine.expr.Standing;
import io.pulso.engine.json.Json;
import io.pulso.engine.model.Band;
import io.pulso.server.event.InputException;
import io.pulso.server.store.Standings;
import io.pulso.server.store.View;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rows of a crowd for which a condition holds. What is asked of traits and accounts is asked
/// in the store, what is asked of scores and activity in memory; the answers are two-valued, so
/// they may be joined.
public final class ListFilter {
  private static final int MOST_EVENTS = 10;

  private final View view;
  private final Crowd crowd;
  private final int span;
  private final Map<Standing, int[]> columns = new HashMap<>();
  private final Map<Band, Json> bands = new HashMap<>();

  public ListFilter(View view, Crowd crowd) {
    this.view = view;
    this.crowd = crowd;
    this.span = crowd.span();
  }

  /// Those rows.
  public BitSet rows(Condition condition) {
    if (!ConditionNames.reads(condition, Path.Root.STANDING)) {
      return crowd.answer(
          condition, () -> ofNumbers(view.matching(crowd.kind(), condition, crowd.day())));
    }
    return switch (condition) {
      case Condition.Not(Condition of) -> {
        BitSet rows = rows(of);
        rows.flip(0, crowd.size());
        yield rows;
      }
      case Condition.And(List<Condition> all) -> and(all);
      case Condition.Or(List<Condition> any) -> {
        BitSet rows = new BitSet();
        any.forEach(part -> rows.or(rows(part)));
        yield rows;
      }
      default -> crowd.answer(condition, () -> inMemory(condition));
    };
  }

  private BitSet and(List<Condition> all) {
    BitSet rows = new BitSet();
    rows.set(0, crowd.size());
    all.forEach(part -> rows.and(rows(part)));
    return rows;
  }

  /// The rows of subjects.
  public BitSet ofNumbers(BitSet numbers) {
    BitSet rows = new BitSet();
    for (int row = 0; row < crowd.size(); row++) {
      if (numbers.get(crowd.number(row))) {
        rows.set(row);
      }
    }
    return rows;
  }

  private BitSet inMemory(Condition condition) {
    if (ConditionNames.reads(condition, Path.Root.TRAITS)
        || ConditionNames.reads(condition, Path.Root.ACCOUNT)) {
      throw new InputException(
          "the filter compares a trait with a score or a count; compare each with a value instead");
    }
    BitSet rows = new BitSet();
    int[] at = {0};
    Evaluator.Places places = path -> value(path, at[0]);
    for (at[0] = 0; at[0] < crowd.size(); at[0]++) {
      if (Evaluator.test(condition, places)) {
        rows.set(at[0]);
      }
    }
    return rows;
  }

  private @Nullable Json value(Path path, int row) {
    Standing standing = Standing.of(path);
    return switch (standing) {
      case null -> null;
      case Standing.Word(String name) -> word(name, row);
      case Standing.Count count -> new Json.Num(column(count)[crowd.number(row)]);
      case Standing.DaysSince since -> {
        int last = column(since)[crowd.number(row)];
        yield last == Standings.NEVER ? null : new Json.Num(crowd.day() - last);
      }
    };
  }

  private @Nullable Json word(String name, int row) {
    return switch (name) {
      case "score" -> {
        Long score = crowd.score(row);
        yield score == null ? null : new Json.Num(score / 1000.0);
      }
      case "band" -> {
        Band band = crowd.band(row);
        yield band == null ? null : bands.computeIfAbsent(band, one -> new Json.Str(one.id()));
      }
      case "identified" -> new Json.Bool(crowd.identified(row));
      case "inactive" -> new Json.Bool(crowd.inactive(row));
      case "ramping" -> new Json.Bool(crowd.ramping(row));
      default -> throw new IllegalArgumentException(name);
    };
  }

  private int[] column(Standing standing) {
    int[] have = columns.get(standing);
    if (have != null) {
      return have;
    }
    if (columns.size() == MOST_EVENTS) {
      throw new InputException(
          "the filter has more than %d different count and days_since".formatted(MOST_EVENTS));
    }
    int[] known = crowd.column(standing, () -> read(standing));
    columns.put(standing, known);
    return known;
  }

  private int[] read(Standing standing) {
    Standings standings = view.standings(crowd.kind());
    return switch (standing) {
      case Standing.Count(String event, int days) ->
          standings.counts(span, event, crowd.day() - days + 1, crowd.day());
      case Standing.DaysSince(String event) -> standings.lastOf(span, event, crowd.day());
      case Standing.Word word -> throw new IllegalArgumentException(word.name());
    };
  }
}
