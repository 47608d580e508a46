package io.pulso.engine.model;

import io.pulso.engine.json.Json;
import io.pulso.engine.yaml.Fields;
import io.pulso.engine.yaml.Words;
import io.pulso.engine.yaml.Yaml;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads one event of an example into the payload that one would send: `time` becomes `timestamp`,
/// and `times` copies of it are made.
final class TestEventReader {
  static final List<String> FIELDS =
      List.of(
          "event", "name", "type", "time", "times", "userId", "properties", "context", "traits");
  static final Map<String, String> TYPES =
      Map.of(
          "track",
          "track",
          "page",
          "page",
          "screen",
          "screen",
          "identify",
          "identify",
          "group",
          "group");

  private static final int MOST_TIMES = 10_000;
  private static final int MOST_EVENTS = 100_000;
  private static final int LONGEST = 200;

  private final Frame frame;
  private int events;

  TestEventReader(Frame frame) {
    this.frame = frame;
  }

  List<Json.Obj> read(Yaml item, String place) {
    Fields fields = Fields.of(item, place, FIELDS, frame.faults());
    if (fields == null) {
      return List.of();
    }
    if (!frame.isAccount()) {
      String why = "; all events are of one customer; remove it";
      fields.refuse("userId", "'userId' is for account models" + why);
    }
    Integer times = fields.whole("times", 1, MOST_TIMES);
    int copies = times == null ? 1 : times;
    events += copies;
    if (events > MOST_EVENTS) {
      fields.fault("times", "the examples have more than " + MOST_EVENTS + " events");
      return List.of();
    }
    return Collections.nCopies(copies, payload(fields));
  }

  private Json.Obj payload(Fields fields) {
    Map<String, Json> payload = new LinkedHashMap<>();
    String type = type(fields);
    put(payload, "type", type);
    if (type.equals("track")) {
      fields.require("event");
    }
    put(payload, "event", fields.text("event", LONGEST));
    put(payload, "name", fields.text("name", LONGEST));
    put(payload, "userId", fields.text("userId", LONGEST));
    put(payload, "timestamp", time(fields));
    for (String key : List.of("properties", "context", "traits")) {
      if (fields.has(key)) {
        payload.put(key, TestReader.object(fields, key));
      }
    }
    return new Json.Obj(Collections.unmodifiableMap(payload));
  }

  private static void put(Map<String, Json> payload, String key, @Nullable String text) {
    if (text != null) {
      payload.put(key, new Json.Str(text));
    }
  }

  private static String type(Fields fields) {
    String type = fields.choice("type", TYPES);
    if (type == null) {
      boolean page = fields.has("name") && !fields.has("event");
      return page ? "page" : "track";
    }
    if (!type.equals("track")) {
      fields.refuse("event", "'event' belongs to the type track; a " + type + " has none");
    }
    return type;
  }

  private static @Nullable String time(Fields fields) {
    fields.require("time");
    Yaml.Scalar value = fields.scalar("time", "an instant such as 2026-03-31T10:00:00Z");
    if (value == null) {
      return null;
    }
    try {
      int year = OffsetDateTime.parse(value.text()).getYear();
      if (year >= 1970 && year <= 9999) {
        return value.text();
      }
    } catch (DateTimeException e) {
      // falls through to the fault
    }
    String wanted = "'time' must be an instant with its offset such as 2026-03-31T10:00:00Z, not ";
    fields.fault("time", wanted + Words.quote(value.text()));
    return null;
  }
}
