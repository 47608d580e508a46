package io.pulso.server.store;

import io.pulso.engine.expr.Condition;
import io.pulso.engine.expr.Expression;
import io.pulso.engine.expr.Path;
import io.pulso.engine.journey.FunnelKernel;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.sql.DuckDb;
import io.pulso.engine.sql.KeptFact;
import io.pulso.engine.sql.KeptRows;
import io.pulso.engine.sql.StepSql;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The steps of things, such as tickets, from kept rows: a fact for each step.
final class KeptThings {
  private final Db db;
  private final KeptRows kept;

  KeptThings(Db db, KeptRows kept) {
    this.db = db;
    this.kept = kept;
  }

  /// The query as [StepSql#print] tells it; null where events have to be read.
  ///
  /// @param from an instant in microseconds
  /// @param to an instant, excluded
  @Nullable String print(Journeys.Asked asked, long from, long to) {
    if (!(asked.owner() instanceof StepSql.Owner.Thing(Path path))
        || asked.who() != Select.Who.ANYBODY
        || asked.others()
        || asked.by() != null) {
      return null;
    }
    Period reach = new Period(asked.first(), asked.period().last());
    List<String> steps = new ArrayList<>();
    int bit = 1;
    for (Condition step : asked.steps()) {
      String rows = kept.of(leaf(step, path), reach);
      if (rows == null) {
        return null;
      }
      steps.add(
          """
          SELECT value AS owner, occurred AS micros, subject,
            %d + CASE WHEN day BETWEEN %d AND %d THEN %d ELSE 0 END AS steps
          FROM %s f WHERE value IS NOT NULL AND occurred >= %d AND occurred < %d
          """
              .formatted(
                  bit,
                  asked.period().first(),
                  asked.period().last(),
                  FunnelKernel.INSIDE,
                  rows,
                  from,
                  to));
      bit <<= 1;
    }
    if (!apart(asked.steps(), path)) {
      return null;
    }
    return "SELECT CAST(owner AS VARCHAR) AS owner, micros, steps, subject FROM (%s) s ORDER BY s.owner, micros"
        .formatted(String.join("UNION ALL\n", steps));
  }

  private static Measure.Leaf leaf(Condition step, Path path) {
    return new Measure.Distinct(new Select(new Expression("", step), Select.Who.ANYBODY), path);
  }

  /// Whether no event can be two steps at once.
  private boolean apart(List<Condition> steps, Path path) {
    List<String> names = new ArrayList<>();
    for (Condition step : steps) {
      KeptFact fact = KeptFact.of(leaf(step, path), new DuckDb());
      if (fact == null) {
        return false;
      }
      names.add("CASE WHEN " + fact.names() + " THEN 1 ELSE 0 END");
    }
    return db.number(
            "SELECT COUNT(*) FROM kind k WHERE %s > 1".formatted(String.join(" + ", names)))
        == 0;
  }
}
