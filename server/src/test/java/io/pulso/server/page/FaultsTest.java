package io.pulso.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.expr.Cel;
import io.pulso.engine.expr.ExpressionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Faults in other languages than English.
class FaultsTest {
  private static final Path CASES =
      Path.of("../engine/src/test/resources/io/pulso/engine/model/refusals.txt");
  private static final Pattern FAULT = Pattern.compile("\\d+: (.+)");
  private static final Words WORDS = Words.read();
  private static final Faults FAULTS = new Faults(WORDS);

  private static String told(String fault) {
    return FAULTS.told(Language.ES, fault);
  }

  /// All faults that the cases of the engine have.
  private static List<String> engine() throws IOException {
    List<String> faults = new ArrayList<>();
    boolean said = false;
    for (String line : Files.readAllLines(CASES)) {
      said = line.equals("---") || (said && !line.startsWith("==="));
      Matcher fault = FAULT.matcher(line);
      if (said && fault.matches()) {
        faults.add(String.valueOf(fault.group(1)));
      }
    }
    return faults;
  }

  @Test
  void nearly_all_that_the_engine_says_of_models_is_told_in_other_languages() throws IOException {
    List<String> all = engine();
    List<String> english = all.stream().filter(fault -> told(fault).equals(fault)).toList();
    assertThat(all).hasSizeGreaterThan(100);
    assertThat(english).as(String.join("\n", english)).hasSizeLessThan(all.size() / 10);
    assertThat(all.stream().filter(fault -> FAULTS.told(Language.EN, fault).equals(fault)))
        .hasSameSizeAs(all);
  }

  @Test
  void places_values_and_hints_are_told_too() {
    assertThat(told("activity 'logins': unknown field 'pionts'; did you mean 'points'?"))
        .isEqualTo("actividad 'logins': campo desconocido «pionts»; ¿quiso decir 'points'?");
    assertThat(told("activity 'a': 'cap': unknown field 'q'; use one of 'per_day', 'per_window'"))
        .isEqualTo(
            "actividad 'a': 'cap': campo desconocido «q»; use uno de 'per_day', 'per_window'");
    assertThat(told("'window' must be between 1d and 730d, not 900d"))
        .isEqualTo("«window» debe estar entre 1d y 730d, no 900d");
    assertThat(told("m.yaml:3: 'name' is missing\nm.yaml:4: x"))
        .isEqualTo("m.yaml:3: falta «name»\nm.yaml:4: x");
    assertThat(
            FAULTS.told(
                Language.ZH, "activity 3: 'points' must be a number such as 10 or 0.5, not a list"))
        .isEqualTo("活动 3: “points”应为数字，如 10 或 0.5，而不是列表");
  }

  @Test
  void what_is_not_known_as_a_whole_stays_english() {
    for (String fault :
        List.of(
            "activity 'a': something new",
            "'window' must be something new, not a list",
            "unknown field 'a' in 'b'",
            "x".repeat(700))) {
      assertThat(told(fault)).isEqualTo(fault);
    }
  }

  @Test
  void faults_of_conditions_are_told_with_their_column() {
    List<String> wrong =
        List.of(
            "evnt == \"A\"",
            "event = \"A\"",
            "event ==",
            "\"a",
            "value + 1 > 2",
            "value > \"a\"",
            "properties",
            "event == \"A\" && [1]",
            "startWith(event)",
            "");
    for (String text : wrong) {
      try {
        Cel.read(text, Cel.Scope.EVENT);
        assertThat(text).as("is wrong").isEmpty();
      } catch (ExpressionException e) {
        String fault = String.valueOf(e.getMessage());
        assertThat(told(fault)).as(fault).startsWith("columna ").isNotEqualTo(fault);
      }
    }
  }

  @Test
  void every_text_is_said_somewhere_by_the_engine_or_the_server() throws IOException {
    List<String> sources = new ArrayList<>();
    for (Path root : List.of(Path.of("../engine/src/main/java"), Path.of("src/main/java"))) {
      try (var files = Files.walk(root)) {
        for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
          sources.add(
              Files.readString(file).replace("\\\"", "\"").replaceAll("\"\\s*\\+\\s*\"", ""));
        }
      }
    }
    TreeSet<String> lost = new TreeSet<>();
    for (String key : WORDS.keys()) {
      if (key.startsWith("fault.") && !key.startsWith("fault.of_")) {
        String english = WORDS.form(Language.EN, key, false);
        for (String piece : english.split("\\{[a-z]+}|'|; |unknown |one of", -1)) {
          if (sources.stream().noneMatch(source -> source.contains(piece.strip()))) {
            lost.add(key + ": " + piece);
          }
        }
      }
    }
    assertThat(lost).isEmpty();
  }
}
