package io.pulso.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.expr.Cel;
import io.pulso.engine.expr.Path;
import io.pulso.engine.expr.Path.Root;
import io.pulso.engine.expr.Path.Step;
import io.pulso.engine.model.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The SQL that people see. `-Dgolden=write` writes the files anew.
class GoldenSqlTest {
  private static final java.nio.file.Path FOLDER =
      java.nio.file.Path.of("src/test/resources/golden/expr");
  private static final Columns COLUMNS = new EventTable.Names();

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
    for (String text : Files.readAllLines(FOLDER.resolve("conditions.cel"))) {
      String sql =
          ConditionSql.print(Cel.read(text, Cel.Scope.EVENT).condition(), COLUMNS, dialect);
      printed.append("-- ").append(text).append('\n').append(sql).append(";\n\n");
    }
    units(dialect)
        .forEach((what, sql) ->
            printed.append("-- ").append(what).append('\n').append(sql).append(";\n\n"));
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(FOLDER.resolve(file), printed);
    }
    assertThat(FOLDER.resolve(file)).as("run the test with -Dgolden=write").exists();
    assertThat(printed.toString()).isEqualTo(Files.readString(FOLDER.resolve(file)));
  }

  private static Map<String, String> units(Dialect dialect) {
    Path value = new Path(Root.VALUE, List.of());
    Path minutes = new Path(Root.PROPERTIES, List.of(new Step.Key("minutes")));
    Path feature = new Path(Root.PROPERTIES, List.of(new Step.Key("feature")));
    Map<String, String> found = new LinkedHashMap<>();
    found.put("unit: occurrences", UnitSql.units(new Unit.Occurrences(), COLUMNS, dialect));
    found.put("unit: value", UnitSql.units(new Unit.Numeric(value), COLUMNS, dialect));
    found.put(
        "unit: properties.minutes", UnitSql.units(new Unit.Numeric(minutes), COLUMNS, dialect));
    found.put(
        "unit: {distinct: properties.feature}",
        UnitSql.distinctKey(new Unit.Distinct(feature), COLUMNS, dialect));
    found.put(
        "unit: {distinct: value}", UnitSql.distinctKey(new Unit.Distinct(value), COLUMNS, dialect));
    return found;
  }
}
