package io.pulso.engine.score;

/// About how many points one event adds: its units, as far as the day's cap lets them count, at the
/// factor of their age. These need not add up to the score, since caps of windows, groups and the
/// clamp belong to no single event.
public final class EventPoints {
  private final Term term;
  private final int asOf;

  private EventPoints(Term term, int asOf) {
    this.term = term;
    this.asOf = asOf;
  }

  /// Those of an activity, by its place in the model.
  public static EventPoints of(Plan plan, int activity, int asOf) {
    return new EventPoints(plan.terms.get(activity), asOf);
  }

  /// Milli-points.
  ///
  /// @param before milli-units that the day had before the event
  /// @param units milli-units that the event adds
  public long of(int day, long before, long units) {
    long cut = Math.min(before + units, term.perDay) - Math.min(before, term.perDay);
    return term.contribution(Decayed.NONE.plus(cut, term.factor(day, asOf)));
  }
}
