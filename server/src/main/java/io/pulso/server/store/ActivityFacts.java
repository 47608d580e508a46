package io.pulso.server.store;

import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.metric.SubjectDays;
import io.pulso.engine.model.Model;
import io.pulso.engine.time.LocalDays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// How many customers and accounts were active on the days before each day.
public final class ActivityFacts {
  private final Db db;
  private final LocalDays days;
  private final Tables tables;

  ActivityFacts(Db db, LocalDays days, Tables tables) {
    this.db = db;
    this.days = days;
    this.tables = tables;
  }

  /// Who counts, on which days, within how many days before.
  private record Asked(IntPredicate who, Period period, List<Integer> windows) {
    int firstRead() {
      return period.first() - windows.stream().mapToInt(window -> window).max().orElse(1) + 1;
    }

    /// For each window the number of each day.
    List<int[]> of(SubjectDays active) {
      return windows.stream()
          .map(window -> active.trailing(who, period.first(), period.last(), window))
          .toList();
    }
  }

  /// For each day of a period, how many different customers had an active event on it or on the
  /// days of a window before it; for each window.
  ///
  /// @param among the numbers of those who count; null for all
  public List<int[]> customers(
      Select.Who who, @Nullable BitSet among, Period period, List<Integer> windows) {
    Members people = new Subjects(db, tables).members(Model.Subject.CUSTOMER);
    RollUps rollUps = new RollUps(db, days, tables);
    rollUps.ensureActive();
    IntPredicate counted = people.those(who);
    Asked asked =
        new Asked(
            among == null ? counted : subject -> among.get(subject) && counted.test(subject),
            period,
            windows);
    return asked.of(rollUps.active(people.span(), asked.firstRead(), period.last()));
  }

  /// How many customers had their first active event ever on which day.
  public Map<Integer, Integer> begun(Select.Who who) {
    new RollUps(db, days, tables).ensureActive();
    Map<Integer, Integer> counts = new HashMap<>();
    BySubject.group(
        db,
        () ->
            db.list(
                """
                SELECT f.since, COUNT(*) FROM (
                  SELECT subject, MIN(day) AS since FROM %s WHERE activity = %d AND units > 0 GROUP BY subject) f%s
                GROUP BY f.since
                """
                    .formatted(
                        tables.units(db), RollUps.ACTIVE, Subjects.only(who, tables, "f.subject")),
                row -> {
                  counts.put(row.getInt(1), row.getInt(2));
                  return row.getInt(1);
                }));
    return counts;
  }

  /// As [#customers], of accounts that had somebody with an active event.
  public List<int[]> accounts(Period period, List<Integer> windows) {
    Members accounts = new Subjects(db, tables).members(Model.Subject.ACCOUNT);
    RollUps rollUps = new RollUps(db, days, tables);
    rollUps.ensureActiveInAccounts();
    Asked asked =
        new Asked(account -> accounts.firstDays()[account] != Members.NEVER, period, windows);
    return asked.of(
        new UnitReading(db, days, tables, rollUps)
            .activeDays(Model.Subject.ACCOUNT, accounts.span(), asked.firstRead(), period.last()));
  }
}
