package io.pulso.testkit;

import io.pulso.engine.expr.Evaluator;
import io.pulso.engine.expr.Path;
import io.pulso.engine.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stands at a place of an event.
final class Places {
  private Places() {}

  /// Null where nothing stands. `value` is a number or missing.
  static @Nullable Json find(Path path, Evaluator.Facts facts) {
    Json at =
        switch (path.root()) {
          case EVENT -> text(facts.event());
          case NAME -> text(facts.name());
          case TYPE -> text(facts.type());
          case CHANNEL -> text(facts.channel());
          case VALUE -> facts.value() instanceof Json.Num number ? number : null;
          case PROPERTIES -> facts.properties();
          case CONTEXT -> facts.context();
          case TRAITS -> facts.traits();
          case ACCOUNT -> facts.account();
          case SOURCE -> text(facts.source());
          case STANDING -> throw new IllegalArgumentException("no place of an event: " + path);
        };
    return path.root() == Path.Root.SOURCE ? at : down(at, path.steps());
  }

  /// What stands below.
  static @Nullable Json down(@Nullable Json from, List<Path.Step> steps) {
    Json at = from;
    for (Path.Step step : steps) {
      at = down(at, step);
    }
    return at;
  }

  private static @Nullable Json text(@Nullable String text) {
    return text == null ? null : new Json.Str(text);
  }

  private static @Nullable Json down(@Nullable Json at, Path.Step step) {
    return switch (step) {
      case Path.Step.Key(String name) -> at instanceof Json.Obj object ? object.get(name) : null;
      case Path.Step.Index(int position) ->
          at instanceof Json.Arr(List<Json> items) && position >= 0 && position < items.size()
              ? items.get(position)
              : null;
    };
  }
}
