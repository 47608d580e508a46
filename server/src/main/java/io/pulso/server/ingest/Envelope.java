package io.pulso.server.ingest;

import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonLimits;
import io.pulso.engine.json.JsonText;
import io.pulso.server.store.RejectReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// The outside of a body: where its records stand, who sent it and when.
///
/// @param isSingle whether the body is one record
/// @param key the write key, where the outside tells it
record Envelope(
    List<Range> items, boolean isSingle, @Nullable String key, @Nullable String sentAt) {
  private static final List<String> KEYS = List.of("writeKey", "api_key", "token", "$token");

  /// A record, a list of records, or an object with a list named `batch`.
  static Envelope read(Slice body) throws RowFault {
    return read(body, true);
  }

  /// A record or a list of records.
  static Envelope list(Slice body) throws RowFault {
    return read(body, false);
  }

  private static Envelope read(Slice body, boolean batches) throws RowFault {
    try (JsonParser parser = JsonText.parser(body.bytes, body.from, body.length())) {
      JsonToken first = JsonText.next(parser);
      Envelope envelope =
          switch (first) {
            case START_ARRAY -> new Envelope(items(parser), false, null, null);
            case START_OBJECT -> object(parser, new Range(0, body.length()), batches);
            case null, default ->
                throw new RowFault(RejectReason.BAD_JSON, "this is no JSON object");
          };
      JsonText.end(parser);
      return envelope;
    } catch (JsonFault e) {
      throw RowFault.of(e);
    }
  }

  private static Envelope object(JsonParser parser, Range whole, boolean batches) throws JsonFault {
    JsonLimits limits = new JsonLimits();
    limits.enter();
    List<Range> items = null;
    String key = null;
    String sentAt = null;
    while (JsonText.next(parser) == JsonToken.PROPERTY_NAME) {
      String name = JsonText.clean(parser.currentName());
      limits.key(name);
      JsonToken token = JsonText.next(parser);
      if (batches && name.equals("batch") && token == JsonToken.START_ARRAY) {
        items = items(parser);
      } else if (KEYS.contains(name) && token == JsonToken.VALUE_STRING) {
        key = key == null ? JsonText.string(parser) : key;
      } else if (name.equals("sent_at") || name.equals("sentAt")) {
        sentAt = token == JsonToken.VALUE_STRING ? JsonText.string(parser) : null;
        Range.of(parser);
      } else {
        Range.of(parser);
      }
    }
    return new Envelope(items == null ? List.of(whole) : items, items == null, key, sentAt);
  }

  private static List<Range> items(JsonParser parser) throws JsonFault {
    List<Range> items = new ArrayList<>();
    while (JsonText.next(parser) != JsonToken.END_ARRAY) {
      items.add(Range.of(parser));
    }
    return items;
  }

  /// The write key that a body tells, on its outside or in its first record; null when there is
  /// none.
  static @Nullable String key(Slice record) {
    try {
      Envelope envelope = read(record);
      if (envelope.key != null || envelope.items.isEmpty()) {
        return envelope.key;
      }
      Map<String, @Nullable Object> first =
          new Values().object(envelope.items.getFirst().in(record));
      String key = key(first);
      return key != null ? key : key(Values.map(first.get("properties")));
    } catch (RowFault e) {
      return null;
    }
  }

  private static @Nullable String key(Map<String, @Nullable Object> fields) {
    for (String name : KEYS) {
      if (fields.get(name) instanceof String key && !key.isEmpty()) {
        return key;
      }
    }
    return null;
  }
}
