package io.pulso.server.store;

import io.pulso.engine.metric.Select;
import java.util.BitSet;
import java.util.function.IntPredicate;

/// Everyone that exists in one state of knowledge, by number.
///
/// @param firstDays since when each exists; [#NEVER] for those who do not
/// @param identified whose id was given as a user's; every account
@SuppressWarnings("ArrayRecordComponent") // a column of many rows
public record Members(int[] firstDays, BitSet identified) {
  public static final int NEVER = Integer.MAX_VALUE;

  static Members of(int[] firstDays, BitSet identified) {
    int span = firstDays.length;
    while (span > 0 && firstDays[span - 1] == NEVER) {
      span--;
    }
    return new Members(java.util.Arrays.copyOf(firstDays, span), identified);
  }

  /// Those of one kind.
  public IntPredicate those(Select.Who who) {
    return switch (who) {
      case ANYBODY -> subject -> true;
      case IDENTIFIED -> identified::get;
      case ANONYMOUS -> subject -> !identified.get(subject);
    };
  }

  /// One more than the greatest number.
  public int span() {
    return firstDays.length;
  }
}
