package io.pulso.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.expr.Condition;
import io.pulso.engine.expr.ConditionNames;
import io.pulso.engine.expr.Evaluator;
import io.pulso.engine.expr.Evaluator.Facts;
import io.pulso.engine.expr.Path;
import io.pulso.engine.json.Json;
import io.pulso.engine.model.Unit;
import io.pulso.engine.score.DistinctKey;
import io.pulso.engine.score.Uncounted;
import io.pulso.engine.score.UnitValue;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// DuckDB and the JVM must give the same answer for the same condition and event.
class AgreementTest {
  private static final Columns COLUMNS = new EventTable.Names();
  private static final Dialect DUCKDB = new DuckDb();
  private static final int EVENTS = 150;
  private static final int CONDITIONS = 160;
  private static final int AT_ONCE = 40;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void conditions_have_one_answer(long seed) throws SQLException {
    Random random = new Random(seed);
    List<Facts> events = events(random);
    RandomConditions conditions = new RandomConditions(random);
    int pairs = 0;
    int yes = 0;
    try (EventTable table = new EventTable(events)) {
      for (int i = 0; i < CONDITIONS; i += AT_ONCE) {
        List<Condition> some = Stream.generate(conditions::next).limit(AT_ONCE).toList();
        List<String> sql =
            some.stream().map(one -> ConditionSql.print(one, COLUMNS, DUCKDB)).toList();
        List<List<@Nullable Object>> rows = table.select(sql);
        for (int nr = 0; nr < EVENTS; nr++) {
          for (int c = 0; c < AT_ONCE; c++) {
            boolean expected = Evaluator.test(some.get(c), events.get(nr));
            assertThat(rows.get(nr).get(c))
                .as("%s%n%s%n%s", some.get(c), sql.get(c), events.get(nr))
                .isEqualTo(expected);
            pairs++;
            yes += expected ? 1 : 0;
          }
        }
      }
    }
    assertThat(pairs).isEqualTo(EVENTS * CONDITIONS);
    assertThat(yes).isBetween(pairs / 10, pairs * 9 / 10);
  }

  @Test
  @Tag("long")
  void conditions_have_one_answer_for_many_seeds() throws SQLException {
    for (long seed = 100; seed < 200; seed++) {
      conditions_have_one_answer(seed);
    }
  }

  @Test
  void a_guard_is_true_wherever_its_condition_is() {
    Random random = new Random(3);
    List<Facts> events = events(random);
    RandomConditions conditions = new RandomConditions(random);
    int held = 0;
    for (int i = 0; i < 2_000; i++) {
      Condition condition = conditions.next();
      Condition guard = ConditionNames.guard(condition);
      assertThat(ConditionNames.onlyNames(guard)).isTrue();
      for (Facts event : events.subList(0, 20)) {
        if (Evaluator.test(condition, event)) {
          assertThat(Evaluator.test(guard, event)).as("%s", condition).isTrue();
          held++;
        }
      }
    }
    assertThat(held).isGreaterThan(2_000);
  }

  @Test
  void units_are_the_same() throws SQLException {
    Random random = new Random(4);
    List<Facts> events = events(random);
    List<Path> paths = paths(random);
    try (EventTable table = new EventTable(events)) {
      List<List<@Nullable Object>> rows =
          table.select(
              paths.stream()
                  .map(path -> UnitSql.units(new Unit.Numeric(path), COLUMNS, DUCKDB))
                  .toList());
      int counted = 0;
      for (int nr = 0; nr < EVENTS; nr++) {
        for (int p = 0; p < paths.size(); p++) {
          long expected = UnitValue.milliUnits(Evaluator.find(paths.get(p), events.get(nr)));
          assertThat(rows.get(nr).get(p)).as("%s", paths.get(p)).isEqualTo(expected);
          counted += expected > 0 ? 1 : 0;
        }
      }
      assertThat(counted).isGreaterThan(500);
    }
  }

  @Test
  void what_does_not_count_has_the_same_reason() throws SQLException {
    Random random = new Random(7);
    List<Facts> events = events(random).stream().map(AgreementTest::withItsValue).toList();
    List<Unit> units = new ArrayList<>();
    for (Path path : paths(random)) {
      units.add(new Unit.Numeric(path));
      units.add(new Unit.Distinct(path));
    }
    Map<@Nullable Uncounted, Integer> found = new HashMap<>();
    try (EventTable table = new EventTable(events)) {
      List<List<@Nullable Object>> rows =
          table.select(
              units.stream().map(unit -> UncountedSql.print(unit, COLUMNS, DUCKDB)).toList());
      for (int nr = 0; nr < EVENTS; nr++) {
        for (int u = 0; u < units.size(); u++) {
          Uncounted expected = uncounted(units.get(u), events.get(nr));
          assertThat(rows.get(nr).get(u))
              .as("%s %s", units.get(u), events.get(nr))
              .isEqualTo(expected == null ? null : expected.code());
          found.merge(expected, 1, Integer::sum);
        }
      }
    }
    assertThat(found)
        .containsOnlyKeys(
            null,
            Uncounted.MISSING,
            Uncounted.QUOTED_NUMBER,
            Uncounted.BOOLEAN,
            Uncounted.NOT_A_NUMBER,
            Uncounted.NEGATIVE,
            Uncounted.TOO_LARGE,
            Uncounted.OBJECT_OR_ARRAY);
  }

