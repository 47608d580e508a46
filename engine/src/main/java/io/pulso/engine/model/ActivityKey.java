package io.pulso.engine.model;

/// What an activity reads from the events, and nothing of what it makes of that: two activities
/// with the same key have the same roll-up.
public final class ActivityKey {
  private ActivityKey() {}

  /// SHA-256, in hexadecimal, of the subject, the condition and the unit.
  public static String of(Activity activity, Model.Subject subject) {
    KeyText text = new KeyText();
    text.word(subject.name());
    text.condition(activity.match().condition());
    text.unit(activity.unit());
    return ModelReader.sha256(text.toString());
  }
}
