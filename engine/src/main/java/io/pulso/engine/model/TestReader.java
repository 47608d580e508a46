package io.pulso.engine.model;

import io.pulso.engine.json.Json;
import io.pulso.engine.yaml.Fields;
import io.pulso.engine.yaml.Words;
import io.pulso.engine.yaml.Yaml;
import io.pulso.engine.yaml.YamlJson;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the examples that stand in a model file.
final class TestReader {
  static final List<String> FIELDS = List.of("name", "as_of", "events", "traits", "score", "band");

  private static final int MOST_TESTS = 1_000;
  private static final int MOST_ITEMS = 10_000;

  private final Frame frame;
  private final TestEventReader events;
  private final List<String> bands;
  private final Set<String> names = new HashSet<>();

  private TestReader(Frame frame, List<Band> bands) {
    this.frame = frame;
    this.events = new TestEventReader(frame);
    this.bands = bands.stream().map(Band::id).toList();
  }

  static List<ModelTest> read(Fields model, Frame frame, List<Band> bands) {
    TestReader reader = new TestReader(frame, bands);
    List<ModelTest> tests = new ArrayList<>();
    List<Yaml> items = model.items("tests", MOST_TESTS);
    for (int i = 0; i < items.size(); i++) {
      String place = PartReader.place("test", "name", items.get(i), i);
      Fields fields = Fields.of(items.get(i), place, FIELDS, frame.faults());
      if (fields != null) {
        tests.add(reader.test(fields, place));
      }
    }
    return tests;
  }

  private ModelTest test(Fields fields, String place) {
    fields.require("name");
    String name = fields.text("name", TextsReader.TITLE);
    PartReader.unique(fields, "name", name, names);
    LocalDate asOf = asOf(fields);
    Long score = fields.milli("score", -PartReader.MOST, PartReader.MOST);
    String band = fields.text("band", TextsReader.TITLE);
    PartReader.known(fields, "band", band, bands);
    if (!fields.has("score") && !fields.has("band")) {
      frame.faults().add(fields.line(), place + ": needs the 'score' or the 'band' it expects");
    }
    return new ModelTest(
        name == null ? "" : name,
        asOf == null ? LocalDate.EPOCH : asOf,
        events(fields, place),
        object(fields, "traits"),
        score,
        band,
        fields.line());
  }

  private List<Json.Obj> events(Fields test, String place) {
    List<Json.Obj> all = new ArrayList<>();
    List<Yaml> items = test.items("events", MOST_ITEMS);
    for (int i = 0; i < items.size(); i++) {
      all.addAll(events.read(items.get(i), place + ": event " + (i + 1)));
    }
    return all;
  }

  private static @Nullable LocalDate asOf(Fields fields) {
    fields.require("as_of");
    Yaml.Scalar value = fields.scalar("as_of", "a day such as 2026-03-31");
    if (value == null) {
      return null;
    }
    try {
      if (value.text().length() == 10) {
        return LocalDate.parse(value.text());
      }
    } catch (DateTimeException e) {
      // falls through to the fault
    }
    fields.fault(
        "as_of", "'as_of' must be a day such as 2026-03-31, not " + Words.quote(value.text()));
    return null;
  }

  static Json.Obj object(Fields fields, String key) {
    Yaml value = fields.get(key);
    if (value == null) {
      return Json.Obj.EMPTY;
    }
    if (YamlJson.read(value, fields.faults()) instanceof Json.Obj object) {
      return object;
    }
    fields.wrong(key, "fields (key: value)", value);
    return Json.Obj.EMPTY;
  }
}
