package io.pulso.engine.sql;

import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import java.util.List;

/// Prints the queries of [ChainSql] over rows that are kept, see [KeptRows]; without parts.
final class KeptChainSql {
  private final ChainSql.Question question;
  private final Dialect dialect;

  KeptChainSql(ChainSql.Question question, Dialect dialect) {
    this.question = question;
    this.dialect = dialect;
  }

  /// Times between events: on which day each first event is follows from its instant.
  ///
  /// @param once whether events with the same value count once
  String between(String kept, boolean once, Period reach) {
    String firsts =
        once
            ? """
                SELECT subject, MIN(occurred) AS occurred FROM %1$s f WHERE subject IS NOT NULL AND value IS NOT NULL GROUP BY subject, value
                UNION ALL
                SELECT subject, occurred FROM %1$s f WHERE subject IS NOT NULL AND value IS NULL\
            """
                .formatted(kept)
            : "    SELECT subject, occurred FROM %s f WHERE subject IS NOT NULL".formatted(kept);
    FactSql.Question all =
        FactSql.Question.of(Every.WHOLE, List.of(reach), null, question.days(), question.derived());
    return """
    SELECT %s AS period, CAST(NULL AS STRING) AS part, number, CAST(COUNT(*) AS BIGINT) AS n, CAST(NULL AS BIGINT) AS total
    FROM (
      -- thousandths of days since the one before
      SELECT %s AS day, %s AS number
      FROM (
        SELECT occurred, LAG(occurred) OVER (PARTITION BY subject ORDER BY occurred) AS before
        FROM (
          -- the first event of each value
    %s
        ) AS first_one
      ) AS ordered
      WHERE before IS NOT NULL
    ) AS gap
    WHERE day BETWEEN %d AND %d
    GROUP BY 1, 3\
    """
        .formatted(
            period("day"),
            DaySql.ofMicros("occurred", all.offsets(), dialect),
            gap(dialect),
            firsts,
            question.first(),
            question.last());
  }

  /// Events after a touch: without parts it does not matter to which touch one is put down.
  String touched(Measure.Touched touched, String events, String touches) {
    return """
    WITH touch AS (
      SELECT subject, occurred
      FROM %1$s f
      WHERE subject IS NOT NULL
    )
    SELECT %2$s AS period, CAST(NULL AS STRING) AS part, CAST(NULL AS BIGINT) AS number, CAST(COUNT(*) AS BIGINT) AS n, %3$s AS total
    FROM (
      -- the last touch up to each event
      SELECT day, number, occurred, counts,
        MAX(CASE WHEN counts = 0 THEN occurred END) OVER (PARTITION BY subject ORDER BY occurred, counts ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS touched
      FROM (
        SELECT subject, occurred, day, number, 1 AS counts
        FROM %4$s f
        WHERE day BETWEEN %5$d AND %6$d AND subject IN (SELECT subject FROM touch)
        UNION ALL
        SELECT subject, occurred, CAST(NULL AS BIGINT) AS day, CAST(NULL AS BIGINT) AS number, 0 AS counts
        FROM touch
      ) AS both_kinds
    ) AS ordered
    WHERE counts = 1 AND touched >= occurred - %7$d
    GROUP BY 1\
    """
        .formatted(
            touches,
            period("day"),
            dialect.sum("number"),
            events,
            question.first(),
            question.last(),
            touched.days() * ChainSql.DAY);
  }

  /// Thousandths of days since the one before.
  static String gap(Dialect dialect) {
    return dialect.divide(
        "occurred - before + " + ChainSql.DAY / 2_000, String.valueOf(ChainSql.DAY / 1_000));
  }

  private String period(String day) {
    return PeriodSql.print(day, question.every(), question.periods(), dialect);
  }
}
