package io.pulso.server.ingest;

import io.pulso.engine.json.JsonCopy;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonLimits;
import io.pulso.engine.json.JsonText;
import io.pulso.server.store.RejectReason;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads the values of known fields from a JSON parser into a draft.
final class JsonFields {
  final JsonLimits limits = new JsonLimits();

  private final JsonCopy copy = new JsonCopy(limits);
  private final StringBuilder out = new StringBuilder(512);
  private Draft draft = new Draft();

  void begin(Draft next) {
    limits.reset();
    draft = next;
  }

  /// An id: a text, or an integer as its digits; null when empty.
  static @Nullable String id(JsonParser parser, String what) throws JsonFault, RowFault {
    return scalar(parser, RejectReason.BAD_ID, what);
  }

  static @Nullable String scalar(JsonParser parser, RejectReason otherwise, String what)
      throws JsonFault, RowFault {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT) {
      String text = JsonText.string(parser);
      return text.isEmpty() ? null : text;
    }
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    throw new RowFault(otherwise, what + " is neither a text nor a whole number");
  }

  static @Nullable String text(JsonParser parser, RejectReason otherwise, String what)
      throws JsonFault, RowFault {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      String text = JsonText.string(parser);
      return text.isEmpty() ? null : text;
    }
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    throw new RowFault(otherwise, what + " is no text");
  }

  long time(JsonParser parser, Times times) throws JsonFault, RowFault {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> {
        String text = JsonText.string(parser);
        yield text.isEmpty() ? Draft.NO_TIME : times.read(text);
      }
      case VALUE_NUMBER_INT -> times.whole(JsonText.string(parser));
      case VALUE_NUMBER_FLOAT -> times.number(JsonText.number(parser));
      case VALUE_NULL -> Draft.NO_TIME;
      default -> throw new RowFault(RejectReason.BAD_TIMESTAMP, "a time is a text or a number");
    };
  }

  @Nullable String properties(JsonParser parser) throws JsonFault, RowFault {
    return object(parser, "properties", this::property);
  }

  @Nullable String context(JsonParser parser) throws JsonFault, RowFault {
    return object(parser, "context", this::contextField);
  }

  @Nullable String traits(JsonParser parser) throws JsonFault, RowFault {
    return object(parser, "traits", (key, p) -> {});
  }

  private @Nullable String object(JsonParser parser, String what, JsonCopy.Fields fields)
      throws JsonFault, RowFault {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new RowFault(RejectReason.NOT_AN_OBJECT, what + " is no object");
    }
    out.setLength(0);
    copy.object(parser, out, fields);
    return out.length() == 2 ? null : out.toString();
  }

  private void property(String key, JsonParser parser) throws JsonFault {
    if (Draft.mayBeValue(key)) {
      value(key, parser);
    } else if (key.equals("channel") && parser.currentToken() == JsonToken.VALUE_STRING) {
      String channel = JsonText.string(parser);
      draft.propertiesChannel = channel.isEmpty() ? null : channel;
    }
  }

  private void value(String key, JsonParser parser) throws JsonFault {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
      draft.value(key, JsonText.number(parser));
    } else if (token != JsonToken.VALUE_NULL) {
      draft.value(key, Double.NaN);
    }
  }

  private void contextField(String key, JsonParser parser) throws JsonFault {
    JsonToken token = parser.currentToken();
    if (key.equals("channel") && token == JsonToken.VALUE_STRING) {
      String channel = JsonText.string(parser);
      draft.contextChannel = channel.isEmpty() ? null : channel;
    } else if (key.equals("groupId")
        && (token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT)) {
      String group = JsonText.string(parser);
      draft.contextGroupId = group.isEmpty() ? null : group;
    } else if (key.equals("userToken") && token == JsonToken.VALUE_STRING) {
      draft.userToken = draft.userToken == null ? JsonText.string(parser) : draft.userToken;
    }
  }

  /// Passes over a value within the limits.
  void skip(JsonParser parser) throws JsonFault {
    out.setLength(0);
    copy.value(parser, out);
  }
}
