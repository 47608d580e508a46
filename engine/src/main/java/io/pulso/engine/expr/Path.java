package io.pulso.engine.expr;

import java.util.List;

/// A place in an event: a root and the steps below it, as in `properties.plan.name`.
public record Path(Root root, List<Step> steps) implements Operand {
  public Path {
    steps = List.copyOf(steps);
  }

  /// What an expression can speak of. `VALUE` is a number or missing, `SOURCE` has the fields
  /// `name` and `trusted`; `PROPERTIES`, `CONTEXT`, `TRAITS` and `ACCOUNT` are JSON objects.
  /// `STANDING` is what a list knows of a subject, see [Standing].
  public enum Root {
    EVENT,
    NAME,
    TYPE,
    CHANNEL,
    VALUE,
    PROPERTIES,
    CONTEXT,
    TRAITS,
    ACCOUNT,
    SOURCE,
    STANDING
  }

  /// One step down: into an object by key or into an array by position.
  public sealed interface Step {
    record Key(String name) implements Step {}

    record Index(int position) implements Step {}
  }
}
