package io.pulso.server.segment;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.segment.Segment;
import io.pulso.server.event.InputException;
import io.pulso.server.score.Crowd;
import io.pulso.server.score.Crowds;
import io.pulso.server.score.ListFilter;
import io.pulso.server.score.Sight;
import io.pulso.server.store.View;
import java.util.BitSet;

/// Finds who is in a segment.
public final class Memberships {
  private Memberships() {}

  /// The rows of a crowd that are in it on the crowd's day.
  public static BitSet rows(View view, Crowd crowd, Segment segment) {
    if (crowd.kind() != segment.of()) {
      return new BitSet();
    }
    ListFilter filter = new ListFilter(view, crowd);
    return switch (segment.members()) {
      case Segment.Rule(Expression when) -> filter.rows(when.condition());
      case Segment.Listed _ ->
          filter.ofNumbers(view.listed(segment.name(), segment.of(), crowd.day()));
    };
  }

  /// As [#rows], by the numbers of the subjects.
  public static BitSet numbers(View view, Crowd crowd, Segment segment) {
    return numbers(crowd, rows(view, crowd, segment));
  }

  /// As [#numbers(View, Crowd, Segment)], at the end of a day.
  public static BitSet on(View view, Crowds.InForce models, Segment segment, int day) {
    return numbers(view, new Crowds(view, segment.of(), models, day, day).on(day), segment);
  }

  /// The numbers of rows.
  public static BitSet numbers(Crowd crowd, BitSet rows) {
    BitSet numbers = new BitSet();
    rows.stream().forEach(row -> numbers.set(crowd.number(row)));
    return numbers;
  }

  /// Whether a segment tells nothing that somebody does not see.
  public static boolean isAllowed(Sight sight, Segment segment) {
    try {
      allow(sight, segment);
      return true;
    } catch (InputException e) {
      return false;
    }
  }

  /// Refuses a segment that would tell what somebody does not see.
  public static void allow(Sight sight, Segment segment) {
    if (segment.members() instanceof Segment.Rule(Expression when)) {
      sight.of(segment.of()).allow(when);
    }
  }
}
