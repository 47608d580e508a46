package io.pulso.server.ingest;

import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import io.pulso.server.store.RejectReason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads one JSON object as a Segment call: what it says into a draft, and where the calls inside
/// it stand.
final class SegmentReader {
  final Draft draft = new Draft();
  final List<Range> items = new ArrayList<>();
  @Nullable Range payload;
  boolean isBatch;

  private final Times times;
  private final boolean heedsReceivedAt;
  private final JsonFields fields = new JsonFields();

  SegmentReader(Times times, boolean heedsReceivedAt) {
    this.times = times;
    this.heedsReceivedAt = heedsReceivedAt;
  }

  void read(Slice record) throws RowFault {
    draft.clear();
    fields.begin(draft);
    items.clear();
    payload = null;
    isBatch = false;
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
      case "originalTimestamp" -> draft.originalAt = fields.time(parser, times);
      case "receivedAt" -> receivedAt(parser);
      case "sentAt" -> draft.sentAt = fields.time(parser, times);
      case "properties" -> draft.properties = fields.properties(parser);
      case "context" -> draft.context = fields.context(parser);
      case "traits" -> draft.traits = fields.traits(parser);
      case "userToken" -> token(parser);
      case "nobody" -> draft.aboutNobody = parser.currentToken() == JsonToken.VALUE_TRUE;
      case "batch" -> items(parser);
      case "payload" -> payload(parser);
      default -> fields.skip(parser);
    }
  }

  private void receivedAt(JsonParser parser) throws JsonFault, RowFault {
    if (heedsReceivedAt) {
      draft.receivedAt = fields.time(parser, times);
    } else {
      fields.skip(parser);
    }
  }

  /// A token that is no text is none.
  private void token(JsonParser parser) throws JsonFault {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      draft.userToken = JsonText.string(parser);
    } else {
      fields.skip(parser);
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
      items.add(Range.of(parser));
    }
  }

  private void payload(JsonParser parser) throws JsonFault {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      payload = Range.of(parser);
    } else {
      fields.skip(parser);
    }
  }
}
