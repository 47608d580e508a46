package io.pulso.server.store;

import io.pulso.engine.model.Activity;
import io.pulso.engine.model.ActivityKey;
import io.pulso.engine.model.Model;
import io.pulso.engine.sql.RollUpSql;
import io.pulso.engine.time.LocalDays;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Brings what is derived up to date after an import: links, subjects, traits, and the roll-ups of
/// the models in use. Roll-ups that no model uses are dropped.
final class Renewal {
  /// Beyond this share of new rows, and this number of them, everything is made anew.
  private static final int SHARE = 10;

  private static final long MANY = 10_000;

  private static final String TOUCHED = "(SELECT person FROM touched_person)";

  private final Db db;
  private final LocalDays days;
  private final RollUps rollUps;
  private final List<Model> models;

  Renewal(Db db, LocalDays days, RollUps rollUps, List<Model> models) {
    this.db = db;
    this.days = days;
    this.rollUps = rollUps;
    this.models = models;
  }

  /// Makes everything anew.
  void all() {
    new Derivation(db, days, Tables.NOW).run();
    db.run("DELETE FROM rollup");
    db.run("DELETE FROM rollup_activity");
    build();
  }

  /// Renews the subjects that the newest imports touch.
  ///
  /// @param first the number of the first of them
  void after(int first) {
    long added = db.number("SELECT COUNT(*) FROM event WHERE import >= " + first);
    boolean many = added > MANY && added * SHARE > db.number("SELECT COUNT(*) FROM event");
    boolean sameDays = false;
    if (many) {
      new Derivation(db, days, Tables.NOW).run();
    } else {
      sameDays = new Derivation(db, days, Tables.NOW).after(first);
    }
    List<RollUpSql.Read> kept = dropUnused();
    if (!kept.isEmpty()) {
      if (many) {
        db.run("DELETE FROM rollup");
        rollUps.read(kept, null);
      } else if (sameDays) {
        days(kept, first);
      } else {
        db.run("DELETE FROM rollup WHERE subject IN (SELECT subject FROM touched_subject)");
        rollUps.read(kept, TOUCHED);
      }
    }
    build();
    for (String table : Touched.TABLES) {
      db.run("DROP TABLE IF EXISTS " + table);
    }
  }

  /// Renews the subjects whose records are let in, left out or removed: those in `changed_record`.
  void again() {
    long changed = ChangedRecords.count(db);
    if (changed > MANY && changed * SHARE > db.number("SELECT COUNT(*) FROM event")) {
      all();
      return;
    }
    new Derivation(db, days, Tables.NOW).again();
    List<RollUpSql.Read> kept = dropUnused();
    if (!kept.isEmpty()) {
      db.run("DELETE FROM rollup WHERE subject IN (SELECT subject FROM touched_subject)");
      rollUps.read(kept, TOUCHED);
    }
    build();
    for (String table : Touched.TABLES) {
      db.run("DROP TABLE IF EXISTS " + table);
    }
  }

  /// Reads anew only the days on which there are new events.
  private void days(List<RollUpSql.Read> kept, int first) {
    List<Long> extent =
        db.list(
                "SELECT epoch_us(MIN(occurred_at)), epoch_us(MAX(occurred_at)), COUNT(*) FROM event WHERE person IS NOT NULL AND import >= "
                    + first,
                row -> List.of(row.getLong(1), row.getLong(2), row.getLong(3)))
            .getFirst();
    if (extent.get(2) == 0) {
      return;
    }
    // Clocks that are set back at midnight repeat a day.
    int from = days.day(extent.get(0)) - 1;
    int to = days.day(extent.get(1)) + 1;
    db.run(
        "DELETE FROM rollup WHERE day BETWEEN %d AND %d AND subject IN (SELECT subject FROM touched_subject)"
            .formatted(from, to));
    rollUps.read(kept, TOUCHED, RollUpSql.Days.of(from, to, days));
  }

  private void build() {
    models.forEach(rollUps::ensureInTransaction);
  }

  /// Drops roll-ups that no model uses and gives the others.
  private List<RollUpSql.Read> dropUnused() {
    Map<String, Integer> numbers = rollUps.numbers();
    Map<String, RollUpSql.Read> used = new HashMap<>();
    for (Model model : models) {
      boolean perAccount = model.subject() == Model.Subject.ACCOUNT;
      for (Activity activity : RollUps.read(model)) {
        String key = ActivityKey.of(activity, model.subject());
        Integer number = numbers.get(key);
        if (number != null) {
          used.put(key, new RollUpSql.Read(number, activity, perAccount));
        }
      }
    }
    Set<Integer> gone = new HashSet<>();
    List<RollUpSql.Read> kept = new ArrayList<>(used.values());
    numbers.forEach((key, number) -> {
      if (number == RollUps.ACTIVE || number == RollUps.ACTIVE_IN_ACCOUNT) {
        kept.add(new RollUpSql.Read(number, null, number == RollUps.ACTIVE_IN_ACCOUNT));
      } else if (!used.containsKey(key)) {
        gone.add(number);
      }
    });
    for (int number : gone) {
      db.run("DELETE FROM rollup WHERE activity = ?", number);
      db.run("DELETE FROM rollup_activity WHERE no = ?", number);
    }
    return kept;
  }
}
