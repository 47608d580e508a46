package io.pulso.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.journey.Funnel;
import io.pulso.engine.journey.FunnelReader;
import io.pulso.engine.metric.By;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.PathText;
import io.pulso.engine.time.LocalDays;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The events of journeys, in each dialect. `-Dgolden=write` writes the files anew.
class GoldenJourneySqlTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden/journeys");

  @Test
  void duckdb_sql_is_as_it_was() throws IOException {
    check("duckdb.sql", new DuckDb());
  }

  @Test
  void spark_sql_is_as_it_was() throws IOException {
    check("spark.sql", new SparkSql());
  }

  private static void check(String file, Dialect dialect) throws IOException {
    StringBuilder printed = new StringBuilder();
    for (Funnel funnel :
        FunnelReader.read("funnels.yaml", Files.readString(FOLDER.resolve("funnels.yaml")))) {
      StepSql.Owner owner =
          funnel.id().equals("ticket")
              ? new StepSql.Owner.Thing(
                  Objects.requireNonNull(PathText.read("properties.ticket_id")))
              : funnel.per() == Model.Subject.ACCOUNT
                  ? new StepSql.Owner.Account()
                  : new StepSql.Owner.Customer();
      StepSql.Question question = question(funnel, owner);
      printed
          .append("-- %s\n".formatted(funnel.id()))
          .append(StepSql.print(question, dialect))
          .append(";\n\n-- days of %s\n".formatted(funnel.id()))
          .append(StepSql.days(question, dialect))
          .append(";\n\n");
    }
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(FOLDER.resolve(file), printed);
    }
    assertThat(FOLDER.resolve(file)).as("run the test with -Dgolden=write").exists();
    assertThat(printed.toString()).isEqualTo(Files.readString(FOLDER.resolve(file)));
  }

  private static StepSql.Question question(Funnel funnel, StepSql.Owner owner) {
    LocalDays days = new LocalDays(ZoneId.of("Europe/Berlin"));
    Period period = new Period(day("2026-03-01"), day("2026-04-10"));
    long from = days.start(period.first());
    long to = days.end(period.last()) + funnel.window();
    return new StepSql.Question(
        funnel.steps().stream().map(step -> step.match().condition()).toList(),
        owner,
        funnel.id().equals("ticket") ? Select.Who.ANYBODY : funnel.who(),
        funnel.order() == Funnel.Order.STRICT,
        List.of("shop", "account").contains(funnel.id()) ? By.read("traits.plan") : null,
        period,
        days.offsets(from, to),
        "",
        from,
        to);
  }

  private static int day(String date) {
    return (int) LocalDate.parse(date).toEpochDay();
  }
}
