package io.pulso.server.sample;

import io.pulso.engine.event.Event;
import io.pulso.engine.event.EventType;
import io.pulso.engine.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Drafts as events.
final class EventRows {
  private static final String SOURCE = "sample";
  private static final long MICROS = 1000;

  private EventRows() {}

  static Event event(Draft d) {
    boolean event = d.type.isEvent();
    Json.Obj details = details(d);
    return new Event(
        d.type,
        d.userId,
        d.anonymousId,
        d.previousId,
        d.groupId,
        d.type == EventType.TRACK ? d.title : null,
        event && d.type != EventType.TRACK ? d.title : null,
        d.channel,
        d.millis * MICROS,
        d.receivedMillis * MICROS,
        false,
        d.messageId,
        SOURCE,
        true,
        event ? details : Json.Obj.EMPTY,
        event ? context(d) : Json.Obj.EMPTY,
        event ? Json.Obj.EMPTY : details);
  }

  private static Json.Obj details(Draft d) {
    if (d.size == 0) {
      return Json.Obj.EMPTY;
    }
    Map<String, Json> fields = LinkedHashMap.newLinkedHashMap(d.size);
    for (int i = 0; i < d.size; i++) {
      String text = d.texts[i];
      fields.put(d.keys[i], text == null ? new Json.Num(d.numbers[i]) : new Json.Str(text));
    }
    return new Json.Obj(fields);
  }

  private static Json.Obj context(Draft d) {
    Map<String, Json> fields = new LinkedHashMap<>();
    put(fields, "channel", d.channel);
    put(fields, "groupId", d.groupId);
    put(fields, "userAgent", d.userAgent);
    if (d.campaign != null) {
      fields.put("campaign", new Json.Obj(Map.of("name", new Json.Str(d.campaign))));
    } else if (d.network != null) {
      Map<String, Json> post = new LinkedHashMap<>();
      put(post, "source", d.network);
      put(post, "medium", Posts.MEDIUM);
      fields.put("campaign", new Json.Obj(post));
    }
    return new Json.Obj(fields);
  }

  private static void put(Map<String, Json> fields, String key, @Nullable String text) {
    if (text != null) {
      fields.put(key, new Json.Str(text));
    }
  }
}
