package io.pulso.engine.sql;

import io.pulso.engine.metric.By;
import io.pulso.engine.metric.Draws;
import io.pulso.engine.metric.Formula;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.SessionFact;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Prints the query for what each of those that are drawn adds to a metric: columns `period, part,
/// drawn, above, below`. A period is told by its first local day, `drawn` is null for what is
/// nobody's, and `below` is 0 where there is nothing below the line.
public final class DrawnSql {
  private final Draws draws;
  private final FactSql.Question question;
  private final KeptRows kept;
  private final Dialect dialect;
  private final List<Measure> counted;

  private DrawnSql(Draws draws, FactSql.Question question, KeptRows kept, Dialect dialect) {
    this.draws = draws;
    this.question = question;
    this.kept = kept;
    this.dialect = dialect;
    Set<Measure> all = new LinkedHashSet<>(Formula.counted(draws.over()));
    Measure per = draws.per();
    if (per != null) {
      all.addAll(Formula.counted(per));
    }
    this.counted = List.copyOf(all);
  }

  public static String print(
      Draws draws, FactSql.Question question, KeptRows kept, Dialect dialect) {
    return new DrawnSql(draws, question, kept, dialect).print();
  }

  private String print() {
    List<String> queries = new ArrayList<>();
    for (int i = 0; i < counted.size(); i++) {
      queries.add(one(i));
    }
    Measure per = draws.per();
    PlaceSql place = PlaceSql.of(question, true);
    return """
    -- what each adds
    SELECT %s, %s AS above, %s AS below
    FROM (
    %s
    ) AS added
    GROUP BY %s\
    """
        .formatted(
            place.told(),
            sum(draws.over()),
            per == null ? "CAST(0 AS DOUBLE)" : sum(per),
            String.join("\n  UNION ALL\n", queries),
            place.keys());
  }

  /// What each adds to one of the things that are counted, in a column of its own.
  private String one(int place) {
    Measure measure = counted.get(place);
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < counted.size(); i++) {
      columns.add((i == place ? amount(measure) : "CAST(NULL AS DOUBLE)") + " AS " + name(i));
    }
    return "  SELECT period, part, drawn, %s\n  FROM (\n%s\n  ) AS %s"
        .formatted(
            String.join(", ", columns), query(measure).indent(4).stripTrailing(), "of_" + place);
  }

  private static String name(int place) {
    return "amount_" + place;
  }

  private String query(Measure measure) {
    return switch (measure) {
      case Measure.Leaf leaf -> FactSql.drawn(leaf, question, draws.of(), dialect, rows(leaf));
      case Measure.Sessions(SessionFact fact, var who) ->
          SessionSql.drawn(fact, who, question, dialect);
      default -> throw new IllegalArgumentException("does not add up: " + measure);
    };
  }

  /// The rows that are kept of customers, who may be in groups; null where events are read.
  private @Nullable String rows(Measure.Leaf leaf) {
    boolean told = draws.of() == null && (question.by() == null || By.isGroup(question.by()));
    return told ? kept.of(leaf, new Period(question.first(), question.last())) : null;
  }

  /// Times in seconds and days.
  private static String amount(Measure measure) {
    return switch (measure) {
      case Measure.Total _ -> "CAST(total AS DOUBLE) / 1000";
      case Measure.Sessions(SessionFact fact, var who) ->
          switch (fact) {
            case SECONDS -> "CAST(total AS DOUBLE) / 1000000";
            case DAYS_BETWEEN -> "CAST(total AS DOUBLE) / 86400000000";
            default -> "CAST(total AS DOUBLE)";
          };
      default -> "CAST(n AS DOUBLE)";
    };
  }

  /// Each column has one number at most of what is added up, so the sum is exact.
  private String sum(Measure measure) {
    return switch (measure) {
      case Measure.Sum(Measure one, Measure other) -> "(%s + %s)".formatted(sum(one), sum(other));
      case Measure.Difference(Measure from, Measure less) ->
          "(%s - %s)".formatted(sum(from), sum(less));
      default -> "COALESCE(SUM(%s), 0)".formatted(name(counted.indexOf(measure)));
    };
  }
}
