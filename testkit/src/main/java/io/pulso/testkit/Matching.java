package io.pulso.testkit;

import io.pulso.engine.expr.Condition;
import io.pulso.engine.expr.Evaluator;

/// Says whether a condition holds for the facts of an event or of a subject.
@FunctionalInterface
public interface Matching {
  boolean test(Condition condition, Evaluator.Facts facts);
}
