package io.pulso.engine.sql;

/// The SQL text that stands for each root of an expression in one row of events.
public interface Columns {
  /// VARCHAR, null when absent; so are the next three.
  String event();

  String name();

  String type();

  String channel();

  /// DOUBLE, null when absent or no number.
  String value();

  /// INTEGER, never null; bit 1 is set when the value is there but is no number.
  String flags();

  /// VARCHAR: the canonical text of a JSON object, null when empty; so are the next three.
  String properties();

  String context();

  String traits();

  String account();

  /// VARCHAR, the name of the source.
  String source();

  /// BOOLEAN, never null.
  String trusted();
}
