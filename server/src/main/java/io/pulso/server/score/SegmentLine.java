package io.pulso.server.score;

import io.pulso.engine.event.EventType;
import io.pulso.engine.event.ReservedNames;
import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import io.pulso.server.store.Incoming;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A stored record as a Segment payload that is stored the same when it is imported again.
public final class SegmentLine {
  private SegmentLine() {}

  public static String of(Incoming row) {
    StringBuilder out = new StringBuilder(256);
    out.append("{\"type\":\"").append(row.type().word()).append('"');
    field(out, "messageId", row.messageId());
    field(out, "userId", row.userId());
    field(out, "anonymousId", row.anonymousId());
    field(out, "previousId", row.previousId());
    if (row.type() == EventType.GROUP) {
      field(out, "groupId", row.groupId());
    }
    field(out, "event", row.event());
    field(out, "name", row.name());
    field(out, "timestamp", instant(row.occurredAt()));
    if (row.receivedAt() != Incoming.ASSUMED) {
      field(out, "receivedAt", instant(row.receivedAt()));
    }
    if (row.userId() == null && row.anonymousId() == null) {
      out.append(",\"nobody\":true");
    }
    json(out, "properties", row.properties());
    json(out, "traits", row.traits());
    json(out, "context", context(row));
    return out.append('}').toString();
  }

  private static String instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }

  private static void field(StringBuilder out, String name, @Nullable String text) {
    if (text != null) {
      out.append(",\"").append(name).append("\":");
      JsonText.write(new Json.Str(text), out);
    }
  }

  private static void json(StringBuilder out, String name, @Nullable String json) {
    if (json != null) {
      out.append(",\"").append(name).append("\":").append(json);
    }
  }

  /// The context, with the account and the channel where a column or an option gave them.
  private static @Nullable String context(Incoming row) {
    String group = row.type() == EventType.GROUP ? null : row.groupId();
    String channel = row.type().isEvent() ? row.channel() : null;
    if (group == null && channel == null) {
      return row.context();
    }
    Json.Obj context = object(row.context());
    Map<String, Json> fields = new LinkedHashMap<>(context.fields());
    if (group != null && context.get("groupId") == null) {
      fields.put("groupId", new Json.Str(group));
    }
    if (channel != null && !channel.equals(implied(row, context))) {
      fields.put("channel", new Json.Str(channel));
    }
    return fields.size() == context.fields().size()
        ? row.context()
        : JsonText.write(new Json.Obj(fields));
  }

  /// The channel that the record tells by itself.
  private static @Nullable String implied(Incoming row, Json.Obj context) {
    String properties = row.properties();
    if (properties != null
        && properties.contains("\"channel\"")
        && object(properties).get("channel") instanceof Json.Str said
        && !said.value().isEmpty()) {
      return said.value();
    }
    if (context.get("channel") instanceof Json.Str said && !said.value().isEmpty()) {
      return said.value();
    }
    ReservedNames.Reserved reserved = row.event() == null ? null : ReservedNames.find(row.event());
    if (reserved != null && reserved.channel() != null) {
      return reserved.channel();
    }
    return switch (row.type()) {
      case PAGE -> "web";
      case SCREEN -> "app";
      case TRACK, IDENTIFY, GROUP, ALIAS -> null;
    };
  }

  private static Json.Obj object(@Nullable String text) {
    try {
      return text == null ? Json.Obj.EMPTY : (Json.Obj) Objects.requireNonNull(JsonText.read(text));
    } catch (JsonFault e) {
      throw new IllegalStateException("stored JSON", e);
    }
  }
}
