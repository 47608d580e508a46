package io.pulso.server.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// Reads what a batch changed from the temporary tables `touched_subject` and `changed_units`.
final class ChangeReader {
  private final Db db;
  private final IntFunction<String> ids;

  ChangeReader(Db db, IntFunction<String> ids) {
    this.db = db;
    this.ids = ids;
  }

  private record Who(int subject, int firstDay, boolean identified) {}

  LiveChange read(AccountChange accounts, boolean states, boolean rollUps) {
    List<Who> all =
        db.list(
            """
            SELECT t.subject, COALESCE(s.first_day, %d), COALESCE(s.identified, FALSE) FROM (
              SELECT subject FROM touched_subject UNION SELECT subject FROM changed_units) t
            LEFT JOIN subject s ON s.no = t.subject
            """
                .formatted(LiveChange.NEVER),
            row -> new Who(row.getInt(1), row.getInt(2), row.getBoolean(3)));
    int n = all.size();
    int[] subjects = new int[n];
    String[] names = new String[n];
    int[] firstDays = new int[n];
    boolean[] identified = new boolean[n];
    for (int i = 0; i < n; i++) {
      Who who = all.get(i);
      subjects[i] = who.subject();
      names[i] = ids.apply(who.subject());
      firstDays[i] = who.firstDay();
      identified[i] = who.identified();
    }
    return new LiveChange(
        subjects, names, firstDays, identified, units(), accounts, states, rollUps);
  }

  /// What changed of accounts.
  ///
  /// @param first the number of the first import
  /// @param judged whether accounts of `changed_record` are touched, too
  AccountChange accounts(int first, boolean judged) {
    String perAccount = "activity IN (SELECT no FROM rollup_activity WHERE per_account)";
    List<Account> all =
        db.list(
            """
            SELECT t.account, a.id, COALESCE(s.first_day, %1$d) FROM (
              SELECT account FROM event WHERE import >= %2$d AND account IS NOT NULL
              UNION SELECT account FROM call WHERE import >= %2$d AND account IS NOT NULL
              UNION SELECT account FROM changed_units WHERE %3$s %4$s) t
            JOIN account a ON a.no = t.account LEFT JOIN account_subject s ON s.no = t.account
            """
                .formatted(
                    LiveChange.NEVER,
                    first,
                    perAccount,
                    judged
                        ? "UNION SELECT account FROM changed_record WHERE account IS NOT NULL"
                        : ""),
            row -> new Account(row.getInt(1), row.getString(2), row.getInt(3)));
    AccountChange.Units units = new AccountChange.Units();
    if (!all.isEmpty()) {
      read(
          db,
          "SELECT account, activity, day, subject, CAST(SUM(units) AS BIGINT) FROM changed_units WHERE %s GROUP BY ALL HAVING SUM(units) <> 0"
              .formatted(perAccount),
          units);
    }
    return new AccountChange(
        all.stream().mapToInt(Account::number).toArray(),
        all.stream().map(Account::id).toArray(String[]::new),
        all.stream().mapToInt(Account::firstDay).toArray(),
        units);
  }

  private record Account(int number, String id, int firstDay) {}

  /// Hands over the rows of a query of account, activity, day, subject, units.
  static void read(Db db, String units, AccountUnits to) {
    db.chunks(
        units + " ORDER BY account, activity, day, subject",
        chunk -> {
          for (long i = 0; i < chunk.rowCount(); i++) {
            to.take(
                chunk.vector(0).getInt(i),
                chunk.vector(1).getInt(i),
                chunk.vector(2).getInt(i),
                chunk.vector(3).getInt(i),
                chunk.vector(4).getLong(i));
          }
        });
  }

  private LiveChange.Units units() {
    List<LiveChange.Units> parts = new ArrayList<>();
    db.chunks(
        "SELECT activity, subject, day, units FROM changed_units WHERE account = 0",
        chunk -> {
          int rows = Math.toIntExact(chunk.rowCount());
          LiveChange.Units part =
              new LiveChange.Units(new int[rows], new int[rows], new int[rows], new long[rows]);
          for (int i = 0; i < rows; i++) {
            part.activities()[i] = chunk.vector(0).getInt(i);
            part.subjects()[i] = chunk.vector(1).getInt(i);
            part.days()[i] = chunk.vector(2).getInt(i);
            part.units()[i] = chunk.vector(3).getLong(i);
          }
          parts.add(part);
        });
    return join(parts);
  }

  private static LiveChange.Units join(List<LiveChange.Units> parts) {
    int rows = parts.stream().mapToInt(part -> part.units().length).sum();
    LiveChange.Units all =
        new LiveChange.Units(new int[rows], new int[rows], new int[rows], new long[rows]);
    int at = 0;
    for (LiveChange.Units part : parts) {
      int n = part.units().length;
      System.arraycopy(part.activities(), 0, all.activities(), at, n);
      System.arraycopy(part.subjects(), 0, all.subjects(), at, n);
      System.arraycopy(part.days(), 0, all.days(), at, n);
      System.arraycopy(part.units(), 0, all.units(), at, n);
      at += n;
    }
    return all;
  }
}
