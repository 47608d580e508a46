package io.pulso.engine.score;

/// The lines of an explanation that stand for activities: what each contributed on the first day,
/// and step by step what it contributes on the last.
final class Changes {
  private final Explanation.Side from;
  private final SubjectUnits knownFrom;
  private final Explanation.Side to;
  private final Explanation.Lines lines;

  Changes(
      Explanation.Side from, SubjectUnits knownFrom, Explanation.Side to, Explanation.Lines lines) {
    this.from = from;
    this.knownFrom = knownFrom;
    this.to = to;
    this.lines = lines;
  }

  /// Adds all lines that are not zero.
  void add() {
    for (int i = 0; i < from.plan().activities(); i++) {
      addActivity(i);
    }
    for (int i = 0; i < to.plan().activities(); i++) {
      if (from.plan().indexOf(to.plan().activity(i)) < 0) {
        lines.add(Cause.MODEL, to.plan().activity(i), last(i));
      }
    }
    lines.add(Cause.MODEL, null, to.plan().model().base() - from.plan().model().base());
  }

  private long last(int index) {
    SubjectUnits.Days units = to.units().byActivity().get(index);
    return to.plan().terms.get(index).contribution(units, to.day());
  }

  private void addActivity(int index) {
    Term term = from.plan().terms.get(index);
    SubjectUnits.Days known = knownFrom.byActivity().get(index);
    SubjectUnits.Days units = from.units().byActivity().get(index);
    long first = term.contribution(units, from.day());
    lines.add(
        Cause.CORRECTIONS,
        term.name,
        first - term.contribution(known, from.day()),
        counts(term, units, from.day()).minus(counts(term, known, from.day())));

    boolean stays = term.fit && term.contribution(units, to.day()) == first;
    long kept = stays ? first : kept(term, units, from.day());
    long aged = stays ? first : kept(term, units, to.day());
    long renewed = term.contribution(units, to.day());
    lines.add(Cause.EXPIRED, term.name, kept - first);
    lines.add(Cause.DECAYED, term.name, aged - kept);
    Counts before = Counts.of(term, units, Integer.MIN_VALUE, from.day(), to.day());
    lines.add(
        Cause.NEW_ACTIVITY,
        term.name,
        renewed - aged,
        stays ? Counts.NONE : counts(term, units, to.day()).minus(before));
    int after = to.plan().indexOf(term.name);
    lines.add(Cause.MODEL, term.name, (after < 0 ? 0 : last(after)) - renewed);
  }

  /// What the units of the first day and before that are in the last day's window contribute, with
  /// the factors of a day.
  private long kept(Term term, SubjectUnits.Days units, int day) {
    long start = Math.max((long) to.day() - term.window + 1, Integer.MIN_VALUE);
    return term.contribution(term.decayed(units, (int) start, from.day(), day));
  }

  private static Counts counts(Term term, SubjectUnits.Days units, int day) {
    return Counts.of(term, units, Integer.MIN_VALUE, day, day);
  }
}
