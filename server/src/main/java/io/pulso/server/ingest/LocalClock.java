package io.pulso.server.ingest;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;

/// Turns local seconds of a zone into UTC: the earlier offset in an overlap, moved forward in a
/// gap. Days without a change of offset are remembered.
final class LocalClock {
  private static final int DAY = 86_400;
  private static final int SLOTS = 1 << 12;
  private static final int CHANGES = Integer.MIN_VALUE;

  private final ZoneRules rules;
  private final int fixed;
  private final long[] days;
  private final int[] offsets;

  LocalClock(ZoneId zone) {
    this.rules = zone.getRules();
    this.fixed = rules.isFixedOffset() ? rules.getOffset(Instant.EPOCH).getTotalSeconds() : CHANGES;
    int slots = fixed == CHANGES ? SLOTS : 0;
    this.days = new long[slots];
    this.offsets = new int[slots];
    Arrays.fill(days, Long.MIN_VALUE);
  }

  boolean isUtc() {
    return fixed == 0;
  }

  long utc(long localSeconds) {
    if (fixed != CHANGES) {
      return localSeconds - fixed;
    }
    long day = Math.floorDiv(localSeconds, (long) DAY);
    int slot = (int) (day & (SLOTS - 1));
    if (days[slot] != day) {
      offsets[slot] = offset(day);
      days[slot] = day;
    }
    int offset = offsets[slot];
    return localSeconds - (offset == CHANGES ? exact(localSeconds) : offset);
  }

  /// Java's rule is ours: in a gap the offset before it, which moves the time forward.
  private int exact(long localSeconds) {
    return rules
        .getOffset(LocalDateTime.ofEpochSecond(localSeconds, 0, ZoneOffset.UTC))
        .getTotalSeconds();
  }

  /// The one offset of a local day and of the hours around it, or [#CHANGES].
  private int offset(long day) {
    Instant before = Instant.ofEpochSecond((day - 2) * DAY);
    ZoneOffsetTransition next = rules.nextTransition(before);
    boolean calm = next == null || next.toEpochSecond() > (day + 3) * DAY;
    return calm ? rules.getOffset(before).getTotalSeconds() : CHANGES;
  }
}
