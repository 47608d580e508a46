package io.pulso.engine.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class YamlEditTest {
  private static final String TEXT =
      """
      # 字 a comment 😀
      name: m
      activities: # all of them
        # first
        - name: a
          points: 5 # five
          cap: {per_day: 3}
          # between

        - {name: b, points: 1.5}
      bands: points
      """;

  private static String set(List<Object> path, String value) {
    return String.valueOf(YamlEdit.set(TEXT, path, value));
  }

  @Test
  void a_value_is_changed_and_nothing_else() {
    assertThat(set(List.of("activities", 0, "points"), "7"))
        .isEqualTo(TEXT.replace("points: 5 #", "points: 7 #"));
    assertThat(set(List.of("activities", 1, "points"), "-2"))
        .isEqualTo(TEXT.replace("points: 1.5}", "points: -2}"));
    assertThat(set(List.of("activities", 0, "cap", "per_day"), "4"))
        .isEqualTo(TEXT.replace("{per_day: 3}", "{per_day: 4}"));
    assertThat(set(List.of("name"), "n")).isEqualTo(TEXT.replace("name: m", "name: n"));
  }

  @Test
  void a_missing_key_is_added_where_it_belongs() {
    assertThat(set(List.of("activities", 0, "cap", "per_window"), "9"))
        .isEqualTo(TEXT.replace("{per_day: 3}", "{per_day: 3, per_window: 9}"));
    assertThat(set(List.of("activities", 0, "window"), "7d"))
        .isEqualTo(TEXT.replace("{per_day: 3}\n", "{per_day: 3}\n    window: 7d\n"));
    assertThat(set(List.of("activities", 1, "cap"), "{per_day: 1}"))
        .isEqualTo(TEXT.replace("points: 1.5}", "points: 1.5, cap: {per_day: 1}}"));
    assertThat(set(List.of("base"), "3")).isEqualTo(TEXT.stripTrailing() + "\nbase: 3\n");
  }

  @Test
  void a_key_is_removed_with_its_line() {
    assertThat(YamlEdit.remove(TEXT, List.of("activities", 0, "points")))
        .isEqualTo(TEXT.replace("    points: 5 # five\n", ""));
    assertThat(YamlEdit.remove(TEXT, List.of("activities", 1, "points")))
        .isEqualTo(TEXT.replace(", points: 1.5", ""));
    assertThat(YamlEdit.remove(TEXT, List.of("activities", 0, "cap", "per_day"))).isNull();
    assertThat(YamlEdit.remove(TEXT, List.of("activities", 0, "name"))).isNull();
    assertThat(YamlEdit.remove(TEXT, List.of("activities", 7, "name"))).isNull();
    assertThat(YamlEdit.remove(TEXT, List.of("name"))).isEqualTo(TEXT.replace("name: m\n", ""));
    String nested = "a:\n  b: 1 # one\n  c: 2\n";
    assertThat(YamlEdit.remove(nested, List.of("a", "b"))).isEqualTo("a:\n  c: 2\n");
  }

  @Test
  void what_is_left_empty_goes_with_its_last_key() {
    assertThat(YamlEdit.drop(TEXT, List.of("activities", 0, "cap", "per_day")))
        .isEqualTo(TEXT.replace("    cap: {per_day: 3}\n", ""));
    assertThat(YamlEdit.drop(TEXT, List.of("activities", 0, "cap", "per_window"))).isEqualTo(TEXT);
    assertThat(YamlEdit.drop(TEXT, List.of("groups"))).isEqualTo(TEXT);
    assertThat(YamlEdit.set("a: 1\n", List.of("b"), "\n  - 2")).isEqualTo("a: 1\nb:\n  - 2\n");
    assertThat(YamlEdit.set("b: x # y\n", List.of("b"), "\n  - 2")).isEqualTo("b:\n  - 2 # y\n");
  }

  @Test
  void a_key_is_quoted_where_it_must_be() {
    assertThat(YamlEdit.set("a: {b: 1}\n", List.of("a", "it's: so"), "2"))
        .isEqualTo("a: {b: 1, 'it''s: so': 2}\n");
  }

  @Test
  void items_come_and_go() {
    assertThat(YamlEdit.removeItem(TEXT, List.of("activities"), 1))
        .isEqualTo(TEXT.replace("  - {name: b, points: 1.5}\n", ""));
    assertThat(YamlEdit.removeItem(TEXT, List.of("activities"), 0))
        .isEqualTo(TEXT.replace("  - name: a\n    points: 5 # five\n    cap: {per_day: 3}\n", ""));
    assertThat(YamlEdit.addItem(TEXT, List.of("activities"), "{name: c}"))
        .isEqualTo(TEXT.replace("1.5}\n", "1.5}\n  - {name: c}\n"));
    assertThat(YamlEdit.insertItem(TEXT, List.of("activities"), 1, "{name: c}"))
        .isEqualTo(TEXT.replace("  - {name: b", "  - {name: c}\n  - {name: b"));
    assertThat(YamlEdit.insertItem(TEXT, List.of("activities"), 2, "{name: c}")).isNull();
    String row = "a: [1, 2]\n";
    assertThat(YamlEdit.insertItem(row, List.of("a"), 0, "0")).isEqualTo("a: [0, 1, 2]\n");
    assertThat(YamlEdit.addItem(row, List.of("a"), "3")).isEqualTo("a: [1, 2, 3]\n");
    assertThat(YamlEdit.removeItem(row, List.of("a"), 0)).isEqualTo("a: [2]\n");
    assertThat(YamlEdit.removeItem(row, List.of("a"), 2)).isNull();
  }

  @Test
  void what_is_not_there_cannot_be_changed() {
    assertThat(YamlEdit.set(TEXT, List.of("nothing", "points"), "1")).isNull();
    assertThat(YamlEdit.set(TEXT, List.of("activities", 2, "points"), "1")).isNull();
    assertThat(YamlEdit.set(TEXT, List.of("activities", 0), "1")).isNull();
    assertThat(YamlEdit.set(TEXT, List.of("activities"), "1")).isNull();
    assertThat(YamlEdit.set(TEXT + "x: [", List.of("name"), "n")).isNull();
    assertThat(YamlEdit.set(TEXT + "x: &anchor 1\n", List.of("name"), "n")).isNull();
  }

  @Test
  void texts_are_quoted_where_they_must_be() {
    assertThat(YamlEdit.scalar("event == \"Login\"")).isEqualTo("event == \"Login\"");
    assertThat(YamlEdit.scalar("it's")).isEqualTo("'it''s'");
    assertThat(YamlEdit.scalar("null")).isEqualTo("'null'");
    assertThat(YamlEdit.scalar("a: b # c")).isEqualTo("'a: b # c'");
    assertThat(YamlEdit.flowScalar("a, b")).isEqualTo("'a, b'");
  }
}
