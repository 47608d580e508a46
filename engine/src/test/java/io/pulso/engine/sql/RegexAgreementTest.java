package io.pulso.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.google.re2j.Pattern;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// RE2/J and the RE2 of DuckDB must see the same in every letter.
class RegexAgreementTest {
  private static final Dialect DUCKDB = new DuckDb();

  /// Every code point of the first two planes but NUL.
  private static final String LETTERS =
      "SELECT chr(CAST(i AS INTEGER)) FROM (FROM range(1, 55296) UNION ALL FROM range(57344, 131072)) r(i)";

  @Test
  void classes_hold_the_same_letters() throws SQLException {
    agree(
        Stream.of("\\w", "\\s", ".", "[[:punct:]]", "(?i)[a-z]", "[^a]", "\\bx?")
            .map(Pattern::compile)
            .toList(),
        LETTERS);
  }

  @Test
  void case_is_the_same_for_latin_letters() throws SQLException {
    List<Pattern> letters =
        IntStream.rangeClosed(0x80, 0x17F)
            .mapToObj(c -> Pattern.compile("(?i)" + Character.toString(c)))
            .toList();
    agree(
        letters,
        "SELECT t FROM (" + LETTERS + ") l(t) WHERE (t <> lower(t) OR t <> upper(t)) AND t < '⺀'");
  }

  @Test
  void the_largest_patterns_are_small_enough_for_duckdb() throws SQLException {
    agree(
        Stream.of("[^a]{1000}", "(?i)[a-z]{999}", "[а-яёa-z]{900}", "(a|é|中|😀){400}", ".{1000}")
            .map(Pattern::compile)
            .toList(),
        "SELECT repeat('é', CAST(i AS INTEGER) * 300) FROM range(5) t(i)");
  }

  private static void agree(List<Pattern> patterns, String texts) throws SQLException {
    String asked =
        patterns.stream()
            .map(pattern -> DUCKDB.matches("t", pattern))
            .collect(Collectors.joining(", "));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement query = connection.createStatement();
        ResultSet rows = query.executeQuery("SELECT t, " + asked + " FROM (" + texts + ") x(t)")) {
      int seen = 0;
      while (rows.next()) {
        seen++;
        String text = rows.getString(1);
        for (int p = 0; p < patterns.size(); p++) {
          if (rows.getBoolean(p + 2) != patterns.get(p).matcher(text).find()) {
            fail("%s in U+%X", patterns.get(p), text.codePointAt(0));
          }
        }
      }
      assertThat(seen).isGreaterThan(4);
    }
  }
}
