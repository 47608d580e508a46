package io.pulso.engine.json;

import io.pulso.engine.json.JsonFault.Kind;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/// JSON values and their canonical text: no blanks, keys in their order, numbers as the plain
/// decimal text of their double, so that every engine reads the same number.
public final class JsonText {
  private static final double EXACT = 1e15;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNumberLength(1_000)
                  .maxStringLength(64 * 1024 * 1024)
                  .maxNameLength(64 * 1024)
                  .build())
          .build();

  private JsonText() {}

  /// Reads one JSON value within [JsonLimits]; lone surrogates become U+FFFD, but a key that
  /// escapes one is a fault.
  public static Json read(String text) throws JsonFault {
    return read(text, new JsonLimits());
  }

  /// As [#read(String)], within limits of the caller.
  public static Json read(String text, JsonLimits limits) throws JsonFault {
    byte[] utf8 = clean(text).getBytes(StandardCharsets.UTF_8);
    try (JsonParser parser = parser(utf8, 0, utf8.length)) {
      next(parser);
      Json value = read(parser, limits);
      end(parser);
      return value;
    }
  }

  /// A parser over UTF-8 bytes for [#next(JsonParser)], [#read(JsonParser, JsonLimits)] and
  /// [JsonCopy].
  public static JsonParser parser(byte[] utf8, int from, int length) {
    return FACTORY.createParser(ObjectReadContext.empty(), utf8, from, length);
  }

  /// Moves to the next token; null at the end.
  public static @Nullable JsonToken next(JsonParser parser) throws JsonFault {
    try {
      return parser.nextToken();
    } catch (JacksonException e) {
      throw fault(e);
    }
  }

  /// Checks that nothing follows.
  public static void end(JsonParser parser) throws JsonFault {
    if (next(parser) != null) {
      throw new JsonFault(Kind.SYNTAX, "something follows the value");
    }
  }

  /// Reads the value on whose first token the parser stands, up to its last token.
  public static Json read(JsonParser parser, JsonLimits limits) throws JsonFault {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser, limits);
      case START_ARRAY -> array(parser, limits);
      case VALUE_STRING -> new Json.Str(string(parser));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Num(number(parser));
      case VALUE_TRUE -> new Json.Bool(true);
      case VALUE_FALSE -> new Json.Bool(false);
      case VALUE_NULL -> new Json.Null();
      case null -> throw new JsonFault(Kind.SYNTAX, "there is no value");
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new JsonFault(Kind.SYNTAX, "there is no value");
    };
  }

  private static Json.Obj object(JsonParser parser, JsonLimits limits) throws JsonFault {
    limits.enter();
    Map<String, Json> fields = new LinkedHashMap<>();
    while (next(parser) == JsonToken.PROPERTY_NAME) {
      String key = clean(parser.currentName());
      limits.key(key);
      next(parser);
      fields.put(key, read(parser, limits));
    }
    limits.leave();
    return new Json.Obj(fields);
  }

  private static Json.Arr array(JsonParser parser, JsonLimits limits) throws JsonFault {
    limits.enter();
    List<Json> items = new ArrayList<>();
    while (next(parser) != JsonToken.END_ARRAY) {
      items.add(read(parser, limits));
    }
    limits.leave();
    return new Json.Arr(items);
  }

  /// The text of the string on which the parser stands.
  public static String string(JsonParser parser) throws JsonFault {
    try {
      return clean(parser.getString());
    } catch (JacksonException e) {
      throw fault(e);
    }
  }

  /// The number on which the parser stands, as a finite double.
  public static double number(JsonParser parser) throws JsonFault {
    double number;
    try {
      number = parser.getDoubleValue();
    } catch (JacksonException e) {
      throw fault(e);
    }
    if (!Double.isFinite(number)) {
      throw new JsonFault(Kind.NUMBER, "a number is too large");
    }
    return number;
  }

  static JsonFault fault(JacksonException e) {
    String what = e.getOriginalMessage();
    String said = what == null ? "not JSON" : what;
    return switch (e) {
      case StreamConstraintsException c when said.contains("Number") ->
          new JsonFault(Kind.NUMBER, "a number is too long");
      case StreamConstraintsException c when said.contains("nesting") ->
          new JsonFault(Kind.TOO_DEEP, "nested deeper than " + JsonLimits.DEPTH);
      case InputCoercionException c -> new JsonFault(Kind.NUMBER, "a number is out of range");
      default -> new JsonFault(Kind.SYNTAX, at(e, said));
    };
  }

  private static String at(JacksonException e, String said) {
    String line = said.lines().findFirst().orElse(said);
    String brief = clean(line.length() <= 200 ? line : line.substring(0, 200) + "…");
    return e.getLocation() == null
        ? brief
        : brief + " (column " + e.getLocation().getColumnNr() + ")";
  }

  /// The text with U+FFFD in place of every lone surrogate.
  public static String clean(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return cleaned(text);
      }
    }
    return text;
  }

  private static String cleaned(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().forEach(c -> out.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c));
    return out.toString();
  }

  /// Canonical text of a value.
  public static String write(Json value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  /// Appends the canonical text of a value.
  public static void write(Json value, StringBuilder out) {
    switch (value) {
      case Json.Str s -> quote(s.value(), out);
      case Json.Num n -> out.append(plain(n.value()));
      case Json.Bool b -> out.append(b.value());
      case Json.Null n -> out.append("null");
      case Json.Arr a -> {
        char before = '[';
        for (Json item : a.items()) {
          out.append(before);
          write(item, out);
          before = ',';
        }
        out.append(before == '[' ? "[]" : "]");
      }
      case Json.Obj o -> {
        char before = '{';
        for (Map.Entry<String, Json> field : o.fields().entrySet()) {
          out.append(before);
          quote(field.getKey(), out);
          out.append(':');
          write(field.getValue(), out);
          before = ',';
        }
        out.append(before == '{' ? "{}" : "}");
      }
    }
  }

  /// The plain decimal text of a finite number: its shortest, without exponent, `.0` and `-0`.
  public static String plain(double number) {
    if (Math.abs(number) < EXACT && number == Math.rint(number)) {
      return Long.toString((long) number);
    }
    String shortest = Double.toString(number);
    if (shortest.indexOf('E') < 0) {
      return shortest.endsWith(".0") ? shortest.substring(0, shortest.length() - 2) : shortest;
    }
    return new BigDecimal(shortest).stripTrailingZeros().toPlainString();
  }

  /// Appends a text as a JSON string.
  public static void quote(String text, StringBuilder out) {
    out.append('"');
    int done = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (plain(c)) {
        continue;
      }
      if (Character.isSurrogate(c)
          && Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
        continue;
      }
      out.append(text, done, i);
      escape(c, out);
      done = i + 1;
    }
    out.append(text, done, text.length()).append('"');
  }

  static boolean plain(char c) {
    return c >= ' '
        && c != '"'
        && c != '\\'
        && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE);
  }

  static void escape(char c, StringBuilder out) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      default -> {
        if (c < ' ') {
          out.append("\\u00").append(Character.forDigit(c >> 4, 16));
          out.append(Character.forDigit(c & 15, 16));
        } else {
          out.append('\uFFFD');
        }
      }
    }
  }
}
