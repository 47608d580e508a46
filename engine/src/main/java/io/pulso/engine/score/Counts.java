package io.pulso.engine.score;

/// Milli-units behind a contribution: seen = counted + uncounted by day + uncounted by window.
///
/// @param seen in the window, before any cap and decay
/// @param uncountedDay what `per_day` cuts
/// @param uncountedWindow what `per_window` (or the target of a weighted activity) cuts of the
///   decayed units
public record Counts(long seen, long uncountedDay, long uncountedWindow) {
  static final Counts NONE = new Counts(0, 0, 0);

  /// Of the days `from` to `to`, both included, as on `asOf`.
  static Counts of(Term term, SubjectUnits.Days units, int from, int to, int asOf) {
    long seen = 0;
    long cut = 0;
    for (int i = 0; i < units.days().length; i++) {
      int day = units.days()[i];
      long age = (long) asOf - day;
      if (from <= day && day <= to && 0 <= age && age < term.window) {
        seen += units.units()[i];
        cut += Math.max(0, units.units()[i] - term.perDay);
      }
    }
    Decayed decayed = term.decayed(units, from, to, asOf);
    return new Counts(seen, cut, decayed.minus(term.counted(decayed)).milli());
  }

  public long counted() {
    return seen - uncountedDay - uncountedWindow;
  }

  Counts minus(Counts other) {
    return new Counts(
        seen - other.seen,
        uncountedDay - other.uncountedDay,
        uncountedWindow - other.uncountedWindow);
  }
}
