package io.pulso.server.store;

import io.pulso.engine.model.Activity;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.Unit;
import io.pulso.engine.score.RollUp;
import io.pulso.engine.score.Uncounted;
import io.pulso.engine.sql.DuckDb;
import io.pulso.engine.sql.RollUpSql;
import io.pulso.engine.time.LocalDays;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The single events that a model's activities match, and why some of them do not count.
final class MatchedEvents {
  private final Db db;
  private final LocalDays days;
  private final Tables tables;
  private final Model model;
  private final boolean account;
  private final String owner;

  /// What can keep events from counting beside what they hold.
  ///
  /// @param full some days may have more units than they can hold
  /// @param seats some days may have no seats
  record Limits(boolean full, boolean seats) {}

  MatchedEvents(Db db, LocalDays days, Tables tables, Model model) {
    this.db = db;
    this.days = days;
    this.tables = tables;
    this.model = model;
    this.account = model.subject() == Model.Subject.ACCOUNT;
    this.owner = account ? "account" : "subject";
  }

  /// Those of one subject between two days, newest first.
  ///
  /// @param people whose events are read, as the right side of IN
  List<MatchedEvent> of(int subject, String people, int from, int to) {
    Limits limits = new Limits(!numeric().isEmpty(), !perSeat().isEmpty());
    if (limits.seats()) {
      new AccountReading(db, days, tables).makeSeats(from, to);
    }
    Set<Integer> all = new TreeSet<>();
    for (int place = 0; place < model.activities().size(); place++) {
      all.add(place);
    }
    String events = events(all, people, from, to);
    return db
        .list(
            judged(events, owner + " = " + subject, limits),
            row ->
                new MatchedEvent(
                    row.getInt(1),
                    row.getInt(2),
                    row.getLong(3),
                    row.getString(4),
                    row.getLong(5),
                    row.getString(6),
                    uncounted(row.getString(7)),
                    row.getInt(8)))
        .stream()
        .sorted(
            Comparator.comparingLong(MatchedEvent::occurredAt)
                .thenComparing(MatchedEvent::messageId)
                .reversed())
        .toList();
  }

  static @Nullable Uncounted uncounted(@Nullable String code) {
    return code == null ? null : Uncounted.of(code);
  }

  String events(Set<Integer> places, @Nullable String people, int from, int to) {
    List<RollUpSql.Read> reads = new ArrayList<>();
    for (int place : places) {
      reads.add(new RollUpSql.Read(place, model.activities().get(place), account));
    }
    RollUpSql.Days range = RollUpSql.Days.of(from, to, days);
    return RollUpSql.events(
        new RollUpSql.Reading(
            reads,
            days.offsets(range.from(), range.to()),
            tables.prefix(),
            tables.knownAt(),
            people,
            range,
            null),
        new DuckDb());
  }

  /// Events with the reason that what they hold, or else their day, gives for not counting.
  String judged(String events, String whose, Limits limits) {
    return """
    WITH found AS (
      SELECT * FROM (
    %s
      ) AS e WHERE %s
    )%s
    SELECT f.activity, f.day, f.occurred, f.message, f.units, f.value, %s AS uncounted, f.subject
    FROM found AS f%s%s\
    """
        .formatted(
            events,
            whose,
            limits.full() ? fullDays() : "",
            reason(limits),
            limits.full()
                ? "\nLEFT JOIN full_day AS x ON x.activity = f.activity AND x.owner = f.%s AND x.day = f.day"
                    .formatted(owner)
                : "",
            limits.seats()
                ? "\nLEFT JOIN divisor AS d ON d.per = 1 AND d.account = f.account AND d.day = f.day"
                : "");
  }

  private String reason(Limits limits) {
    if (!limits.full() && !limits.seats()) {
      return "f.uncounted";
    }
    StringBuilder cases =
        new StringBuilder(
            "CASE WHEN f.uncounted IS NOT NULL THEN f.uncounted WHEN f.units = 0 AND f.value IS NULL THEN NULL ");
    if (limits.seats()) {
      cases
          .append(
              "WHEN f.activity IN (%s) AND COALESCE(d.milli, 0) < 1000".formatted(list(perSeat())))
          .append(" THEN '%s' ".formatted(Uncounted.NO_SEATS.code()));
    }
    if (limits.full()) {
      cases.append("WHEN x.day IS NOT NULL THEN '%s' ".formatted(Uncounted.SATURATED.code()));
    }
    return cases.append("END").toString();
  }

  /// Days with more units than they can hold, each person's cut at its cap.
  private String fullDays() {
    StringBuilder caps = new StringBuilder("CASE activity");
    for (int place : numeric()) {
      Long cap = model.activities().get(place).caps().perPerson();
      if (cap != null) {
        caps.append(" WHEN %d THEN LEAST(SUM(units), %d)".formatted(place, cap));
      }
    }
    return """
    ,
    full_day AS (
      SELECT activity, owner, day FROM (
        SELECT activity, %s AS owner, subject, day, %s ELSE SUM(units) END AS units
        FROM found GROUP BY activity, %s, subject, day
      ) AS person GROUP BY activity, owner, day HAVING SUM(units) > %d
    )\
    """
        .formatted(
            owner,
            caps.indexOf("WHEN") < 0 ? "CASE WHEN FALSE THEN 0" : caps,
            owner,
            RollUp.MOST_A_DAY);
  }

  /// The column of whom the units are.
  String owner() {
    return owner;
  }

  List<Integer> numeric() {
    return places(activity -> activity.unit() instanceof Unit.Numeric);
  }

  List<Integer> perSeat() {
    return places(activity -> account && activity.per() == Activity.Per.SEAT);
  }

  private interface Test {
    boolean holds(Activity activity);
  }

  private List<Integer> places(Test test) {
    List<Integer> found = new ArrayList<>();
    for (int place = 0; place < model.activities().size(); place++) {
      if (test.holds(model.activities().get(place))) {
        found.add(place);
      }
    }
    return found;
  }

  static String list(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
