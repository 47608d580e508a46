package io.pulso.server.store;

import io.pulso.engine.model.Model;
import io.pulso.engine.model.Unit;
import io.pulso.engine.score.RollUp;
import io.pulso.engine.score.Uncounted;
import io.pulso.engine.time.LocalDays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How many events match but do not count, over everybody.
final class UncountedEvents {
  private final Db db;
  private final LocalDays days;
  private final Tables tables;
  private final Model model;
  private final MatchedEvents matched;

  UncountedEvents(Db db, LocalDays days, Tables tables, Model model) {
    this.db = db;
    this.days = days;
    this.tables = tables;
    this.model = model;
    this.matched = new MatchedEvents(db, days, tables, model);
  }

  /// How many events of everybody do not count on a day, by activity (its place in the model) and
  /// reason. Only activities that can have such events are read.
  ///
  /// @param numbers the roll-up's number of each activity, in the model's order
  Map<Integer, Map<Uncounted, Long>> count(List<Integer> numbers, int asOf) {
    int from = asOf - model.widestWindow() + 1;
    Set<Integer> without = withoutSeats(numbers, from, asOf);
    MatchedEvents.Limits limits =
        new MatchedEvents.Limits(hasFullDay(numbers, from, asOf), !without.isEmpty());
    Set<Integer> read = new TreeSet<>(without);
    for (int place = 0; place < model.activities().size(); place++) {
      if (!(model.activities().get(place).unit() instanceof Unit.Occurrences)) {
        read.add(place);
      }
    }
    Map<Integer, Map<Uncounted, Long>> found = new LinkedHashMap<>();
    if (read.isEmpty()) {
      return found;
    }
    String windows =
        read.stream()
            .map(place ->
                "WHEN %d THEN %d".formatted(place, asOf - model.activities().get(place).window()))
            .collect(Collectors.joining(" ", "CASE activity ", " END"));
    String events =
        matched.judged(
            matched.events(read, null, from, asOf), matched.owner() + " IS NOT NULL", limits);
    db.list(
            """
            SELECT activity, uncounted, COUNT(*) FROM (
            %s
            ) AS judged WHERE day > %s GROUP BY activity, uncounted ORDER BY activity\
            """
                .formatted(events, windows),
            row ->
                new Count(row.getInt(1), MatchedEvents.uncounted(row.getString(2)), row.getLong(3)))
        .forEach(count -> {
          // Those that count are grouped too: a filter would read each reason twice.
          if (count.reason() != null) {
            found
                .computeIfAbsent(count.activity(), place -> new EnumMap<>(Uncounted.class))
                .put(count.reason(), count.events());
          }
        });
    return found;
  }

  private record Count(int activity, @Nullable Uncounted reason, long events) {}

  private boolean hasFullDay(List<Integer> numbers, int from, int to) {
    List<Integer> some = matched.numeric().stream().map(numbers::get).toList();
    return !some.isEmpty()
        && !db.list(
                "SELECT 1 FROM %s WHERE activity IN (%s) AND day BETWEEN %d AND %d GROUP BY activity, %s, day HAVING SUM(units) >= %d LIMIT 1"
                    .formatted(
                        tables.units(db),
                        MatchedEvents.list(some),
                        from,
                        to,
                        matched.owner(),
                        RollUp.MOST_A_DAY),
                row -> row.getInt(1))
            .isEmpty();
  }

  /// The activities that are divided by seats and have units on a day without any.
  private Set<Integer> withoutSeats(List<Integer> numbers, int from, int to) {
    List<Integer> places = matched.perSeat();
    if (places.isEmpty()) {
      return Set.of();
    }
    new AccountReading(db, days, tables).makeSeats(from, to);
    Set<Integer> stored =
        new TreeSet<>(
            db.list(
                """
                SELECT DISTINCT u.activity FROM %s u
                LEFT JOIN divisor d ON d.per = 1 AND d.account = u.account AND d.day = u.day
                WHERE u.activity IN (%s) AND u.day BETWEEN %d AND %d AND COALESCE(d.milli, 0) < 1000
                """
                    .formatted(
                        tables.units(db),
                        MatchedEvents.list(places.stream().map(numbers::get).toList()),
                        from,
                        to),
                row -> row.getInt(1)));
    return places.stream()
        .filter(place -> stored.contains(numbers.get(place)))
        .collect(Collectors.toSet());
  }
}
