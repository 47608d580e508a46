package io.pulso.engine.sql;

import com.google.re2j.Pattern;
import io.pulso.engine.expr.Condition;
import io.pulso.engine.expr.Path.Step;
import java.util.List;

/// Where the engines differ, and nothing else. Every text that comes from people or events reaches
/// SQL through [#text(String)] and [#name(String)], alone.
///
/// `json` is SQL for the text of a JSON object or null. A key only leads into objects and a
/// position only into arrays; what is missing is null.
public sealed interface Dialect permits DuckDb, SparkSql {
  /// A VARCHAR literal.
  String text(String value);

  /// A quoted identifier.
  String name(String identifier);

  /// A DOUBLE literal.
  String number(double value);

  /// What stands at a place when it is of that type, else null.
  String scalar(String json, List<Step> steps, Scalar type);

  /// True where something other than the JSON null stands at a place; else false or null.
  String present(String json, List<Step> steps);

  /// Code points of a text, items of an array, fields of an object; else null.
  String size(String json, List<Step> steps);

  /// True where an array stands at a place that holds an item of that type; else false or null.
  String holds(String json, List<Step> steps, Scalar type, String item);

  /// True where an object stands at a place that has something other than the JSON null under a
  /// key; else false or null.
  String hasKey(String json, List<Step> steps, String key);

  /// One text at the start, at the end or inside of another.
  String textTest(Condition.Test test, String text, String part);

  /// The pattern is found somewhere in the text.
  String matches(String text, Pattern pattern);

  /// A literal instant of a TIMESTAMPTZ column.
  String instant(long micros);

  /// Microseconds since 1970 of a TIMESTAMPTZ.
  String micros(String timestamp);

  /// An integer that is wide enough for any sum of decayed units: 38 digits.
  String wide(String integer);

  /// The exact sum of integers.
  String sum(String integer);

  /// The whole part of a quotient of integers that are not negative.
  String divide(String number, String divisor);
}
