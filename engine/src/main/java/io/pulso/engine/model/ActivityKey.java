package io.pulso.engine.model;

import io.pulso.engine.expr.Condition;

/// What an activity reads from the events, and nothing of what it makes of that: two activities
/// with the same key have the same roll-up.
public final class ActivityKey {
  private ActivityKey() {}

  /// SHA-256, in hexadecimal, of the subject, the condition and the unit.
  public static String of(Activity activity, Model.Subject subject) {
    return of(activity.match().condition(), activity.unit(), subject);
  }

  /// As the other one, of an activity with a condition and a unit.
  public static String of(Condition match, Unit unit, Model.Subject subject) {
    KeyText text = new KeyText();
    text.word(subject.name());
    text.condition(match);
    text.unit(unit);
    return ModelReader.sha256(text.toString());
  }
}
