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
  /// Beyond this share of new rows all roll-ups are made anew.
  private static final int FEW = 10;

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

  /// Renews the subjects that an import touches.
  void after(int importNumber) {
    db.run("CREATE OR REPLACE TEMP TABLE merged_before AS SELECT * FROM merged");
    new Derivation(db, days, Tables.NOW).run();
    List<RollUpSql.Read> kept = dropUnused();
    if (!kept.isEmpty()) {
      long added = db.number("SELECT COUNT(*) FROM event WHERE import = " + importNumber);
      long all = db.number("SELECT COUNT(*) FROM event");
      if (added * FEW > all) {
        db.run("DELETE FROM rollup");
        rollUps.read(kept, null);
      } else {
        touched(importNumber);
        db.run("DELETE FROM rollup WHERE subject IN (SELECT subject FROM touched_subject)");
        rollUps.read(kept, "(SELECT person FROM touched_person)");
      }
    }
    build();
    db.run("DROP TABLE IF EXISTS merged_before");
    db.run("DROP TABLE IF EXISTS touched_subject");
    db.run("DROP TABLE IF EXISTS touched_person");
  }

  private void build() {
    models.forEach(rollUps::ensureInTransaction);
  }

  /// Subjects of new records, of changed links and of accounts whose traits changed, and all ids
  /// that belong to them.
  private void touched(int importNumber) {
    db.run(
        """
        CREATE OR REPLACE TEMP TABLE touched_id AS
        SELECT person FROM event WHERE import = %1$d AND person IS NOT NULL
        UNION SELECT anonymous FROM event WHERE import = %1$d AND anonymous IS NOT NULL
        UNION SELECT person FROM call WHERE import = %1$d AND person IS NOT NULL
        UNION SELECT anonymous FROM call WHERE import = %1$d AND anonymous IS NOT NULL
        UNION SELECT previous FROM call WHERE import = %1$d AND previous IS NOT NULL
        UNION SELECT person FROM (SELECT * FROM merged EXCEPT SELECT * FROM merged_before)
        UNION SELECT person FROM (SELECT * FROM merged_before EXCEPT SELECT * FROM merged)
        UNION SELECT person FROM event WHERE account IN (SELECT account FROM call WHERE import = %1$d AND type = 'group')
        UNION SELECT subject FROM membership WHERE account IN (SELECT account FROM call WHERE import = %1$d AND type = 'group')
        """
            .formatted(importNumber));
    db.run(
        """
        CREATE OR REPLACE TEMP TABLE touched_subject AS
        SELECT person AS subject FROM touched_id
        UNION SELECT m.subject FROM merged m JOIN touched_id t ON t.person = m.person
        UNION SELECT m.subject FROM merged_before m JOIN touched_id t ON t.person = m.person
        """);
    db.run(
        """
        CREATE OR REPLACE TEMP TABLE touched_person AS
        SELECT subject AS person FROM touched_subject
        UNION SELECT m.person FROM merged m JOIN touched_subject t ON t.subject = m.subject
        """);
    db.run("DROP TABLE touched_id");
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
