package io.pulso.server.api;

import io.javalin.http.Context;
import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import io.pulso.server.access.Tokens;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One request of a program.
final class Call {
  private static final int LARGEST = 1 << 20;

  /// So much more is read of a body that is too large.
  private static final int MOST_REST = 16 << 20;

  private static final int LONGEST_TEXT = 200;
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,10}");

  private final Context context;
  private final Tokens.@Nullable Token token;

  Call(Context context, Tokens.@Nullable Token token) {
    this.context = context;
    this.token = token;
  }

  /// Who asks.
  Tokens.Token token() {
    if (token == null) {
      throw new IllegalStateException("no token is needed here");
    }
    return token;
  }

  /// The value of the token that was shown.
  String secret() {
    String shown = String.valueOf(context.header("Authorization"));
    return shown.substring(shown.indexOf(' ') + 1).strip();
  }

  /// From where the request came.
  String address() {
    return context.ip();
  }

  /// A part of the address.
  String path(String name) {
    return context.pathParam(name);
  }

  @Nullable String text(String name) {
    List<String> given = context.queryParams(name);
    if (given.size() > 1) {
      throw new Refused(400, "'%s' is given twice".formatted(name));
    }
    return given.isEmpty() || given.getFirst().isEmpty() ? null : given.getFirst();
  }

  /// A text that may be anything, but not long.
  @Nullable String free(String name) {
    String text = text(name);
    if (text != null && text.length() > LONGEST_TEXT) {
      throw new Refused(400, "'%s' has at most %d characters".formatted(name, LONGEST_TEXT));
    }
    return text;
  }

  /// One of some words.
  @Nullable String one(String name, List<String> words) {
    String text = text(name);
    if (text != null && !words.contains(text)) {
      throw new Refused(400, "'%s' is one of %s".formatted(name, String.join(", ", words)));
    }
    return text;
  }

  /// A number that is the same when the same is asked at the same address, whatever stands in some
  /// parameters.
  int question(String... without) {
    Map<String, List<String>> asked = new TreeMap<>(context.queryParamMap());
    asked.keySet().removeAll(List.of(without));
    asked.values().removeIf(given -> given.equals(List.of("")));
    return (context.path() + asked).hashCode();
  }

  @Nullable Integer whole(String name, int least, int most) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    if (DIGITS.matcher(text).matches()) {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return (int) number;
      }
    }
    throw new Refused(400, "'%s' is a whole number from %d to %d".formatted(name, least, most));
  }

  /// Whether something is wished; false when it is not given.
  boolean truth(String name) {
    String text = text(name);
    if (text == null || text.equals("false")) {
      return false;
    }
    if (text.equals("true")) {
      return true;
    }
    throw new Refused(400, "'%s' is true or false".formatted(name));
  }

  /// A day as days since 1970-01-01.
  @Nullable Integer day(String name) {
    String text = text(name);
    return text == null ? null : (Integer) day(name, text);
  }

  static int day(String name, String text) {
    try {
      LocalDate day = LocalDate.parse(text);
      if (day.getYear() >= 1 && day.getYear() <= 9999) {
        return Math.toIntExact(day.toEpochDay());
      }
    } catch (DateTimeException e) {
      throw noDay(name);
    }
    throw noDay(name);
  }

  private static Refused noDay(String name) {
    return new Refused(400, "'%s' is a day written like 2026-03-31".formatted(name));
  }

  /// The body: a JSON object.
  Json.Obj body() {
    if (context.contentLength() > LARGEST) {
      readOn();
      throw tooLarge();
    }
    byte[] bytes = context.bodyAsBytes();
    if (bytes.length > LARGEST) {
      throw tooLarge();
    }
    try {
      if (JsonText.read(context.body()) instanceof Json.Obj object) {
        return object;
      }
    } catch (JsonFault e) {
      throw new Refused(400, "the body is no JSON: " + e.getMessage());
    }
    throw new Refused(400, "the body must be a JSON object");
  }

  private static Refused tooLarge() {
    return new Refused(413, "a body has at most %d bytes".formatted(LARGEST));
  }

  /// Whoever is still sending would find the connection closed instead of an answer.
  private void readOn() {
    try {
      var _ = context.bodyInputStream().skip(MOST_REST);
    } catch (IOException e) {
      // Nobody sends any more.
      return;
    }
  }
}
