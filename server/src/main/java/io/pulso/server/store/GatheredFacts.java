package io.pulso.server.store;

import io.pulso.engine.metric.Cell;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Place;
import io.pulso.engine.sql.DuckDb;
import io.pulso.engine.sql.FactSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The events that some measures count, read once for several questions about the same days, into
/// temporary tables that [#close] drops.
public final class GatheredFacts implements AutoCloseable {
  private final Db db;
  private final Facts facts;
  private final Period days;
  private final List<Measure.Leaf> leaves = new ArrayList<>();

  GatheredFacts(Db db, Facts facts, Period days) {
    this.db = db;
    this.facts = facts;
    this.days = days;
  }

  /// As [Facts#count] of one part.
  ///
  /// @param periods within the days that are gathered
  public Map<Place, Cell> count(Measure.Leaf leaf, Every every, List<Period> periods) {
    String overKept = facts.overKept(leaf, every, periods, null);
    if (overKept != null) {
      return facts.cells(overKept, leaf instanceof Measure.Numbers);
    }
    if (!leaves.contains(leaf)) {
      leaves.add(leaf);
      db.run(
          "CREATE OR REPLACE TEMP TABLE %s AS %s"
              .formatted(
                  table(leaf),
                  FactSql.gather(
                      leaf, facts.question(Every.WHOLE, List.of(days), null), new DuckDb())));
    }
    return facts.cells(
        FactSql.print(leaf, facts.question(every, periods, null), new DuckDb(), table(leaf)),
        leaf instanceof Measure.Numbers);
  }

  private String table(Measure.Leaf leaf) {
    return "gathered_fact_" + leaves.indexOf(leaf);
  }

  @Override
  public void close() {
    leaves.forEach(leaf -> db.run("DROP TABLE IF EXISTS " + table(leaf)));
  }
}
