package io.pulso.engine.json;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Copies JSON from a parser to its canonical text without a tree in between, within [JsonLimits].
/// Copying a value and writing the value that was read give the same text.
public final class JsonCopy {
  /// A decimal text of at most this many characters, and so of fewer digits than a double keeps, is
  /// its own shortest text but for zeros at its ends.
  private static final int SHORT = 15;

  private final JsonLimits limits;

  public JsonCopy(JsonLimits limits) {
    this.limits = limits;
  }

  /// Is told of the fields of one object while it is copied.
  public interface Fields {
    /// The parser stands on the first token of the value; it must not be moved.
    void field(String key, JsonParser parser) throws JsonFault;
  }

  private static final Fields NOBODY = (key, parser) -> {};

  /// Copies the value on whose first token the parser stands, up to its last token.
  public void value(JsonParser parser, StringBuilder out) throws JsonFault {
    switch (parser.currentToken()) {
      case START_OBJECT -> object(parser, out, NOBODY);
      case START_ARRAY -> array(parser, out);
      case VALUE_STRING -> string(parser, out);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser, out);
      case VALUE_TRUE -> out.append("true");
      case VALUE_FALSE -> out.append("false");
      case VALUE_NULL -> out.append("null");
      case null -> throw none();
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw none();
    }
  }

  /// Copies an object and tells of each of its own fields.
  public void object(JsonParser parser, StringBuilder out, Fields fields) throws JsonFault {
    limits.enter();
    char before = '{';
    while (JsonText.next(parser) == JsonToken.PROPERTY_NAME) {
      String key = JsonText.clean(parser.currentName());
      limits.key(key);
      out.append(before);
      JsonText.quote(key, out);
      out.append(':');
      JsonText.next(parser);
      fields.field(key, parser);
      value(parser, out);
      before = ',';
    }
    limits.leave();
    out.append(before == '{' ? "{}" : "}");
  }

  private void array(JsonParser parser, StringBuilder out) throws JsonFault {
    limits.enter();
    char before = '[';
    while (JsonText.next(parser) != JsonToken.END_ARRAY) {
      out.append(before);
      value(parser, out);
      before = ',';
    }
    limits.leave();
    out.append(before == '[' ? "[]" : "]");
  }

  private static void string(JsonParser parser, StringBuilder out) throws JsonFault {
    try {
      char[] text = parser.getStringCharacters();
      int from = parser.getStringOffset();
      int to = from + parser.getStringLength();
      out.append('"');
      for (int i = from; i < to; i++) {
        if (!JsonText.plain(text[i])) {
          out.setLength(out.length() - 1);
          JsonText.quote(new String(text, from, to - from), out);
          return;
        }
      }
      out.append(text, from, to - from).append('"');
    } catch (JacksonException e) {
      throw JsonText.fault(e);
    }
  }

  private static void number(JsonParser parser, StringBuilder out) throws JsonFault {
    try {
      char[] text = parser.getStringCharacters();
      int from = parser.getStringOffset();
      int length = parser.getStringLength();
      if (length > SHORT || !shorten(text, from, from + length, out)) {
        out.append(JsonText.plain(JsonText.number(parser)));
      }
    } catch (JacksonException e) {
      throw JsonText.fault(e);
    }
  }

  /// Appends a short decimal text without zeros at its end; false when it has an exponent, or is
  /// zero, which the slow way writes.
  private static boolean shorten(char[] text, int from, int to, StringBuilder out) {
    boolean point = false;
    boolean zero = true;
    for (int i = from; i < to; i++) {
      char c = text[i];
      if (c == 'e' || c == 'E') {
        return false;
      }
      point |= c == '.';
      zero &= c < '1';
    }
    if (zero) {
      return false;
    }
    int end = to;
    while (point && text[end - 1] == '0') {
      end--;
    }
    if (point && text[end - 1] == '.') {
      end--;
    }
    out.append(text, from, end - from);
    return true;
  }

  private static JsonFault none() {
    return new JsonFault(JsonFault.Kind.SYNTAX, "there is no value");
  }
}
