package io.pulso.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulso.engine.expr.Condition;
import io.pulso.engine.expr.Operand;
import io.pulso.engine.expr.Path;
import io.pulso.engine.expr.Path.Step;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DialectTest {
  private static final Pattern SPARK_LITERAL = Pattern.compile("'(?:\\\\.|[^'\\\\])*'");
  private static final Pattern DUCKDB_LITERAL = Pattern.compile("'(?:''|[^'])*'");

  /// Every dialect there is.
  static List<Dialect> dialects() throws ReflectiveOperationException {
    Class<?>[] all = Dialect.class.getPermittedSubclasses();
    assertThat(all).hasSizeGreaterThanOrEqualTo(2);
    List<Dialect> made = new ArrayList<>();
    for (Class<?> one : all) {
      made.add((Dialect) one.getDeclaredConstructor().newInstance());
    }
    return made;
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void every_text_is_read_back_as_it_was(Dialect dialect) throws SQLException {
    List<String> literals = texts().stream().map(dialect::text).toList();
    assertThat(readBack(dialect, literals)).isEqualTo(texts());
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void nothing_invisible_stands_in_sql(Dialect dialect) {
    for (String text : texts()) {
      assertThat(dialect.text(text).codePoints().noneMatch(Literals::isInvisible)).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void hostile_keys_and_texts_stay_inside_literals(Dialect dialect) {
    for (String key : Hostile.KEYS) {
      for (String text : List.of("'; DROP TABLE e; --", "\\", "'", "a\\'", "${x}")) {
        Path path = new Path(Path.Root.PROPERTIES, List.of(new Step.Key(key), new Step.Index(1)));
        Condition condition =
            new Condition.Or(
                List.of(
                    new Condition.Compare(Condition.Comparison.EQUAL, path, new Operand.Str(text)),
                    new Condition.In(new Operand.Str(text), path),
                    new Condition.In(path, path),
                    new Condition.Has(path)));
        String sql = ConditionSql.print(condition, new EventTable.Names(), dialect);
        assertThat(literal(dialect).matcher(sql).replaceAll("T"))
            .matches("[A-Za-z0-9_ (),.=<>:|>\\[\\]-]*")
            .doesNotContain("--", "DROP");
        if (dialect instanceof SparkSql) {
          assertThat(sql).doesNotContain("${");
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void names_are_quoted_and_what_cannot_be_is_refused(Dialect dialect) {
    assertThat(dialect.name("a b")).containsPattern("^.a b.$");
    for (String name : List.of("", "a\0", "a\nb", "\u202e")) {
      assertThatThrownBy(() -> dialect.name(name)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void numbers_that_are_not_finite_have_no_literal(Dialect dialect) {
    assertThatThrownBy(() -> dialect.number(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void quotes_in_names_are_doubled() {
    assertThat(new DuckDb().name("a\"b`")).isEqualTo("\"a\"\"b`\"");
    assertThat(new SparkSql().name("a\"b`")).isEqualTo("`a\"b```");
    assertThatThrownBy(() -> new SparkSql().name("${x}"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void duckdb_reads_numbers_back_as_they_were() throws SQLException {
    List<Object> numbers = Arrays.stream(RandomFacts.NUMBERS).<Object>mapToObj(n -> n).toList();
    List<String> literals =
        Arrays.stream(RandomFacts.NUMBERS).mapToObj(new DuckDb()::number).toList();
    assertThat(ask(literals)).isEqualTo(numbers);
  }

  private static List<String> texts() {
    return Stream.concat(Hostile.TEXTS.stream(), Hostile.KEYS.stream()).toList();
  }

  private static Pattern literal(Dialect dialect) {
    return switch (dialect) {
      case DuckDb _ -> DUCKDB_LITERAL;
      case SparkSql _ -> SPARK_LITERAL;
    };
  }

  private static List<String> readBack(Dialect dialect, List<String> literals) throws SQLException {
    return switch (dialect) {
      case DuckDb _ -> ask(literals).stream().map(String.class::cast).toList();
      case SparkSql _ -> literals.stream().map(DialectTest::unescaped).toList();
    };
  }

  private static List<Object> ask(List<String> expressions) throws SQLException {
    List<Object> found = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement query = connection.createStatement();
        ResultSet row = query.executeQuery("SELECT " + String.join(", ", expressions))) {
      row.next();
      for (int i = 1; i <= expressions.size(); i++) {
        found.add(row.getObject(i));
      }
    }
    return found;
  }

  /// What Spark's documentation says of literals: after a backslash, u and U with 4 and 8 digits
  /// are code points, and quotes and backslashes are themselves.
  private static String unescaped(String literal) {
    assertThat(SPARK_LITERAL.matcher(literal).matches()).isTrue();
    StringBuilder out = new StringBuilder();
    for (int i = 1; i < literal.length() - 1; i++) {
      char c = literal.charAt(i);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char escaped = literal.charAt(++i);
      int digits = escaped == 'u' ? 4 : escaped == 'U' ? 8 : 0;
      assertThat(digits > 0 || "'\\".indexOf(escaped) >= 0).isTrue();
      if (digits == 0) {
        out.append(escaped);
      } else {
        out.appendCodePoint(Integer.parseInt(literal.substring(i + 1, i + 1 + digits), 16));
        i += digits;
      }
    }
    return out.toString();
  }
}
