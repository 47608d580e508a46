package io.pulso.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.By;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Formula;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Metric;
import io.pulso.engine.metric.MetricReader;
import io.pulso.engine.metric.Period;
import io.pulso.engine.time.LocalDays;
import java.io.IOException;
import java.nio.file.Files;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What is counted for metrics, in each dialect. `-Dgolden=write` writes the files anew.
class GoldenMetricSqlTest {
  private static final java.nio.file.Path FOLDER =
      java.nio.file.Path.of("src/test/resources/golden/metrics");
  private static final List<Every> WAYS = List.of(Every.WHOLE, Every.DAY, Every.WEEK, Every.MONTH);
  private static final List<String> PARTS =
      List.of("", "channel", "traits.plan", "account.tier", "properties.page", "campaign");

  @Test
  void duckdb_sql_is_as_it_was() throws IOException {
    check("duckdb.sql", new DuckDb(), WAYS, PARTS);
    check("groups-duckdb.sql", new DuckDb(), List.of(Every.WHOLE), List.of("segment", "band"));
  }

  @Test
  void spark_sql_is_as_it_was() throws IOException {
    check("spark.sql", new SparkSql(), WAYS, PARTS);
    check("groups-spark.sql", new SparkSql(), List.of(Every.WHOLE), List.of("segment", "band"));
  }

  @Test
  void events_are_gathered_once_for_several_questions() throws IOException {
    check("gathered-duckdb.sql", new DuckDb(), WAYS, List.of(""));
    check("gathered-spark.sql", new SparkSql(), WAYS, List.of(""));
  }

  private static void check(String file, Dialect dialect, List<Every> ways, List<String> parts)
      throws IOException {
    String text = Files.readString(FOLDER.resolve("metrics.yaml"));
    StringBuilder printed = new StringBuilder();
    int turn = 0;
    for (Metric metric : MetricReader.read("metrics.yaml", text).metrics()) {
      for (Measure measure : Formula.counted(metric.measure())) {
        boolean leaf = measure instanceof Measure.Leaf;
        boolean gathered = file.startsWith("gathered");
        if (leaf || (measure instanceof Measure.Chain && !gathered && !file.startsWith("groups"))) {
          Every every = ways.get(turn % ways.size());
          String part = parts.get(turn % parts.size());
          turn++;
          printed
              .append(
                  "-- %s, every %s%s\n"
                      .formatted(metric.id(), every, part.isEmpty() ? "" : ", by " + part))
              .append(
                  gathered
                      ? gathered((Measure.Leaf) measure, every, dialect)
                      : print(measure, every, By.read(part), dialect))
              .append(";\n\n");
        }
      }
    }
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(FOLDER.resolve(file), printed);
    }
    assertThat(FOLDER.resolve(file)).as("run the test with -Dgolden=write").exists();
    assertThat(printed.toString()).isEqualTo(Files.readString(FOLDER.resolve(file)));
  }

  private static String gathered(Measure.Leaf leaf, Every every, Dialect dialect) {
    return FactSql.gather(leaf, question(Every.DAY, null), dialect)
        + ";\n"
        + FactSql.print(leaf, question(every, null), dialect, "gathered");
  }

  private static String print(Measure measure, Every every, @Nullable Path by, Dialect dialect) {
    return switch (measure) {
      case Measure.Leaf leaf -> FactSql.print(leaf, question(every, by), dialect);
      case Measure.Chain chain -> ChainSql.print(chain, chainQuestion(every, by), dialect);
      default -> throw new IllegalArgumentException("not counted by a query: " + measure);
    };
  }

  private static ChainSql.Question chainQuestion(Every every, @Nullable Path by) {
    List<Period> periods = every.periods(day("2026-03-01"), day("2026-04-10"), DayOfWeek.MONDAY);
    return new ChainSql.Question(
        every,
        periods,
        by,
        new LocalDays(ZoneId.of("Europe/Berlin")),
        "",
        day("2026-01-05"),
        day("2026-04-12"),
        KeptRows.NONE);
  }

  private static FactSql.Question question(Every every, @Nullable Path by) {
    List<Period> periods = every.periods(day("2026-03-01"), day("2026-04-10"), DayOfWeek.MONDAY);
    return FactSql.Question.of(every, periods, by, new LocalDays(ZoneId.of("Europe/Berlin")), "");
  }

  private static int day(String date) {
    return (int) LocalDate.parse(date).toEpochDay();
  }
}
