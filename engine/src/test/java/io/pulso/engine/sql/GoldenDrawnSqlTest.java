package io.pulso.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.By;
import io.pulso.engine.metric.Draws;
import io.pulso.engine.metric.Every;
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
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What customers and posts each add to metrics, in each dialect. `-Dgolden=write` writes the files
/// anew.
class GoldenDrawnSqlTest {
  private static final java.nio.file.Path FOLDER =
      java.nio.file.Path.of("src/test/resources/golden/drawn");
  private static final List<Every> WAYS = List.of(Every.WHOLE, Every.DAY, Every.WEEK);
  private static final List<String> PARTS = List.of("channel", "", "band", "traits.plan");

  @Test
  void duckdb_sql_is_as_it_was() throws IOException {
    check("duckdb.sql", new DuckDb());
  }

  @Test
  void spark_sql_is_as_it_was() throws IOException {
    check("spark.sql", new SparkSql());
  }

  private static void check(String file, Dialect dialect) throws IOException {
    String text = Files.readString(FOLDER.resolve("metrics.yaml"));
    StringBuilder printed = new StringBuilder();
    int turn = 0;
    for (Metric metric : MetricReader.read("metrics.yaml", text).metrics()) {
      Every every = WAYS.get(turn % WAYS.size());
      String part = PARTS.get(turn % PARTS.size());
      turn++;
      printed
          .append(
              "-- %s, every %s%s\n"
                  .formatted(metric.id(), every, part.isEmpty() ? "" : ", by " + part))
          .append(
              DrawnSql.print(
                  Objects.requireNonNull(Draws.of(metric)),
                  question(every, By.read(part)),
                  (leaf, reach) -> "kept_rows",
                  dialect))
          .append(";\n\n");
    }
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(FOLDER.resolve(file), printed);
    }
    assertThat(FOLDER.resolve(file)).as("run the test with -Dgolden=write").exists();
    assertThat(printed.toString()).isEqualTo(Files.readString(FOLDER.resolve(file)));
  }

  private static FactSql.Question question(Every every, @Nullable Path by) {
    List<Period> periods =
        every.periods(
            (int) LocalDate.parse("2026-03-01").toEpochDay(),
            (int) LocalDate.parse("2026-04-10").toEpochDay(),
            DayOfWeek.MONDAY);
    return FactSql.Question.of(every, periods, by, new LocalDays(ZoneId.of("Europe/Berlin")), "");
  }
}
