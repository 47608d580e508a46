package io.pulso.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.model.Model;
import io.pulso.engine.model.ModelReader;
import io.pulso.engine.time.LocalDays;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The SQL of whole models, from raw events to units and from units to scores, in each dialect.
/// `-Dgolden=write` writes the files anew.
class GoldenModelSqlTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden");
  private static final int DAY = 20_543;

  @ParameterizedTest
  @ValueSource(strings = {"points", "weighted", "accounts"})
  void the_sql_of_a_model_is_as_it_was(String name) throws IOException {
    Path folder = FOLDER.resolve(name);
    Path file = folder.resolve("model.yaml");
    Model model = ModelReader.read(file.toString(), Files.readString(file)).model();
    check(folder.resolve("duckdb.sql"), model, new DuckDb());
    check(folder.resolve("spark.sql"), model, new SparkSql());
  }

  private static void check(Path file, Model model, Dialect dialect) throws IOException {
    String printed =
        "-- units of raw events\n%s;\n\n-- scores of units\n%s;\n"
            .formatted(rollUp(model, dialect), score(model, dialect));
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(file, printed);
    }
    assertThat(file).as("run the test with -Dgolden=write").exists();
    assertThat(printed).isEqualTo(Files.readString(file));
  }

  private static String rollUp(Model model, Dialect dialect) {
    LocalDays days = new LocalDays(ZoneId.of("Europe/Berlin"));
    List<RollUpSql.Read> reads = new ArrayList<>();
    model
        .activities()
        .forEach(activity ->
            reads.add(
                new RollUpSql.Read(
                    reads.size(), activity, model.subject() == Model.Subject.ACCOUNT)));
    return RollUpSql.print(
        new RollUpSql.Reading(
            reads, days.offsets(days.start(DAY - 60), days.end(DAY)), "", null, null, null, null),
        dialect);
  }

  private static String score(Model model, Dialect dialect) {
    List<Integer> numbers = new ArrayList<>();
    model.activities().forEach(activity -> numbers.add(numbers.size()));
    boolean customer = model.subject() == Model.Subject.CUSTOMER;
    return ScoreSql.print(
        model,
        new ScoreSql.Reading(
            numbers, DAY, "rollup", customer ? "subject" : "account_subject", null),
        dialect);
  }
}