  private static @Nullable Uncounted uncounted(Unit unit, Facts facts) {
    return switch (unit) {
      case Unit.Occurrences _ -> null;
      case Unit.Numeric(Path path) -> UnitValue.of(there(path, facts)).reason();
      case Unit.Distinct(Path path) -> {
        Json found = there(path, facts);
        boolean many = found instanceof Json.Arr || found instanceof Json.Obj;
        yield many && path.root() != Path.Root.VALUE ? Uncounted.OBJECT_OR_ARRAY : null;
      }
    };
  }

  /// What stands at a place; an object that is a root is there when it has fields.
  private static @Nullable Json there(Path path, Facts facts) {
    return Evaluator.test(new Condition.Has(path), facts) ? Evaluator.find(path, facts) : null;
  }

  /// The value is the first of `value`, `revenue` and `total`, as in events that were imported.
  private static Facts withItsValue(Facts facts) {
    Map<String, Json> fields = new LinkedHashMap<>(facts.properties().fields());
    Json value = facts.value();
    if (value != null) {
      fields.put("value", value);
    } else {
      fields.keySet().removeAll(List.of("value", "revenue", "total"));
    }
    return new Facts(
        facts.event(),
        facts.name(),
        facts.type(),
        facts.channel(),
        value,
        new Json.Obj(fields),
        facts.context(),
        facts.traits(),
        facts.account(),
        facts.source(),
        facts.trusted());
  }

  @Test
  void distinct_keys_tell_the_same_values_apart() throws SQLException {
    Random random = new Random(5);
    List<Facts> events = events(random);
    List<Path> paths = paths(random);
    Map<String, @Nullable String> javaBySql = new HashMap<>();
    Map<String, @Nullable String> sqlByJava = new HashMap<>();
    try (EventTable table = new EventTable(events)) {
      List<List<@Nullable Object>> rows =
          table.select(
              paths.stream()
                  .map(path -> UnitSql.distinctKey(new Unit.Distinct(path), COLUMNS, DUCKDB))
                  .toList());
      for (int nr = 0; nr < EVENTS; nr++) {
        for (int p = 0; p < paths.size(); p++) {
          String java = String.valueOf(DistinctKey.of(paths.get(p), events.get(nr)));
          String sql = String.valueOf(rows.get(nr).get(p));
          assertThat(javaBySql.merge(sql, java, (old, _) -> old)).isEqualTo(java);
          assertThat(sqlByJava.merge(java, sql, (old, _) -> old)).isEqualTo(sql);
        }
      }
    }
    assertThat(javaBySql).containsKey("null").hasSizeGreaterThan(60);
  }

  private static List<Facts> events(Random random) {
    RandomFacts facts = new RandomFacts(random);
    return Stream.generate(facts::next).limit(EVENTS).toList();
  }

  private static List<Path> paths(Random random) {
    RandomConditions conditions = new RandomConditions(random);
    List<Path> paths = new ArrayList<>(List.of(new Path(Path.Root.VALUE, List.of())));
    Stream.generate(conditions::path).limit(200).forEach(paths::add);
    return paths;
  }

  /// Numbers that lie at and beside the bounds of rounding.
  @Test
  void duckdb_rounds_as_java_does() throws SQLException {
    double[] numbers = numbers(new Random(6), 60_000);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE n(nr INTEGER, value DOUBLE)");
      try (var rows = connection.unwrap(DuckDBConnection.class).createAppender("main", "n")) {
        for (int nr = 0; nr < numbers.length; nr++) {
          rows.beginRow();
          rows.append(nr);
          rows.append(numbers[nr]);
          rows.endRow();
        }
      }
      String units =
          UnitSql.units(new Unit.Numeric(new Path(Path.Root.VALUE, List.of())), COLUMNS, DUCKDB);
      try (ResultSet found = statement.executeQuery("SELECT nr, " + units + " FROM n")) {
        while (found.next()) {
          double number = numbers[found.getInt(1)];
          assertThat(found.getLong(2))
              .as("%s", number)
              .isEqualTo(UnitValue.of(number).milliUnits());
        }
      }
    }
  }

  private static double[] numbers(Random random, int count) {
    double[] found = new double[count];
    for (int i = 0; i < count; i++) {
      double half = (random.nextInt(10_000_000) * 10 + 5) / 1e4;
      found[i] =
          switch (i % 6) {
            case 0 -> random.nextDouble();
            case 1 -> random.nextDouble() * 1.1e9;
            case 2 -> half;
            case 3 -> Math.nextUp(half);
            case 4 -> Math.nextDown(half);
            default -> Math.scalb(random.nextDouble(), -random.nextInt(1000));
          };
    }
    return found;
  }
}
