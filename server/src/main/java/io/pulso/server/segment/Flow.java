package io.pulso.server.segment;

import io.pulso.engine.segment.Segment;
import io.pulso.server.event.InputException;
import io.pulso.server.score.Crowd;
import io.pulso.server.score.Crowds;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Who came into a segment and who left it, day by day.
public final class Flow {
  /// The most days of one question.
  public static final int MOST_DAYS = 92;

  private Flow() {}

  /// What became of a segment on a day. The size of a day is that of the day before, with those who
  /// entered and without those who left.
  ///
  /// @param members numbers of those who are in it at the end of the day
  /// @param entered of those who are in it at the end of the day, and were not a day before
  /// @param left of those who were in it a day before, and are not at the end of the day
  public record Day(int day, BitSet members, BitSet entered, BitSet left) {
    public int size() {
      return members.cardinality();
    }
  }

  /// The days between two, both included.
  public static List<Day> of(
      View view, Crowds.InForce models, Segment segment, int first, int last) {
    if (last - first >= MOST_DAYS) {
      throw new InputException("at most %d days at once".formatted(MOST_DAYS));
    }
    Crowds crowds = new Crowds(view, segment.of(), models, first - 1, last);
    List<Day> days = new ArrayList<>();
    BitSet before = on(view, crowds, segment, first - 1);
    for (int day = first; day <= last; day++) {
      BitSet now = on(view, crowds, segment, day);
      days.add(new Day(day, now, without(now, before), without(before, now)));
      before = now;
    }
    return days;
  }

  /// The same of some subjects alone.
  ///
  /// @param some their numbers
  public static List<Day> among(List<Day> days, BitSet some) {
    return days.stream()
        .map(day ->
            new Day(
                day.day(),
                both(day.members(), some),
                both(day.entered(), some),
                both(day.left(), some)))
        .toList();
  }

  private static BitSet on(View view, Crowds crowds, Segment segment, int day) {
    Crowd crowd = crowds.on(day);
    return Memberships.numbers(view, crowd, segment);
  }

  private static BitSet both(BitSet one, BitSet other) {
    BitSet found = (BitSet) one.clone();
    found.and(other);
    return found;
  }

  private static BitSet without(BitSet some, BitSet others) {
    BitSet rest = (BitSet) some.clone();
    rest.andNot(others);
    return rest;
  }
}
