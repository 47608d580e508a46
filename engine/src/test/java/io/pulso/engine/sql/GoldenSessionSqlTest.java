package io.pulso.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.By;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.metric.SessionFact;
import io.pulso.engine.time.LocalDays;
import java.io.IOException;
import java.nio.file.Files;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The events of sessions, and what is counted in these, in each dialect. `-Dgolden=write` writes
/// the files anew.
class GoldenSessionSqlTest {
  private static final java.nio.file.Path FOLDER =
      java.nio.file.Path.of("src/test/resources/golden/sessions");
  private static final List<Every> WAYS = List.of(Every.values());
  private static final List<Select.Who> WHO = List.of(Select.Who.values());
  private static final List<String> PARTS =
      List.of("", "channel", "traits.plan", "properties.path");

  @Test
  void duckdb_sql_is_as_it_was() throws IOException {
    check("duckdb.sql", new DuckDb());
  }

  @Test
  void spark_sql_is_as_it_was() throws IOException {
    check("spark.sql", new SparkSql());
  }

  private static void check(String file, Dialect dialect) throws IOException {
    StringBuilder printed = new StringBuilder("-- events of sessions\n");
    printed.append(
        SessionEventSql.print(
            SessionEventSql.Reading.of(
                "", null, 1_772_319_600_000_000L, 1_774_994_400_000_000L, null),
            dialect));
    int turn = 0;
    for (SessionFact fact : SessionFact.values()) {
      Every every = WAYS.get(turn % WAYS.size());
      Select.Who who = WHO.get(turn % WHO.size());
      String part = PARTS.get(turn % PARTS.size());
      turn++;
      printed
          .append(
              ";\n\n-- %s, %s, every %s%s\n"
                  .formatted(fact.word(), who, every, part.isEmpty() ? "" : ", by " + part))
          .append(SessionSql.print(fact, who, question(every, By.read(part)), "rollup", dialect));
    }
    printed.append(";\n");
    if ("write".equals(System.getProperty("golden"))) {
      Files.createDirectories(FOLDER);
      Files.writeString(FOLDER.resolve(file), printed);
    }
    assertThat(FOLDER.resolve(file)).as("run the test with -Dgolden=write").exists();
    assertThat(printed.toString()).isEqualTo(Files.readString(FOLDER.resolve(file)));
  }

  private static FactSql.Question question(Every every, @Nullable Path by) {
    List<Period> periods = every.periods(day("2026-03-01"), day("2026-04-10"), DayOfWeek.MONDAY);
    return FactSql.Question.of(every, periods, by, new LocalDays(ZoneId.of("Europe/Berlin")), "");
  }

  private static int day(String date) {
    return (int) LocalDate.parse(date).toEpochDay();
  }
}
