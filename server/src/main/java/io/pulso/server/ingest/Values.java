package io.pulso.server.ingest;

import dev.cel.common.values.NullValue;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonLimits;
import io.pulso.engine.json.JsonText;
import io.pulso.server.store.RejectReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// JSON as the plain Java values that expressions work on: whole numbers stay whole. JSON null is
/// Java null.
final class Values {
  private final JsonLimits limits = new JsonLimits();

  /// The fields of a record that must be one JSON object.
  Map<String, @Nullable Object> object(Slice record) throws RowFault {
    limits.reset();
    try (JsonParser parser = JsonText.parser(record.bytes, record.from, record.length())) {
      if (JsonText.next(parser) != JsonToken.START_OBJECT) {
        throw new RowFault(RejectReason.BAD_JSON, "this is no JSON object");
      }
      Map<String, @Nullable Object> fields = fields(parser);
      JsonText.end(parser);
      return fields;
    } catch (JsonFault e) {
      throw RowFault.of(e);
    }
  }

  /// Any one JSON value.
  @Nullable Object any(Slice text) throws RowFault {
    limits.reset();
    try (JsonParser parser = JsonText.parser(text.bytes, text.from, text.length())) {
      JsonText.next(parser);
      Object value = value(parser);
      JsonText.end(parser);
      return value;
    } catch (JsonFault e) {
      throw RowFault.of(e);
    }
  }

  private Map<String, @Nullable Object> fields(JsonParser parser) throws JsonFault {
    limits.enter();
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    while (JsonText.next(parser) == JsonToken.PROPERTY_NAME) {
      String key = JsonText.clean(parser.currentName());
      limits.key(key);
      JsonText.next(parser);
      fields.put(key, value(parser));
    }
    limits.leave();
    return fields;
  }

  private @Nullable Object value(JsonParser parser) throws JsonFault {
    return switch (parser.currentToken()) {
      case START_OBJECT -> fields(parser);
      case START_ARRAY -> items(parser);
      case VALUE_STRING -> JsonText.string(parser);
      case VALUE_NUMBER_INT -> whole(parser);
      case VALUE_NUMBER_FLOAT -> JsonText.number(parser);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case null -> throw new JsonFault(JsonFault.Kind.SYNTAX, "there is no value");
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new JsonFault(JsonFault.Kind.SYNTAX, "there is no value");
    };
  }

  private List<@Nullable Object> items(JsonParser parser) throws JsonFault {
    limits.enter();
    List<@Nullable Object> items = new ArrayList<>();
    while (JsonText.next(parser) != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    limits.leave();
    return items;
  }

  private static Object whole(JsonParser parser) throws JsonFault {
    try {
      return parser.getLongValue();
    } catch (JacksonException e) {
      return JsonText.number(parser);
    }
  }

  /// An id: a text, or a whole number as its digits; null when empty.
  static @Nullable String id(@Nullable Object value, String what) throws RowFault {
    return switch (value) {
      case null -> null;
      case String s -> s.isEmpty() ? null : s;
      case Long n -> n.toString();
      case Double d when d == Math.rint(d) && Math.abs(d) < 1e15 -> JsonText.plain(d);
      default ->
          throw new RowFault(RejectReason.BAD_ID, what + " is neither a text nor a whole number");
    };
  }

  /// A text; numbers and booleans as they are written; null for what has no text.
  static @Nullable String text(@Nullable Object value) {
    return switch (value) {
      case String s -> s.isEmpty() ? null : s;
      case Long n -> n.toString();
      case Double d -> JsonText.plain(d);
      case Boolean b -> b.toString();
      case Instant instant -> instant.toString();
      case null -> null;
      default -> null;
    };
  }

  static long time(@Nullable Object value, Times times) throws RowFault {
    return switch (value) {
      case null -> Draft.NO_TIME;
      case String s -> s.isEmpty() ? Draft.NO_TIME : times.read(s);
      case Long n -> times.whole(n.toString());
      case Double d -> times.number(d);
      case Instant instant -> Checks.micros(instant);
      default -> throw new RowFault(RejectReason.BAD_TIMESTAMP, "a time is a text or a number");
    };
  }

  static double number(@Nullable Object value) {
    return value instanceof Number n ? n.doubleValue() : Double.NaN;
  }

  @SuppressWarnings("unchecked")
  static Map<String, @Nullable Object> map(@Nullable Object value) {
    return value instanceof Map<?, ?> m ? (Map<String, @Nullable Object>) m : Map.of();
  }

  /// The same values with CEL's null in place of Java's.
  static Map<String, ?> forCel(Map<String, ? extends @Nullable Object> fields) {
    Map<String, Object> out = new LinkedHashMap<>();
    fields.forEach((key, value) -> out.put(key, forCel(value)));
    return out;
  }

  private static Object forCel(@Nullable Object value) {
    return switch (value) {
      case null -> NullValue.NULL_VALUE;
      case Map<?, ?> fields -> forCel(map(fields));
      case List<?> items -> {
        List<Object> out = new ArrayList<>();
        items.forEach(item -> out.add(forCel(item)));
        yield out;
      }
      default -> value;
    };
  }

  /// Canonical text; null for an object without fields.
  static @Nullable String json(Map<String, ? extends @Nullable Object> object) {
    if (object.isEmpty()) {
      return null;
    }
    StringBuilder out = new StringBuilder();
    write(object, out);
    return out.toString();
  }

  static void write(@Nullable Object value, StringBuilder out) {
    switch (value) {
      case null -> out.append("null");
      case String s -> JsonText.quote(s, out);
      case Long n -> out.append(JsonText.plain(n.doubleValue()));
      case Double d -> out.append(JsonText.plain(d));
      case Boolean b -> out.append(b.booleanValue());
      case List<?> items -> {
        char before = '[';
        for (Object item : items) {
          out.append(before);
          write(item, out);
          before = ',';
        }
        out.append(before == '[' ? "[]" : "]");
      }
      case Map<?, ?> fields -> {
        char before = '{';
        for (Map.Entry<?, ?> field : fields.entrySet()) {
          out.append(before);
          JsonText.quote(String.valueOf(field.getKey()), out);
          out.append(':');
          write(field.getValue(), out);
          before = ',';
        }
        out.append(before == '{' ? "{}" : "}");
      }
      default -> JsonText.quote(value.toString(), out);
    }
  }
}
