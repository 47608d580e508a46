package io.pulso.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ModelSchemaTest {
  private static final String TEXT = Files.text("model.schema.json");
  private static final JsonNode JSON = JsonMapper.shared().readTree(TEXT);
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(TEXT);

  @ParameterizedTest
  @ValueSource(strings = {"full.yaml", "weighted.yaml", "fit.yaml", "account.yaml"})
  void good_models_are_valid(String file) {
    assertThat(SCHEMA.validate(Files.text(file), InputFormat.YAML)).isEmpty();
  }

  static List<Refusals.Case> wrong() {
    return Refusals.all().stream().filter(Refusals.Case::bySchema).toList();
  }

  static List<Refusals.Case> wrongBeyondTheSchema() {
    return Refusals.all().stream()
        .filter(one -> !one.bySchema() && one.faults().stream().noneMatch(f -> f.contains("YAML")))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void what_the_schema_can_see_is_invalid(Refusals.Case wrong) {
    assertThat(SCHEMA.validate(wrong.yaml(), InputFormat.YAML)).isNotEmpty();
  }

  @Test
  void most_refusals_are_seen_in_an_editor() {
    assertThat(wrong()).hasSizeGreaterThan(40);
    assertThat(wrongBeyondTheSchema()).hasSizeLessThan(20);
  }

  static Stream<Arguments> fields() {
    return Stream.of(
        Arguments.of("", ModelReader.FIELDS),
        Arguments.of("/$defs/activity", ActivityReader.FIELDS),
        Arguments.of("/$defs/activity/properties/unit/oneOf/2", UnitReader.DISTINCT_FIELDS),
        Arguments.of("/$defs/cap", ActivityReader.CAP_FIELDS),
        Arguments.of("/$defs/range", PartReader.RANGE_FIELDS),
        Arguments.of("/$defs/decay/oneOf/1", PartReader.DECAY_FIELDS),
        Arguments.of("/$defs/group", PartReader.GROUP_FIELDS),
        Arguments.of("/$defs/band", BandReader.FIELDS),
        Arguments.of("/$defs/test", TestReader.FIELDS),
        Arguments.of("/$defs/event", TestEventReader.FIELDS));
  }

  @ParameterizedTest
  @MethodSource("fields")
  void reader_and_schema_know_the_same_fields(String place, List<String> known) {
    JsonNode part = JSON.at(place);
    assertThat(part.path("properties").propertyNames()).containsExactlyInAnyOrderElementsOf(known);
    assertThat(part.path("additionalProperties").isBoolean()).isTrue();
  }

  static Stream<Arguments> words() {
    return Stream.of(
        Arguments.of("/properties/subject", ModelReader.SUBJECTS.keySet()),
        Arguments.of("/properties/method", ModelReader.METHODS.keySet()),
        Arguments.of("/$defs/activity/properties/per", ActivityReader.PER.keySet()),
        Arguments.of("/$defs/activity/properties/expect", ActivityReader.EXPECT.keySet()),
        Arguments.of("/$defs/event/properties/type", TestEventReader.TYPES.keySet()));
  }

  @ParameterizedTest
  @MethodSource("words")
  void reader_and_schema_know_the_same_words(String place, java.util.Set<String> known) {
    List<String> words = new ArrayList<>();
    JSON.at(place).path("enum").forEach(word -> words.add(word.asString()));
    assertThat(words).containsExactlyInAnyOrderElementsOf(known);
  }

  @ParameterizedTest
  @MethodSource("fields")
  void every_field_has_a_title_and_a_description(String place, List<String> known) {
    for (String field : known) {
      JsonNode property = JSON.at(place).path("properties").path(field);
      assertThat(property.path("title").asString("")).as(field).isNotBlank();
      assertThat(property.path("description").asString("")).as(field).endsWith(".");
    }
  }
}
