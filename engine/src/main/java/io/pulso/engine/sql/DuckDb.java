package io.pulso.engine.sql;

import com.google.re2j.Pattern;
import io.pulso.engine.expr.Condition;
import io.pulso.engine.expr.Path.Step;
import java.util.ArrayList;
import java.util.List;

/// SQL of DuckDB 1.5.
public final class DuckDb implements Dialect {
  private static final String IS_NUMBER = " IN ('BIGINT', 'UBIGINT', 'DOUBLE')";

  @Override
  public String text(String value) {
    List<String> parts = new ArrayList<>();
    StringBuilder plain = new StringBuilder();
    value
        .codePoints()
        .forEach(codePoint -> {
          if (Literals.isInvisible(codePoint)) {
            endPart(plain, parts);
            parts.add("chr(" + codePoint + ")");
          } else {
            plain.append(codePoint == '\'' ? "''" : Character.toString(codePoint));
          }
        });
    endPart(plain, parts);
    return switch (parts.size()) {
      case 0 -> "''";
      case 1 -> parts.getFirst();
      default -> "(" + String.join(" || ", parts) + ")";
    };
  }

  private static void endPart(StringBuilder plain, List<String> parts) {
    if (!plain.isEmpty()) {
      parts.add("'" + plain + "'");
      plain.setLength(0);
    }
  }

  @Override
  public String name(String identifier) {
    return Literals.quoted(identifier, "\"");
  }

  @Override
  public String number(double value) {
    String decimal = Literals.decimal(value);
    return decimal.contains("E") ? decimal : decimal + "e0";
  }

  @Override
  public String scalar(String json, List<Step> steps, Scalar type) {
    String place = place(json, steps);
    return "CASE WHEN json_type(%s)%s THEN %s END"
        .formatted(place, isOf(type), read("json_extract_string(" + place + ")", type));
  }

  private static String isOf(Scalar type) {
    return switch (type) {
      case TEXT -> " = 'VARCHAR'";
      case NUMBER -> IS_NUMBER;
      case YES_NO -> " = 'BOOLEAN'";
    };
  }

  private static String read(String text, Scalar type) {
    return switch (type) {
      case TEXT -> text;
      case NUMBER -> "CAST(" + text + " AS DOUBLE)";
      case YES_NO -> text + " = 'true'";
    };
  }

  @Override
  public String present(String json, List<Step> steps) {
    return "json_type(" + place(json, steps) + ") <> 'NULL'";
  }

  @Override
  public String size(String json, List<Step> steps) {
    String place = place(json, steps);
    return "CASE json_type(%1$s) WHEN 'VARCHAR' THEN length(json_extract_string(%1$s)) WHEN 'ARRAY' THEN json_array_length(%1$s) WHEN 'OBJECT' THEN length(json_keys(%1$s)) END"
        .formatted(place);
  }

  @Override
  public String holds(String json, List<Step> steps, Scalar type, String item) {
    return "list_contains(list_transform(list_filter(json_extract(json_extract(%s), '$[*]'), lambda element: json_type(element)%s), lambda element: %s), %s)"
        .formatted(
            place(json, steps), isOf(type), read("json_extract_string(element, '$')", type), item);
  }

  @Override
  public String hasKey(String json, List<Step> steps, String key) {
    String place = place(json, steps);
    return "(json_type(%1$s) = 'OBJECT' AND json_type(json_extract(%1$s), '/' || replace(replace(%2$s, '~', '~0'), '/', '~1')) <> 'NULL')"
        .formatted(place, key);
  }

  @Override
  public String textTest(Condition.Test test, String text, String part) {
    return switch (test) {
      case STARTS_WITH -> "starts_with(" + text + ", " + part + ")";
      case ENDS_WITH -> "ends_with(" + text + ", " + part + ")";
      case CONTAINS -> "contains(" + text + ", " + part + ")";
    };
  }

  @Override
  public String matches(String text, Pattern pattern) {
    return "regexp_matches(" + text + ", " + text(pattern.pattern()) + ")";
  }

  @Override
  public String instant(long micros) {
    return "make_timestamptz(" + micros + ")";
  }

  @Override
  public String micros(String timestamp) {
    return "epoch_us(" + timestamp + ")";
  }

  @Override
  public String wide(String integer) {
    return "CAST(" + integer + " AS HUGEINT)";
  }

  /// Sums of BIGINT are HUGEINT, and found quicker than those of HUGEINT.
  @Override
  public String sum(String integer) {
    return "SUM(" + integer + ")";
  }

  @Override
  public String divide(String number, String divisor) {
    return "((" + number + ") // " + divisor + ")";
  }

  /// The first two arguments of a JSON function: a document and a path in it.
  ///
  /// In a JSON path `."0"` leads only into objects and `[0]` only into arrays. But `."*"` means
  /// every key there and `.""` is refused, so these two keys are JSON pointers, which find nothing
  /// in arrays.
  private String place(String json, List<Step> steps) {
    String document = json;
    StringBuilder path = new StringBuilder("$");
    for (Step step : steps) {
      switch (step) {
        case Step.Key(String key) when key.isEmpty() || key.equals("*") -> {
          if (path.length() > 1) {
            document = "json_extract(" + document + ", " + text(path.toString()) + ")";
            path.setLength(1);
          }
          document = "json_extract(" + document + ", " + text("/" + key) + ")";
        }
        case Step.Key(String key) when key.matches("[A-Za-z_][A-Za-z0-9_]*") ->
            path.append('.').append(key);
        case Step.Key(String key) ->
            path.append(".\"").append(key.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
        case Step.Index(int position) -> path.append('[').append(position).append(']');
      }
    }
    return document + ", " + text(path.toString());
  }
}
