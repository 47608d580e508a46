package io.pulso.engine.yaml;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(20)
class YamlTextTest {
  private final Notes faults = new Notes("f.yaml");

  private @Nullable Yaml read(String text) {
    return YamlText.read(text, faults);
  }

  static Stream<Arguments> hostile() {
    return Stream.of(
        Arguments.of(
            "a: 1\nb: \u0000\n", "f.yaml:2: the character U+0000 is not allowed; remove it"),
        Arguments.of(
            "a: 1\r\nb: \u001b[31m\r\n",
            "f.yaml:2: the character U+001B is not allowed; remove it"),
        Arguments.of("a: \ud800\n", "f.yaml:1: the character U+D800 is not allowed; remove it"),
        Arguments.of("a: \"\\0\"\n", "f.yaml:1: the character U+0000 is not allowed; remove it"),
        Arguments.of("a: \"\\e[2J\"\n", "f.yaml:1: the character U+001B is not allowed; remove it"),
        Arguments.of(
            "a: !!java.net.URL [x]\n",
            "f.yaml:1: the tag 'tag:yaml.org,2002:java.net.URL' is not allowed; a leading ! is a YAML tag: put the whole value in single quotes"),
        Arguments.of(
            "a: !!binary aGk=\n",
            "f.yaml:1: the tag 'tag:yaml.org,2002:binary' is not allowed; a leading ! is a YAML tag: put the whole value in single quotes"),
        Arguments.of(
            "a: !x y\n",
            "f.yaml:1: the tag '!x' is not allowed; a leading ! is a YAML tag: put the whole value in single quotes"),
        Arguments.of(
            "a: !u!x y\n",
            "f.yaml:1: broken YAML: while parsing a node: found undefined tag handle !u!; a leading ! is a YAML tag: put the whole value in single quotes"),
        Arguments.of(
            "a: !(\"x\" in y)\n",
            "f.yaml:1: broken YAML: while scanning a tag: expected ' ', but found '\"' (34); a leading ! is a YAML tag: put the whole value in single quotes"),
        Arguments.of(
            "a:\n\t- b\n",
            "f.yaml:2: broken YAML: while scanning for the next token: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation); indent with blanks"),
        Arguments.of(
            "a: @b\n",
            "f.yaml:1: broken YAML: while scanning for the next token: found character '@' that cannot start any token. (Do not use @ for indentation); put the whole value in single quotes"),
        Arguments.of(
            "a: [1, 2\nb: 3\n",
            "f.yaml:2: broken YAML: while parsing a flow sequence: expected ',' or ']', but got :"),
        Arguments.of(
            "a: 'x\n",
            "f.yaml:2: broken YAML: while scanning a quoted scalar: found unexpected end of stream"),
        Arguments.of("? [a, b]\n: c\n", "f.yaml:1: a key must be a word, not a list"),
        Arguments.of("'': c\n", "f.yaml:1: a key must be a word, not ''"),
        Arguments.of("a: 1\n'a': 2\n\"a\": 3\n", "f.yaml:2: the key 'a' is there twice; keep one"),
        Arguments.of("a: {b: 1, b: 2}\n", "f.yaml:1: the key 'b' is there twice; keep one"),
        Arguments.of(
            "a: 1\n---\nb: 2\n", "f.yaml:2: a second document begins; keep one document a file"),
        Arguments.of(
            "a: 1\n...\n---\n", "f.yaml:3: a second document begins; keep one document a file"),
        Arguments.of("a: &x 1\n", "f.yaml:1: the anchor '&x' is not allowed; write the value out"),
        Arguments.of(
            "a: &x {b: c}\n", "f.yaml:1: the anchor '&x' is not allowed; write the value out"),
        Arguments.of("a: *x\n", "f.yaml:1: the alias '*x' is not allowed; write the value out"),
        Arguments.of("\n<<: *x\n", "f.yaml:2: the alias '*x' is not allowed; write the value out"),
        Arguments.of(
            "%YAML 3.0\n---\na: 1\n",
            "f.yaml:1: broken YAML: version 3.0 is unknown; remove the line %YAML"));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void what_is_not_allowed_is_refused_with_its_line(String text, String fault) {
    read(text);
    assertThat(faults.list()).first().isEqualTo(fault);
  }

  @Test
  void a_billion_laughs_are_refused_without_being_made() {
    StringBuilder text = new StringBuilder("a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for (char name = 'b'; name <= 'j'; name++) {
      String alias = "*" + (char) (name - 1);
      text.append(
          "%c: &%c [%s]\n"
              .formatted(name, name, String.join(", ", List.of(alias, alias, alias, alias))));
    }
    read(text.toString());
    assertThat(faults.list())
        .contains(
            "f.yaml:1: the anchor '&a' is not allowed; write the value out",
            "f.yaml:10: the alias '*i' is not allowed; write the value out");
  }

  @Test
  void twenty_levels_are_allowed_and_no_more() {
    assertThat(read("[".repeat(20) + "]".repeat(20))).isNotNull();
    assertThat(faults.list()).isEmpty();
    assertThat(read("a:\n  " + "[".repeat(20) + "]".repeat(20))).isNull();
    assertThat(faults.list()).containsExactly("f.yaml:2: nested deeper than 20 levels");
  }

  @Test
  void very_deep_nesting_costs_nothing() {
    read("[".repeat(200_000));
    read("- ".repeat(100_000));
    read("{a: ".repeat(50_000));
    assertThat(faults.list()).containsOnly("f.yaml:1: nested deeper than 20 levels");
  }

  @Test
  void a_large_file_is_refused_by_its_bytes() {
    assertThat(read("a: " + "é".repeat(131_071))).isNull();
    assertThat(faults.list())
        .containsExactly("f.yaml:1: the file has 262145 bytes; a YAML file may have 262144");
  }

  @Test
  void a_file_of_exactly_256_kilobytes_is_read() {
    assertThat(read("a: " + "x".repeat(256 * 1024 - 3))).isNotNull();
    assertThat(faults.list()).isEmpty();
  }

  @Test
  void a_large_file_of_many_faults_is_read_quickly() {
    read("a: 1\n".repeat(50_000));
    assertThat(faults.list()).hasSize(101).last().isEqualTo("f.yaml: and 49899 more");
  }

  @Test
  void lines_are_counted_alike_for_every_line_end() {
    for (String end : List.of("\n", "\r\n", "\r")) {
      String text = String.join(end, "a: 1", "", "b:", "  - c", "");
      Yaml.Mapping root = (Yaml.Mapping) requireNonNull(read(text));
      assertThat(root.entries()).extracting(Yaml.Entry::line).containsExactly(1, 3);
      assertThat(((Yaml.Items) root.entries().get(1).value()).items().getFirst().line())
          .isEqualTo(4);
    }
  }

  @Test
  void only_plain_scalars_are_null_or_boolean() {
    Yaml.Items items =
        (Yaml.Items) requireNonNull(read("[null, ~, 'null', true, 'true', False, yes]"));
    assertThat(items.items().stream().map(Yaml.Scalar.class::cast))
        .extracting(Yaml.Scalar::isNull)
        .containsExactly(true, true, false, false, false, false, false);
    assertThat(items.items().stream().map(Yaml.Scalar.class::cast))
        .extracting(Yaml.Scalar::bool)
        .containsExactly(null, null, null, true, null, false, null);
  }

  @Test
  void a_word_in_a_message_is_short_and_harmless() {
    assertThat(Words.quote("x".repeat(61))).isEqualTo("'" + "x".repeat(60) + "…'");
    assertThat(Words.quote("a\u001b[1m\nb")).isEqualTo("'a\\u001B[1m\\u000Ab'");
  }

  @Test
  void the_nearest_word_is_the_fewest_edits_away() {
    List<String> words = List.of("name", "points", "per_day");
    assertThat(Nearest.to("pionts", words)).isEqualTo("points");
    assertThat(Nearest.to("Points", words)).isEqualTo("points");
    assertThat(Nearest.to("perday", words)).isEqualTo("per_day");
    assertThat(Nearest.to("zzzz", words)).isNull();
    assertThat(Nearest.to("x".repeat(100_000), words)).isNull();
    assertThat(Nearest.edits("kitten", "sitting")).isEqualTo(3);
  }
}
