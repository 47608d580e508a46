package io.pulso.server.ingest;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import io.pulso.server.store.Incoming;
import io.pulso.server.store.RejectReason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Segment calls: one a record, several in a `batch`, or one inside an envelope as its `payload`.
final class SegmentDecoder implements Decoder {
  /// The bound of one event.
  static final int LARGEST = 32 * 1024;

  private final Times times;
  private final Checks checks;
  private final RowIds ids;
  private final Draft draft = new Draft();
  private final JsonFields fields = new JsonFields();
  private final List<Range> items = new ArrayList<>();
  private final Slice part = new Slice();
  private @Nullable Range payload;
  private boolean isBatch;
  private long original;
  private long sent;

  private record Range(int from, int to) {}

  SegmentDecoder(Times times, Checks checks, RowIds ids) {
    this.times = times;
    this.checks = checks;
    this.ids = ids;
  }

  @Override
  public void decode(Slice record, long line, Intake intake) {
    try {
      read(record);
      if (isBatch) {
        batch(record, line, intake, draft.context);
      } else if (payload != null && wraps()) {
        inner(
            new Slice().set(record.bytes, record.from + payload.from, record.from + payload.to),
            line,
            intake);
      } else {
        intake.keep(finish(record, line, intake));
      }
    } catch (RowFault fault) {
      intake.reject(line, fault, record);
    }
  }

  /// A call inside an envelope, or a whole batch.
  private void inner(Slice record, long line, Intake intake) throws RowFault {
    read(record);
    if (isBatch) {
      batch(record, line, intake, draft.context);
    } else {
      intake.keep(finish(record, line, intake));
    }
  }

  private boolean wraps() {
    return draft.userId == null && draft.anonymousId == null && draft.event == null;
  }

  private void batch(Slice record, long line, Intake intake, @Nullable String context)
      throws RowFault {
    List<Range> ranges = List.copyOf(items);
    if (ranges.isEmpty()) {
      throw new RowFault(RejectReason.BAD_JSON, "the batch is empty");
    }
    for (Range range : ranges) {
      part.set(record.bytes, record.from + range.from, record.from + range.to);
      try {
        read(part);
        if (context != null) {
          merge(context);
        }
        intake.keep(finish(part, line, intake));
      } catch (RowFault fault) {
        intake.reject(line, fault, part);
      }
    }
  }

  private Incoming finish(Slice record, long line, Intake intake) throws RowFault {
    if (record.length() > LARGEST) {
      throw new RowFault(
          RejectReason.TOO_LARGE,
          "an event may have " + LARGEST + " bytes, this has " + record.length());
    }
    if (draft.occurredAt == Draft.NO_TIME) {
      draft.occurredAt = original != Draft.NO_TIME ? original : received();
    }
    if (draft.messageId == null) {
      draft.messageId = ids.next(record);
    }
    return checks.check(draft, intake.file(), line);
  }

  private long received() {
    if (draft.receivedAt != Draft.NO_TIME) {
      return draft.receivedAt;
    }
    return sent != Draft.NO_TIME ? sent : checks.now();
  }

  private void read(Slice record) throws RowFault {
    draft.clear();
    fields.begin(draft);
    items.clear();
    payload = null;
    isBatch = false;
    original = Draft.NO_TIME;
    sent = Draft.NO_TIME;
    try (JsonParser parser = JsonText.parser(record.bytes, record.from, record.length())) {
      if (JsonText.next(parser) != JsonToken.START_OBJECT) {
        throw new RowFault(RejectReason.BAD_JSON, "this is no JSON object");
      }
      fields.limits.enter();
      while (JsonText.next(parser) == JsonToken.PROPERTY_NAME) {
        String key = JsonText.clean(parser.currentName());
        fields.limits.key(key);
        JsonText.next(parser);
        field(key, parser);
      }
      fields.limits.leave();
      JsonText.end(parser);
    } catch (JsonFault e) {
      throw RowFault.of(e);
    }
  }

  private void field(String key, JsonParser parser) throws JsonFault, RowFault {
    switch (key) {
      case "type" -> draft.type = type(parser);
      case "event" -> draft.event = JsonFields.text(parser, RejectReason.BAD_EVENT, "event");
      case "name" -> draft.name = name(parser);
      case "userId" -> draft.userId = JsonFields.id(parser, key);
      case "anonymousId" -> draft.anonymousId = JsonFields.id(parser, key);
      case "previousId" -> draft.previousId = JsonFields.id(parser, key);
      case "groupId" -> draft.groupId = JsonFields.id(parser, key);
      case "messageId" ->
          draft.messageId = JsonFields.scalar(parser, RejectReason.BAD_MESSAGE_ID, key);
      case "timestamp" -> draft.occurredAt = fields.time(parser, times);
      case "originalTimestamp" -> original = fields.time(parser, times);
      case "receivedAt" -> draft.receivedAt = fields.time(parser, times);
      case "sentAt" -> sent = fields.time(parser, times);
      case "properties" -> draft.properties = fields.properties(parser);
      case "context" -> draft.context = fields.context(parser);
      case "traits" -> draft.traits = fields.traits(parser);
      case "nobody" -> draft.aboutNobody = parser.currentToken() == JsonToken.VALUE_TRUE;
      case "batch" -> items(parser);
      case "payload" -> payload(parser);
      default -> fields.skip(parser);
    }
  }

  private static @Nullable String type(JsonParser parser) throws JsonFault, RowFault {
    String type = JsonFields.text(parser, RejectReason.BAD_TYPE, "type");
    return type == null ? null : Checks.lower(type);
  }

  /// The name of a page or screen; in other calls `name` may be anything.
  private @Nullable String name(JsonParser parser) throws JsonFault {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      String name = JsonText.string(parser);
      return name.isEmpty() ? null : name;
    }
    fields.skip(parser);
    return null;
  }

  private void items(JsonParser parser) throws JsonFault, RowFault {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new RowFault(RejectReason.NOT_AN_OBJECT, "batch is no list");
    }
    isBatch = true;
    while (JsonText.next(parser) != JsonToken.END_ARRAY) {
      items.add(range(parser));
    }
  }

  private void payload(JsonParser parser) throws JsonFault {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      payload = range(parser);
    } else {
      fields.skip(parser);
    }
  }

  /// Where the value stands; what is inside is looked at later.
  private static Range range(JsonParser parser) throws JsonFault {
    int from = (int) parser.currentTokenLocation().getByteOffset();
    try {
      parser.skipChildren();
      parser.finishToken();
    } catch (JacksonException e) {
      throw new JsonFault(JsonFault.Kind.SYNTAX, String.valueOf(e.getOriginalMessage()));
    }
    return new Range(from, (int) parser.currentLocation().getByteOffset());
  }

  /// Lays the context of the batch under that of the call.
  private void merge(String outer) throws RowFault {
    try {
      Map<String, Json> merged = new LinkedHashMap<>(object(outer).fields());
      merged.putAll(object(draft.context == null ? "{}" : draft.context).fields());
      draft.context = JsonText.write(new Json.Obj(merged));
      if (draft.contextChannel == null
          && merged.get("channel") instanceof Json.Str s
          && !s.value().isEmpty()) {
        draft.contextChannel = s.value();
      }
      if (draft.contextGroupId == null
          && merged.get("groupId") instanceof Json.Str s
          && !s.value().isEmpty()) {
        draft.contextGroupId = s.value();
      }
    } catch (JsonFault e) {
      throw RowFault.of(e);
    }
  }

  private static Json.Obj object(String text) throws JsonFault {
    return JsonText.read(text) instanceof Json.Obj o ? o : Json.Obj.EMPTY;
  }
}
