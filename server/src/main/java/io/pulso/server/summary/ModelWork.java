package io.pulso.server.summary;

import io.pulso.server.score.Coverage;
import io.pulso.server.score.InUse;
import io.pulso.server.score.LiveScores;
import io.pulso.server.store.CountedDays;
import io.pulso.server.store.DailyCounts;
import io.pulso.server.store.Members;
import io.pulso.server.store.Ownership;
import io.pulso.server.store.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What is known of one model at a glance, and what is still to be found out. For one thread.
final class ModelWork {
  /// The completed days that are counted.
  static final int DAYS = 91;

  /// How far apart the days lie that are compared.
  static final List<Integer> SPANS = List.of(1, 7, 30, 90);

  /// Days that are scored from one reading of units.
  private static final int AT_ONCE = 7;

  private final int length;
  private ModelLine line;
  private int today;
  private long serial;
  private boolean complete;

  /// In which revision and on which day nothing was left to count.
  private long completeAt;

  private int completeOn;
  private @Nullable Present present;
  private @Nullable Coverage coverage;
  private List<Glance.Day> days = List.of();
  private int stale;
  private final Map<Integer, Kept> kept = new HashMap<>();
  private final Map<Integer, Movement> movements = new TreeMap<>();

  /// Which scores each movement compares.
  private final Map<Integer, List<Long>> compared = new HashMap<>();

  /// The scores of a completed day under today's version.
  @SuppressWarnings("ArrayRecordComponent") // a column of many rows
  private record Kept(long serial, InUse use, long revision, long[] scores) {}

  ModelWork(ModelLine line, int today) {
    this(line, today, DAYS);
  }

  /// @param length how many completed days are counted
  ModelWork(ModelLine line, int today, int length) {
    this.line = line;
    this.today = today;
    this.length = length;
  }

  /// Goes on with another line of versions, or on another day.
  void follow(ModelLine other, int day) {
    InUse before = line.today();
    line = other;
    today = day;
    completeAt = -1;
    if (!ModelLine.same(before, other.today())) {
      present = null;
      coverage = null;
      kept.clear();
      movements.clear();
    }
  }

  ModelLine line() {
    return line;
  }

  /// Whether every completed day was counted once.
  boolean isComplete() {
    return complete;
  }

  Glance glance() {
    return new Glance(line, present, days, stale, movements, coverage);
  }

  void cover(Coverage found) {
    coverage = found;
  }

  /// Looks at the scores in memory; false where they are not there.
  boolean look(LiveScores scores, Instant at) {
    LiveScores.Sheet sheet = scores.sheet(line.today());
    if (sheet != null) {
      present = Present.of(line.today(), sheet, at);
    }
    return sheet != null;
  }

  /// Looks at the scores that the store gives.
  void look(View view, int threads, Instant at) {
    Members members = view.members(line.subject());
    BitSet active =
        view.active(line.today().model(), today - line.today().model().window() + 1, today);
    List<long[]> scores = new ArrayList<>();
    new DayCounting(view, 0, threads)
        .count(line.today(), today, today, (day, found) -> scores.add(found));
    present =
        Present.of(
            line.today(),
            new LiveScores.Sheet(today, scores.getFirst(), active, members.firstDays()),
            at);
  }

  /// Counts the next few completed days that are not right, the newest first; false where none is
  /// left.
  boolean count(View view, DailyCounts counts, Ownership ownership, int threads) {
    if (complete && counts.revision() == completeAt && completeOn == today) {
      return false;
    }
    int yesterday = today - 1;
    long revision = counts.begin(yesterday);
    CountedDays touches = counts.counted();
    int first = Math.max(today - length, counts.firstDay(line.subject()));
    read(counts, touches, first);
    kept.entrySet().removeIf(entry -> !isGood(entry.getKey(), entry.getValue(), touches));
    List<Integer> open = open(first, yesterday);
    if (!open.isEmpty()) {
      int to = open.getFirst();
      int from = to;
      while (to - from + 1 < AT_ONCE
          && open.contains(from - 1)
          && ModelLine.same(line.on(from - 1), line.on(to))) {
        from--;
      }
      count(new DayCounting(view, revision, threads), counts, revision, from, to);
      read(counts, touches, first);
      open(first, yesterday);
    }
    move(view, ownership, yesterday);
    if (open.isEmpty()) {
      complete = true;
      completeAt = revision;
      completeOn = today;
    }
    return !open.isEmpty();
  }

  private void count(DayCounting counting, DailyCounts counts, long revision, int from, int to) {
    InUse use = line.on(to);
    InUse latest = line.today();
    boolean same = ModelLine.same(use, latest);
    DayCounting.Sink keep =
        (day, scores) -> {
          if (isCompared(day)) {
            kept.put(day, new Kept(serial++, latest, revision, scores));
          }
        };
    counts.put(use.model(), counting.count(use, from, to, same ? keep : (day, scores) -> {}));
    for (int day = from; !same && day <= to; day++) {
      if (isCompared(day)) {
        counting.count(latest, day, day, keep);
      }
    }
  }

  private void read(DailyCounts counts, CountedDays touches, int first) {
    List<Glance.Day> found = new ArrayList<>();
    for (DailyCounts.Scores each : counts.scores(line.name(), first)) {
      InUse use = line.on(each.day());
      if (each.isOf(use.model(), use.version())) {
        found.add(new Glance.Day(each, touches.holds(each.day(), each.revision())));
      }
    }
    days = found;
  }

  private List<Integer> open(int first, int yesterday) {
    BitSet right = new BitSet();
    for (Glance.Day day : days) {
      right.set(day.counts().day() - first, day.right());
    }
    List<Integer> open = new ArrayList<>();
    stale = 0;
    for (int day = yesterday; day >= first; day--) {
      boolean counted = right.get(day - first);
      stale += counted ? 0 : 1;
      if (!counted || (isCompared(day) && !kept.containsKey(day))) {
        open.add(day);
      }
    }
    return open;
  }

  private boolean isCompared(int day) {
    return day == today - 1 || SPANS.contains(today - 1 - day);
  }

  private boolean isGood(int day, Kept scores, CountedDays touches) {
    return day < today
        && isCompared(day)
        && ModelLine.same(scores.use(), line.today())
        && touches.holds(day, scores.revision());
  }

  /// Compares the days whose scores are there, where that was not done yet.
  private void move(View view, Ownership ownership, int yesterday) {
    Kept after = kept.get(yesterday);
    for (int span : SPANS) {
      Kept before = kept.get(yesterday - span);
      Movement known = movements.get(span);
      if (after == null || before == null) {
        if (known != null && known.to() != yesterday) {
          movements.remove(span);
        }
        continue;
      }
      List<Long> pair = List.of(before.serial(), after.serial());
      if (known == null || known.to() != yesterday || !pair.equals(compared.get(span))) {
        movements.put(
            span,
            new Movements(view, line.today(), ownership)
                .between(yesterday - span, before.scores(), yesterday, after.scores(), span == 1));
        compared.put(span, pair);
      }
    }
  }
}
