package io.pulso.server.sample;

import io.pulso.engine.event.Event;
import io.pulso.engine.event.EventType;
import io.pulso.engine.json.Json;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.ModelTest;
import io.pulso.testkit.World;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The records of an example in a model file.
final class ExampleWorld {
  private static final String PERSON = "ann";
  private static final String ACCOUNT = "acme";

  private ExampleWorld() {}

  static String subject(Model model) {
    return isAccount(model) ? ACCOUNT : PERSON;
  }

  private static boolean isAccount(Model model) {
    return model.subject() == Model.Subject.ACCOUNT;
  }

  static World of(Model model, ModelTest test) {
    List<Event> records = new ArrayList<>();
    long before = micros(test.asOf().minusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    records.add(identify(test, before));
    for (Json.Obj event : test.events()) {
      records.add(record(model, event, records.size()));
    }
    return new World(ZoneOffset.UTC, records);
  }

  private static Event identify(ModelTest test, long at) {
    return event(EventType.IDENTIFY, PERSON, null, null, at, "0", Json.Obj.EMPTY, test.traits());
  }

  private static Event record(Model model, Json.Obj payload, int number) {
    String type = text(payload, "type");
    String person = text(payload, "userId");
    return event(
        EventType.valueOf(type == null ? "TRACK" : type.toUpperCase(Locale.ROOT)),
        person == null ? PERSON : person,
        isAccount(model) ? ACCOUNT : null,
        text(payload, "event"),
        micros(Instant.parse(String.valueOf(text(payload, "timestamp")))),
        Integer.toString(number),
        object(payload, "properties"),
        object(payload, "traits"));
  }

  private static Event event(
      EventType type,
      String person,
      @Nullable String account,
      @Nullable String event,
      long at,
      String id,
      Json.Obj properties,
      Json.Obj traits) {
    return new Event(
        type,
        person,
        null,
        null,
        account,
        event,
        null,
        null,
        at,
        at,
        true,
        id,
        "example",
        true,
        properties,
        Json.Obj.EMPTY,
        traits);
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  private static @Nullable String text(Json.Obj payload, String key) {
    return payload.get(key) instanceof Json.Str text ? text.value() : null;
  }

  private static Json.Obj object(Json.Obj payload, String key) {
    return payload.get(key) instanceof Json.Obj object ? object : Json.Obj.EMPTY;
  }
}
