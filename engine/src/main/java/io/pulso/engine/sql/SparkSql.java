package io.pulso.engine.sql;

import com.google.re2j.Pattern;
import io.pulso.engine.expr.Condition;
import io.pulso.engine.expr.Path.Step;
import java.util.List;

/// SQL of Apache Spark 4 with its default settings. JSON is read as VARIANT. Patterns are answered
/// by the function [#MATCHES], which the program that runs the SQL registers over RE2, as Spark's
/// own patterns are another language.
public final class SparkSql implements Dialect {
  /// `pulso_matches(text, pattern)`: the RE2 pattern is found somewhere in the text.
  public static final String MATCHES = "pulso_matches";

  private static final String ARRAY = "ARRAY<VARIANT>";
  private static final String OBJECT = "MAP<STRING, VARIANT>";

  @Override
  public String text(String value) {
    StringBuilder out = new StringBuilder("'");
    for (int i = 0; i < value.length(); i += Character.charCount(value.codePointAt(i))) {
      int codePoint = value.codePointAt(i);
      if (codePoint == '\'' || codePoint == '\\') {
        out.append('\\').appendCodePoint(codePoint);
      } else if (Literals.isInvisible(codePoint) || value.startsWith("${", i)) {
        out.append((codePoint > 0xFFFF ? "\\U%08X" : "\\u%04X").formatted(codePoint));
      } else {
        out.appendCodePoint(codePoint);
      }
    }
    return out.append('\'').toString();
  }

  /// Spark replaces `${…}` before it reads the SQL, and a name has no way to escape that.
  @Override
  public String name(String identifier) {
    if (identifier.contains("${")) {
      throw new IllegalArgumentException("no identifier: it holds ${");
    }
    return Literals.quoted(identifier, "`");
  }

  @Override
  public String number(double value) {
    return Literals.decimal(value) + "D";
  }

  @Override
  public String scalar(String json, List<Step> steps, Scalar type) {
    Place place = place(json, steps);
    return "CASE WHEN %s THEN %s END".formatted(isOf(place.as("VARIANT"), type), read(place, type));
  }

  private static String isOf(String variant, Scalar type) {
    String schema = "schema_of_variant(" + variant + ")";
    return switch (type) {
      case TEXT -> schema + " = 'STRING'";
      case NUMBER -> "substr(" + schema + ", 1, 7) IN ('BIGINT', 'DOUBLE', 'DECIMAL')";
      case YES_NO -> schema + " = 'BOOLEAN'";
    };
  }

  private static String read(Place place, Scalar type) {
    return switch (type) {
      case TEXT -> place.as("STRING");
      case NUMBER -> place.as("DOUBLE");
      case YES_NO -> place.as("BOOLEAN");
    };
  }

  @Override
  public String present(String json, List<Step> steps) {
    return "schema_of_variant(" + place(json, steps).as("VARIANT") + ") <> 'VOID'";
  }

  @Override
  public String size(String json, List<Step> steps) {
    Place place = place(json, steps);
    return "COALESCE(length(%s), array_size(%s), array_size(map_keys(%s)))"
        .formatted(scalar(json, steps, Scalar.TEXT), place.as(ARRAY), place.as(OBJECT));
  }

  @Override
  public String holds(String json, List<Step> steps, Scalar type, String item) {
    return "exists(%s, element -> %s AND %s = %s)"
        .formatted(
            place(json, steps).as(ARRAY),
            isOf("element", type),
            read(new Place("element", "$"), type),
            item);
  }

  @Override
  public String hasKey(String json, List<Step> steps, String key) {
    return "schema_of_variant(try_element_at(%s, %s)) <> 'VOID'"
        .formatted(place(json, steps).as(OBJECT), key);
  }

  @Override
  public String textTest(Condition.Test test, String text, String part) {
    return switch (test) {
      case STARTS_WITH -> "startswith(" + text + ", " + part + ")";
      case ENDS_WITH -> "endswith(" + text + ", " + part + ")";
      case CONTAINS -> "contains(" + text + ", " + part + ")";
    };
  }

  @Override
  public String matches(String text, Pattern pattern) {
    return MATCHES + "(" + text + ", " + text(pattern.pattern()) + ")";
  }

  /// A variant and a path in it.
  private record Place(String variant, String path) {
    String as(String type) {
      return "try_variant_get(%s, %s, '%s')".formatted(variant, new SparkSql().text(path), type);
    }
  }

  /// A path has no escapes: a key stands between the quotes that it does not hold, and a key that
  /// cannot be written so is looked up in a map.
  private Place place(String json, List<Step> steps) {
    String variant = "parse_json(" + json + ")";
    StringBuilder path = new StringBuilder("$");
    for (Step step : steps) {
      switch (step) {
        case Step.Key(String key) when key.matches("[A-Za-z_][A-Za-z0-9_]*") ->
            path.append('.').append(key);
        case Step.Key(String key) when isPlain(key) && !key.contains("\"") ->
            path.append("[\"").append(key).append("\"]");
        case Step.Key(String key) when isPlain(key) && !key.contains("'") ->
            path.append("['").append(key).append("']");
        case Step.Key(String key) -> {
          String map = new Place(variant, path.toString()).as(OBJECT);
          variant = "try_element_at(" + map + ", " + text(key) + ")";
          path.setLength(1);
        }
        case Step.Index(int position) -> path.append('[').append(position).append(']');
      }
    }
    return new Place(variant, path.toString());
  }

  private static boolean isPlain(String key) {
    return !key.isEmpty()
        && !key.contains("?")
        && key.codePoints().noneMatch(Literals::isInvisible);
  }

  @Override
  public String instant(long micros) {
    return "timestamp_micros(" + micros + ")";
  }

  @Override
  public String micros(String timestamp) {
    return "unix_micros(" + timestamp + ")";
  }

  @Override
  public String wide(String integer) {
    return "CAST(" + integer + " AS DECIMAL(38, 0))";
  }

  @Override
  public String sum(String integer) {
    return "SUM(" + wide(integer) + ")";
  }

  @Override
  public String divide(String number, String divisor) {
    return "((" + number + ") div " + divisor + ")";
  }
}
