package io.pulso.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.expr.Cel;
import io.pulso.engine.expr.Path;
import io.pulso.engine.json.Json;
import io.pulso.engine.score.Bands;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ModelReaderTest {
  private static final String ACTIVITIES =
      "activities: [{name: a, match: 'event == \"A\"', points: 1}]\n";

  private static Model read(String yaml) {
    return ModelReader.read("m.yaml", yaml).model();
  }

  @Test
  void the_head_of_a_model_is_read() {
    Model model = Files.model("full.yaml");
    assertThat(model.name()).isEqualTo("product-engagement");
    assertThat(model.title().byLanguage())
        .containsOnlyKeys("en", "es", "it", "zh", "pt-BR")
        .containsEntry("zh", "产品参与度");
    assertThat(model.subject()).isEqualTo(Model.Subject.CUSTOMER);
    assertThat(model.appliesTo())
        .isEqualTo(Cel.read("!(traits.plan == \"internal\")", Cel.Scope.SUBJECT));
    assertThat(model.priority()).isEqualTo(10);
    assertThat(model.method()).isEqualTo(Model.Method.POINTS);
    assertThat(model.window()).isEqualTo(28);
    assertThat(model.decay()).isEqualTo(new Decay.HalfLife(14));
    assertThat(model.base()).isEqualTo(1_500);
    assertThat(model.clamp()).isEqualTo(new Model.Range(-100_000L, 200_000L));
    assertThat(model.groups())
        .containsExactly(
            new Model.Group(
                "adoption",
                new Texts(Map.of("en", "Adoption")),
                new Model.Range(-5_000L, 60_000L)));
  }

  @Test
  void an_activity_is_read_with_all_its_fields() {
    assertThat(Files.model("full.yaml").activities().getFirst())
        .isEqualTo(
            new Activity(
                "invited_teammate",
                new Texts(Map.of("en", "Invited a teammate")),
                Cel.read("event == \"Invite Sent\"", Cel.Scope.EVENT),
                new Unit.Occurrences(),
                10_000,
                0,
                0,
                new Activity.Caps(3_000L, 12_000L, null),
                Activity.Expect.GOOD,
                2_000L,
                "adoption",
                28,
                new Decay.HalfLife(14),
                Activity.Per.ACCOUNT,
                14));
  }

  @Test
  void points_are_exact() {
    assertThat(Files.model("full.yaml").activities())
        .extracting(Activity::points)
        .containsExactly(10_000L, 200L, 2_000L, 125L, -60_000L);
  }

  @Test
  void units_are_occurrences_numbers_or_different_values() {
    assertThat(Files.model("full.yaml").activities())
        .extracting(Activity::unit)
        .containsExactly(
            new Unit.Occurrences(),
            new Unit.Numeric(new Path(Path.Root.PROPERTIES, List.of(new Path.Step.Key("minutes")))),
            new Unit.Distinct(
                new Path(Path.Root.PROPERTIES, List.of(new Path.Step.Key("the feature")))),
            new Unit.Numeric(new Path(Path.Root.VALUE, List.of())),
            new Unit.Occurrences());
  }

  @Test
  void an_activity_may_override_window_and_decay() {
    List<Activity> activities = Files.model("full.yaml").activities();
    assertThat(activities).extracting(Activity::window).containsExactly(28, 28, 28, 28, 56);
    assertThat(activities)
        .extracting(Activity::decay)
        .containsExactly(
            new Decay.HalfLife(14),
            new Decay.Linear(90),
            new Decay.None(),
            new Decay.HalfLife(14),
            new Decay.HalfLife(14));
    assertThat(Files.model("full.yaml").widestWindow()).isEqualTo(56);
  }

  @Test
  void own_bands_are_read_and_a_built_in_id_brings_its_texts() {
    Model model = Files.model("full.yaml");
    assertThat(model.bandsName()).isNull();
    assertThat(model.bands())
        .extracting(Band::id, Band::bound, Band::including, Band::color, Band::engaged)
        .containsExactly(
            tuple("churn_risk", 0L, false, "#c62828", false),
            tuple("very_disengaged", 40_000L, true, null, false),
            tuple("somewhat_engaged", 70_500L, true, null, false),
            tuple("highly_engaged", 100_000L, true, null, true),
            tuple("fan", null, false, "teal", true));
    assertThat(model.bands().get(0).title().in("es")).isEqualTo("Riesgo de abandono");
    assertThat(model.bands().get(1).title().byLanguage()).isEqualTo(Map.of("en", "Hardly there"));
    assertThat(model.bands().get(4).title()).isEqualTo(Texts.NONE);
  }

  private static Tuple tuple(@Nullable Object... values) {
    return Tuple.tuple(values);
  }

  @Test
  void a_test_holds_payloads_with_times_carried_out() {
    ModelTest test = Files.model("full.yaml").tests().getFirst();
    assertThat(test.name()).isEqualTo("three invites");
    assertThat(test.asOf()).isEqualTo(LocalDate.of(2026, 3, 31));
    assertThat(test.score()).isEqualTo(31_500);
    assertThat(test.band()).isEqualTo("very_disengaged");
    assertThat(test.traits().get("plan")).isEqualTo(new Json.Str("free"));
    assertThat(test.events()).hasSize(5);
    assertThat(test.events().get(0)).isEqualTo(test.events().get(2));
    assertThat(test.events().get(2).fields())
        .isEqualTo(
            Map.of(
                "type", new Json.Str("track"),
                "event", new Json.Str("Invite Sent"),
                "timestamp", new Json.Str("2026-03-31T10:00:00Z")));
    assertThat(test.events().get(4).fields())
        .isEqualTo(
            Map.of(
                "type", new Json.Str("identify"),
                "timestamp", new Json.Str("2026-03-31T11:00:00Z"),
                "traits", new Json.Obj(Map.of("plan", new Json.Str("pro")))));
  }

  @Test
  void values_in_payloads_keep_their_types() {
    Json.Obj page = Files.model("full.yaml").tests().getFirst().events().get(3);
    assertThat(page.get("type")).isEqualTo(new Json.Str("page"));
    assertThat(page.get("properties"))
        .isEqualTo(
            new Json.Obj(
                Map.of(
                    "a",
                    new Json.Arr(
                        List.of(
                            new Json.Num(1),
                            new Json.Num(2.5),
                            new Json.Bool(true),
                            new Json.Null(),
                            new Json.Str("1"))))));
    assertThat(page.get("context"))
        .isEqualTo(new Json.Obj(Map.of("page", new Json.Obj(Map.of("url", new Json.Str("/"))))));
  }

  @Test
  void what_is_left_out_has_its_default() {
    Model model = read("name: m\n" + ACTIVITIES);
    assertThat(model)
        .usingRecursiveComparison()
        .ignoringFields("activities", "hash")
        .isEqualTo(
            new Model(
                "m",
                Texts.NONE,
                Model.Subject.CUSTOMER,
                null,
                0,
                Model.Method.POINTS,
                28,
                new Decay.None(),
                0,
                null,
                List.of(),
                List.of(),
                BandSets.points(),
                "points",
                List.of(),
                ""));
  }

  @Test
  void a_weighted_model_has_weights_targets_and_its_own_built_in_bands() {
    Model model = Files.model("weighted.yaml");
    assertThat(model.bandsName()).isEqualTo("weighted");
    assertThat(model.activities())
        .extracting(Activity::points, Activity::weight, Activity::target)
        .containsExactly(tuple(0L, 60_000L, 1_000L), tuple(0L, 40_000L, 8_000L));
  }

  @Test
  void a_fit_model_speaks_of_traits_and_account_only() {
    Model model = Files.model("fit.yaml");
    assertThat(model.method()).isEqualTo(Model.Method.FIT);
    assertThat(model.bandsName()).isEqualTo("weighted");
    assertThat(model.window()).isEqualTo(28);
    assertThat(model.activities()).extracting(Activity::window).containsOnly(1);
    assertThat(model.groups().getFirst().cap()).isEqualTo(new Model.Range(null, null));
  }

  @Test
  void an_account_model_divides_and_cuts_each_person() {
    Model model = Files.model("account.yaml");
    assertThat(model.subject()).isEqualTo(Model.Subject.ACCOUNT);
    assertThat(model.activities())
        .extracting(Activity::per, Activity::caps)
        .containsExactly(
            tuple(Activity.Per.ACTIVE_PERSON, new Activity.Caps(10_000L, null, 2_000L)),
            tuple(Activity.Per.SEAT, Activity.Caps.NONE));
    assertThat(model.tests().getFirst().events().getFirst().get("userId"))
        .isEqualTo(new Json.Str("ann"));
  }

  @Test
  void one_text_is_taken_as_english() {
    assertThat(read("name: m\ntitle: Loyal customers\n" + ACTIVITIES).title())
        .isEqualTo(new Texts(Map.of("en", "Loyal customers")));
  }

  @Test
  void extreme_numbers_are_allowed() {
    Model model =
        read(
            """
            name: '0'
            base: -1000000000
            window: 730d
            activities:
              - {name: a-b_1, match: 'event == "A"', points: -10000, cap: {per_day: 0}}
              - {name: b, match: 'event == "A"', points: +0.100, window: 1d}
              - {name: c, match: 'event == "A"', points: .5}
            """);
    assertThat(model.base()).isEqualTo(-1_000_000_000_000L);
    assertThat(model.activities())
        .extracting(Activity::points)
        .containsExactly(-10_000_000L, 100L, 500L);
    assertThat(model.activities().getFirst().caps().perDay()).isZero();
  }

  @Test
  void a_band_of_exactly_zero_can_stand_between_below_zero_and_the_rest() {
    Model model =
        read(
            "name: m\n"
                + ACTIVITIES
                + "bands: [{id: low, below: 0}, {id: zero, to: 0}, {id: high}]\n");
    assertThat(Bands.of(model).band(-1).id()).isEqualTo("low");
    assertThat(Bands.of(model).band(0).id()).isEqualTo("zero");
    assertThat(Bands.of(model).band(1).id()).isEqualTo("high");
  }

  @Test
  void the_hash_is_of_the_text() {
    String yaml = "name: m\n" + ACTIVITIES;
    assertThat(read(yaml).hash()).isEqualTo(read(yaml).hash()).matches("[0-9a-f]{64}");
    assertThat(read(yaml + "# note\n").hash()).isNotEqualTo(read(yaml).hash());
  }

  @Test
  void byte_order_marks_and_windows_line_ends_change_nothing_but_the_hash() {
    String yaml = Files.text("full.yaml");
    Model windows = read("\uFEFF" + yaml.replace("\n", "\r\n"));
    assertThat(windows)
        .usingRecursiveComparison()
        .ignoringFields("hash")
        .isEqualTo(Files.model("full.yaml"));
  }

  @Test
  void json_is_yaml_too() {
    assertThat(
            read("{\"name\": \"m\", \"activities\":"
                    + " [{\"name\": \"a\", \"match\": \"event == \\\"A\\\"\", \"points\": 1}]}")
                .activities()
                .getFirst()
                .match()
                .text())
        .isEqualTo("event == \"A\"");
  }
}
