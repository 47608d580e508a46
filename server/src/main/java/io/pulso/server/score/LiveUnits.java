package io.pulso.server.score;

import io.pulso.engine.score.Blocks;
import io.pulso.engine.score.RollUp;
import io.pulso.engine.score.SubjectUnits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// Units of everybody in memory, to which batches add: of each subject a short sorted array with a
/// number for each activity and day, which holds the activity's place, the day and the milli-units.
final class LiveUnits {
  private static final int UNIT_BITS = 40;
  private static final int DAY_BITS = 12;
  private static final long UNIT_MASK = (1L << UNIT_BITS) - 1;
  private static final int DAY_MASK = (1 << DAY_BITS) - 1;

  /// The most activities that can be kept.
  static final int MOST_PLACES = (1 << 11) - 1;

  private static final long[] NONE = {};

  private final int firstDay;
  private final int places;
  private long[][] rows = new long[1024][];

  /// Subjects with a day that saturated: what is added to them cannot be told from memory.
  private final BitSet saturated = new BitSet();

  /// @param firstDay earlier days are left out
  /// @param places how many activities there are
  LiveUnits(int firstDay, int places) {
    if (places > MOST_PLACES) {
      throw new IllegalArgumentException(places + " activities");
    }
    this.firstDay = firstDay;
    this.places = places;
  }

  /// Takes the units of all activities; the work of several threads.
  static LiveUnits of(int firstDay, List<RollUp> units) {
    LiveUnits live = new LiveUnits(firstDay, units.size());
    int subjects = units.stream().mapToInt(RollUp::subjects).max().orElse(0);
    live.rows = new long[Math.max(1024, subjects)][];
    Blocks.each(
        subjects,
        Scoring.threads(),
        () -> {
          Taking taking = live.new Taking(units);
          return (first, last) -> {
            for (int subject = first; subject < last; subject++) {
              taking.take(subject);
            }
          };
        });
    return live;
  }

  /// Takes the units of subjects, one after another.
  private final class Taking {
    private final List<RollUp> units;
    private long[] found = new long[64];

    Taking(List<RollUp> units) {
      this.units = units;
    }

    void take(int subject) {
      int n = 0;
      for (int place = 0; place < places; place++) {
        RollUp rollUp = units.get(place);
        for (int row = rollUp.from(subject); row < rollUp.to(subject); row++) {
          if (holds(rollUp.day(row))) {
            found = n == found.length ? Arrays.copyOf(found, 2 * n) : found;
            found[n++] = row(place, rollUp.day(row)) | rollUp.units(row);
            note(subject, rollUp.units(row));
          }
        }
      }
      rows[subject] = n == 0 ? NONE : Arrays.copyOf(found, n);
    }
  }

  private boolean holds(int day) {
    return day >= firstDay && day - firstDay <= DAY_MASK;
  }

  private long row(int place, int day) {
    return ((long) place << DAY_BITS | (day - firstDay)) << UNIT_BITS;
  }

  private void note(int subject, long units) {
    if (units >= RollUp.MOST_A_DAY) {
      synchronized (saturated) {
        saturated.set(subject);
      }
    }
  }

  /// Whether units of a subject have to be read from the store.
  boolean isUnsure(int subject) {
    return saturated.get(subject);
  }

  /// Adds milli-units, which may be negative.
  void add(int place, int subject, int day, long units) {
    if (!holds(day)) {
      return;
    }
    long[] old = rows(subject);
    long key = row(place, day);
    int at = Arrays.binarySearch(old, key);
    at = at < 0 ? -at - 1 : at;
    boolean there = at < old.length && (old[at] & ~UNIT_MASK) == key;
    long sum = (there ? old[at] & UNIT_MASK : 0) + units;
    if (sum < 0 || sum >= RollUp.MOST_A_DAY) {
      saturated.set(subject);
      sum = Math.clamp(sum, 0, RollUp.MOST_A_DAY);
    }
    put(subject, old, at, there, key | sum);
  }

  private void put(int subject, long[] old, int at, boolean there, long row) {
    boolean gone = (row & UNIT_MASK) == 0;
    if (there && !gone) {
      old[at] = row;
    } else if (there) {
      rows[subject] = without(old, at);
    } else if (!gone) {
      rows[subject] = with(old, at, row);
    }
  }

  private static long[] with(long[] old, int at, long row) {
    long[] made = new long[old.length + 1];
    System.arraycopy(old, 0, made, 0, at);
    made[at] = row;
    System.arraycopy(old, at, made, at + 1, old.length - at);
    return made;
  }

  private static long[] without(long[] old, int at) {
    long[] made = new long[old.length - 1];
    System.arraycopy(old, 0, made, 0, at);
    System.arraycopy(old, at + 1, made, at, made.length - at);
    return made;
  }

  private long[] rows(int subject) {
    if (subject >= rows.length) {
      rows = Arrays.copyOf(rows, Math.max(subject + 1, rows.length + rows.length / 2));
    }
    long[] found = rows[subject];
    return found == null ? NONE : found;
  }

  /// The units of one subject, for activities in the given order of places.
  SubjectUnits of(int subject, int[] order) {
    long[] all = rows(subject);
    List<SubjectUnits.Days> found = new ArrayList<>(order.length);
    for (int place : order) {
      int from = from(all, place);
      int to = from(all, place + 1);
      if (from == to) {
        found.add(SubjectUnits.Days.NONE);
      } else {
        int[] days = new int[to - from];
        long[] units = new long[to - from];
        for (int i = from; i < to; i++) {
          days[i - from] = day(all[i]);
          units[i - from] = all[i] & UNIT_MASK;
        }
        found.add(new SubjectUnits.Days(days, units));
      }
    }
    return new SubjectUnits(found);
  }

  /// Whether a subject has units of an activity between two days, both included.
  boolean any(int subject, int place, int from, int to) {
    long[] all = rows(subject);
    for (int i = from(all, place); i < from(all, place + 1); i++) {
      int day = day(all[i]);
      if (from <= day && day <= to) {
        return true;
      }
    }
    return false;
  }

  private static int from(long[] all, int place) {
    int at = Arrays.binarySearch(all, (long) place << (DAY_BITS + UNIT_BITS));
    return at < 0 ? -at - 1 : at;
  }

  private int day(long row) {
    return (int) ((row >>> UNIT_BITS) & DAY_MASK) + firstDay;
  }
}
