package io.pulso.server.store;

import io.pulso.engine.model.Model;
import io.pulso.engine.sql.Dialect;
import io.pulso.engine.sql.ScoreSql;
import io.pulso.engine.time.LocalDays;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The query that scores everybody from rolled-up units, or from traits where the model is `fit`.
final class ScoreQueries {
  private final Db db;
  private final LocalDays days;
  private final Tables tables;
  private final RollUps rollUps;

  ScoreQueries(Db db, LocalDays days, Tables tables, RollUps rollUps) {
    this.db = db;
    this.days = days;
    this.tables = tables;
    this.rollUps = rollUps;
  }

  /// Scores of everybody: columns subject, score.
  String scores(Model model, int asOf, Dialect dialect) {
    int from = asOf - model.widestWindow() + 1;
    List<Integer> places = IntStream.range(0, model.activities().size()).boxed().toList();
    List<Integer> numbers = places;
    String units;
    boolean customer = model.subject() == Model.Subject.CUSTOMER;
    if (model.method() == Model.Method.FIT) {
      units = "(" + fitSql(model, asOf, dialect) + ")";
    } else {
      List<Integer> stored = rollUps.ensure(model);
      numbers = customer ? stored : places;
      units =
          customer
              ? tables.units(db)
              : new AccountReading(db, days, tables).query(model, stored, from, asOf);
    }
    return ScoreSql.print(
        model,
        new ScoreSql.Reading(
            numbers, asOf, units, subjects(customer), Adjustments.query(tables, model, asOf)),
        dialect);
  }

  /// Everybody who may be scored: a table, or a query in brackets while somebody objects.
  private String subjects(boolean customer) {
    String all = tables.name(customer ? "subject" : "account_subject");
    return customer && Objections.any(db)
        ? "(SELECT s.no FROM %s s WHERE s.no NOT IN (%s))"
            .formatted(all, Objections.numbers(tables))
        : all;
  }

  private String fitSql(Model model, int day, Dialect dialect) {
    StateQueries queries = new StateQueries(tables, days, dialect);
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < model.activities().size(); i++) {
      parts.add(
          "SELECT no AS subject, %d AS activity, %d AS day, 1000 AS units FROM (%s)"
              .formatted(
                  i,
                  day,
                  queries.matching(
                      model.subject(), model.activities().get(i).match().condition(), day)));
    }
    return String.join(" UNION ALL ", parts);
  }
}
