package io.pulso.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ActivityKeyTest {
  private static String key(String fields) {
    String yaml = "name: m\ngroups: [{name: g}]\nactivities: [{" + fields + "}]\n";
    Model model = ModelReader.read("m.yaml", yaml).model();
    return ActivityKey.of(model.activities().getFirst(), model.subject());
  }

  @Test
  void what_is_made_of_the_units_does_not_matter() {
    assertThat(
            key(
                "name: b, title: B, match: 'event   ==  \"A\"', points: -3, group: g, goal: 3,"
                    + " expect: bad, cap: {per_day: 1, per_window: 2}, window: 7d,"
                    + " decay: {linear: 9d}, unit: occurrences"))
        .isEqualTo(key("name: a, match: 'event == \"A\"', points: 1"))
        .matches("[0-9a-f]{64}");
  }

  @Test
  void the_key_of_a_simple_activity_stays_the_same_for_ever() {
    assertThat(key("name: a, match: 'event == \"A\"', points: 1"))
        .isEqualTo("b5c09295b8465dfdfa2a4e306715f5d94b74213c5a5361a7ceded45eabbaa42f");
  }

  @Test
  void everything_that_is_read_matters() {
    List<String> fields =
        List.of(
            "match: 'event == \"A\"'",
            "match: 'event != \"A\"'",
            "match: 'event == \"B\"'",
            "match: 'name == \"A\"'",
            "match: 'properties.a == \"A\"'",
            "match: 'properties.b == \"A\"'",
            "match: 'properties.a.b == \"A\"'",
            "match: 'properties[\"a.b\"] == \"A\"'",
            "match: 'properties.a[1] == \"A\"'",
            "match: 'properties.a[\"1\"] == \"A\"'",
            "match: 'properties.a == 1'",
            "match: 'properties.a == \"1\"'",
            "match: 'properties.a == true'",
            "match: 'properties.a'",
            "match: 'has(properties.a)'",
            "match: '!has(properties.a)'",
            "match: 'size(properties.a) == 1'",
            "match: 'event in [\"A\", \"B\"]'",
            "match: 'event in [\"A\\\", \\\"B\"]'",
            "match: 'event.startsWith(\"A\")'",
            "match: 'event.endsWith(\"A\")'",
            "match: 'event.matches(\"A\")'",
            "match: 'event.matches(\"(?i)A\")'",
            "match: 'event == \"A\" && type == \"track\"'",
            "match: 'event == \"A\" || type == \"track\"'",
            "match: 'event == \"A\"', unit: value",
            "match: 'event == \"A\"', unit: properties.a",
            "match: 'event == \"A\"', unit: {distinct: properties.a}");
    Set<String> keys = new HashSet<>();
    fields.forEach(field -> keys.add(key("name: a, points: 1, " + field)));
    assertThat(keys).hasSize(fields.size());
  }

  @Test
  void the_subject_matters() {
    Activity activity = Files.model("full.yaml").activities().getFirst();
    assertThat(ActivityKey.of(activity, Model.Subject.ACCOUNT))
        .isNotEqualTo(ActivityKey.of(activity, Model.Subject.CUSTOMER));
  }
}
