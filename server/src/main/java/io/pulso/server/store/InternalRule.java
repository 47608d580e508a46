package io.pulso.server.store;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.sql.ConditionSql;
import io.pulso.engine.sql.DuckDb;
import java.util.ArrayList;
import java.util.List;

/// The company's own traffic: by network, by a condition over records, and by people, whose other
/// ids belong to it too.
final class InternalRule {
  private static final String NOT_LET_IN =
      "person NOT IN (SELECT person FROM readmitted WHERE person IS NOT NULL AND message IS NULL AND rule IN ('', 'internal'))";

  private final Verdicts verdicts;
  private final Db db;
  private final QualityRules.Internal rule;
  private final JudgedRecords which;

  InternalRule(Verdicts verdicts, QualityRules.Internal rule, JudgedRecords which) {
    this.verdicts = verdicts;
    this.db = verdicts.db;
    this.rule = rule;
    this.which = which;
  }

  void judge() {
    networks();
    match();
    people();
  }

  private void networks() {
    if (rule.networks().isEmpty()) {
      return;
    }
    String records = Verdicts.records(which.condition() + " AND context IS NOT NULL");
    String address = Verdicts.text("context", "ip");
    if (verdicts.choose(
        "own_address", "SELECT %s FROM (%s)".formatted(address, records), rule.networks()::hold)) {
      verdicts.add(
          Exclusion.INTERNAL,
          "SELECT import, seq FROM (%s) WHERE %s IN (SELECT text FROM own_address)"
              .formatted(records, address));
    }
    db.run("DROP TABLE own_address");
    verdicts.add(
        Exclusion.INTERNAL,
        Verdicts.records(
            "%s AND (flags & %d) <> 0".formatted(which.condition(), Incoming.FLAG_OWN_NETWORK)));
  }

  private void match() {
    Expression match = rule.match();
    if (match != null) {
      verdicts.add(
          Exclusion.INTERNAL,
          """
          SELECT import, seq FROM (
            SELECT e.import, e.seq, k.type, k.event, k.name, e.channel, e.value, e.flags, e.properties, e.context, s.name AS source, s.trusted
            FROM event e JOIN kind k ON k.no = e.kind JOIN source s ON s.no = e.source WHERE %1$s
            UNION ALL
            SELECT c.import, c.seq, c.type, NULL, NULL, NULL, NULL, c.flags, NULL, c.context, s.name, s.trusted
            FROM call c JOIN source s ON s.no = c.source WHERE %1$s) AS r
          WHERE %2$s
          """
              .formatted(
                  which.condition(),
                  ConditionSql.print(match.condition(), new RecordColumns(), new DuckDb())));
    }
  }

  /// Ids are told once: the table of internal ids grows with each import, and whoever is new in it
  /// takes all earlier records along.
  private void people() {
    if (which.first() == null) {
      db.run("DELETE FROM internal_person");
    }
    if (!rule.ofPeople()) {
      return;
    }
    db.run(
        "CREATE OR REPLACE TEMP TABLE new_internal AS SELECT DISTINCT person FROM (%s) WHERE %s AND person NOT IN (SELECT person FROM internal_person)"
            .formatted(seeds(), NOT_LET_IN));
    long known = -1;
    long now = db.number("SELECT COUNT(*) FROM new_internal");
    while (known != now) {
      follow(which.condition(), "SELECT person FROM internal_person UNION ALL FROM new_internal");
      if (which.first() != null && now > 0) {
        follow("TRUE", "FROM new_internal");
      }
      known = now;
      now = db.number("SELECT COUNT(*) FROM new_internal");
    }
    db.run("INSERT INTO internal_person FROM new_internal");
    verdicts.add(
        Exclusion.INTERNAL,
        Verdicts.records(which.condition() + " AND person IN (FROM internal_person)"));
    if (which.first() != null && now > 0) {
      verdicts.add(Exclusion.INTERNAL, Verdicts.records("person IN (FROM new_internal)"));
    }
    db.run("DROP TABLE new_internal");
  }

  /// People who say of themselves that they are the company's.
  private String seeds() {
    List<String> told = new ArrayList<>();
    String mail = Verdicts.text("traits", "email");
    rule.domains().forEach(domain -> told.add(isAt(mail, domain)));
    Expression people = rule.people();
    if (people != null) {
      told.add(ConditionSql.print(people.condition(), new RecordColumns(), new DuckDb()));
    }
    StringBuilder sql =
        new StringBuilder(
            "SELECT r.person FROM call AS r WHERE type = 'identify' AND person IS NOT NULL AND traits IS NOT NULL AND %s AND (%s)"
                .formatted(which.condition(), String.join(" OR ", told)));
    if (!rule.domains().isEmpty()) {
      sql.append(
          """
           UNION ALL SELECT p.no FROM person p WHERE (%1$s)
             AND p.no IN (SELECT person FROM event WHERE %2$s UNION ALL SELECT person FROM call WHERE %2$s)
          """
              .formatted(
                  String.join(
                      " OR ", rule.domains().stream().map(domain -> isAt("p.id", domain)).toList()),
                  which.condition()));
    }
    return sql.toString();
  }

  private static String isAt(String mail, String domain) {
    return "(ends_with(lower(%1$s), %2$s) OR (contains(%1$s, '@') AND ends_with(lower(%1$s), %3$s)))"
        .formatted(mail, Verdicts.literal("@" + domain), Verdicts.literal("." + domain));
  }

  /// Adds the ids of which records say that they are one of these people.
  private void follow(String records, String targets) {
    db.run(
        """
        INSERT INTO new_internal SELECT DISTINCT person FROM (
          SELECT anonymous AS person, person AS target FROM event WHERE anonymous IS NOT NULL AND %1$s
          UNION ALL SELECT anonymous, person FROM call WHERE anonymous IS NOT NULL AND %1$s
          UNION ALL SELECT previous, person FROM call WHERE previous IS NOT NULL AND %1$s)
        WHERE target IN (%2$s) AND %3$s
          AND person NOT IN (SELECT person FROM internal_person UNION ALL FROM new_internal)
        """
            .formatted(records, targets, NOT_LET_IN));
  }
}
