package io.pulso.engine.expr;

import io.pulso.engine.expr.Path.Root;
import io.pulso.engine.expr.Path.Step;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a list knows of a subject on a day, beside traits and account.
public sealed interface Standing {
  /// Words that stand for themselves, such as `score`.
  Set<String> WORDS = Set.of("score", "band", "identified", "inactive", "ramping");

  String COUNT = "count";
  String DAYS_SINCE = "days_since";

  /// One of [#WORDS].
  record Word(String name) implements Standing {}

  /// How many events of a name the subject has in the days that end with the day asked.
  record Count(String event, int days) implements Standing {}

  /// The days since the last event of a name; missing where there is none.
  record DaysSince(String event) implements Standing {}

  /// The place of it in an expression.
  default Path path() {
    return switch (this) {
      case Word(String name) -> new Path(Root.STANDING, List.of(new Step.Key(name)));
      case Count(String event, int days) ->
          new Path(
              Root.STANDING,
              List.of(new Step.Key(COUNT), new Step.Key(event), new Step.Index(days)));
      case DaysSince(String event) ->
          new Path(Root.STANDING, List.of(new Step.Key(DAYS_SINCE), new Step.Key(event)));
    };
  }

  /// What a place means; null where it is another root's.
  static @Nullable Standing of(Path path) {
    if (path.root() != Root.STANDING) {
      return null;
    }
    return switch (path.steps()) {
      case List<Step> steps
          when steps.size() == 3
              && steps.get(1) instanceof Step.Key(String event)
              && steps.get(2) instanceof Step.Index(int days) ->
          new Count(event, days);
      case List<Step> steps when steps.size() == 2 && steps.get(1) instanceof Step.Key(var event) ->
          new DaysSince(event);
      case List<Step> steps when steps.size() == 1 && steps.get(0) instanceof Step.Key(var name) ->
          new Word(name);
      default -> null;
    };
  }
}
