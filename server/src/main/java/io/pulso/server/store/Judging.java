package io.pulso.server.store;

import io.pulso.engine.time.LocalDays;
import java.util.EnumMap;
import java.util.Map;

/// Runs the quality rules and writes their verdicts to the records. Earlier records that change
/// stand afterwards in the temporary table `changed_record`.
final class Judging {
  private final Db db;
  private final LocalDays days;
  private final QualityRules rules;

  Judging(Db db, LocalDays days, QualityRules rules) {
    this.db = db;
    this.days = days;
    this.rules = rules;
  }

  /// Judges the newest imports. Rules look at what lies around new records too, which can take
  /// earlier ones along but lets none back in.
  ///
  /// @param first the number of the first of these imports
  /// @return how many of their records are excluded, by reason
  Map<Exclusion, Long> newest(int first) {
    Map<Exclusion, Long> excluded = new EnumMap<>(Exclusion.class);
    ChangedRecords.create(db);
    gather(new JudgedRecords(first));
    if (db.number("SELECT COUNT(*) FROM verdict") > 0) {
      letIn();
      db.run(
          "CREATE OR REPLACE TEMP TABLE judged AS SELECT import, seq, MIN(reason) AS reason FROM verdict GROUP BY import, seq");
      for (String table : ChangedRecords.TABLES) {
        ChangedRecords.add(
            db,
            table,
            "j.reason",
            "JOIN judged j ON j.import = r.import AND j.seq = r.seq WHERE r.import < %d AND (r.excluded = 0 OR r.excluded > j.reason)"
                .formatted(first));
        db.run(
            "UPDATE %1$s SET excluded = j.reason FROM judged j WHERE j.import = %1$s.import AND j.seq = %1$s.seq AND (%1$s.excluded = 0 OR %1$s.excluded > j.reason)"
                .formatted(table));
      }
      db.list(
              "SELECT reason, COUNT(*) FROM judged WHERE import >= %d GROUP BY 1".formatted(first),
              row -> Map.entry(Exclusion.of(row.getInt(1)), row.getLong(2)))
          .forEach(one -> excluded.put(one.getKey(), one.getValue()));
      db.run("DROP TABLE judged");
    }
    db.run("DROP TABLE verdict");
    return excluded;
  }

  /// Judges every stored record again.
  ///
  /// @return how many verdicts changed
  long everything() {
    gather(JudgedRecords.ALL);
    letIn();
    db.run(
        "CREATE OR REPLACE TEMP TABLE judged AS SELECT import, seq, MIN(reason) AS reason FROM verdict GROUP BY import, seq");
    long changed = 0;
    for (String table : ChangedRecords.TABLES) {
      ChangedRecords.add(
          db,
          table,
          "COALESCE(j.reason, 0)",
          "LEFT JOIN judged j ON j.import = r.import AND j.seq = r.seq WHERE r.excluded <> COALESCE(j.reason, 0)");
      changed +=
          db.run(
              "UPDATE %1$s SET excluded = c.excluded FROM changed_record c WHERE c.import = %1$s.import AND c.seq = %1$s.seq AND %1$s.excluded <> c.excluded"
                  .formatted(table));
    }
    db.run("DROP TABLE judged");
    db.run("DROP TABLE verdict");
    return changed;
  }

  private void gather(JudgedRecords which) {
    Verdicts verdicts = new Verdicts(db);
    if (rules.bots()) {
      BotRule.judge(verdicts, which);
    }
    new InternalRule(verdicts, rules.internal(), which).judge();
    RunRules runs = new RunRules(verdicts, days, which);
    if (rules.mail().on()) {
      runs.mail(rules.mail());
    }
    if (rules.perMinute() > 0) {
      runs.bursts(rules.perMinute());
    }
  }

  /// What people let back in wins over the rules.
  private void letIn() {
    if (db.number("SELECT COUNT(*) FROM readmitted") == 0) {
      return;
    }
    StringBuilder rule = new StringBuilder("CASE v.reason");
    for (Exclusion each : Exclusion.values()) {
      rule.append(" WHEN %d THEN '%s'".formatted(each.number(), each.rule()));
    }
    rule.append(" END");
    String records =
        "(SELECT import, seq, person, source, message FROM event UNION ALL SELECT import, seq, person, source, message FROM call)";
    for (String same :
        new String[] {
          "a.message IS NULL AND a.person = r.person",
          "a.source = r.source AND a.message = r.message"
        }) {
      db.run(
          """
          DELETE FROM verdict WHERE (import, seq, reason) IN (
            SELECT (v.import, v.seq, v.reason) FROM verdict v
            JOIN %s r ON r.import = v.import AND r.seq = v.seq
            JOIN readmitted a ON %s WHERE a.rule = '' OR a.rule = %s)
          """
              .formatted(records, same, rule));
    }
  }
}
