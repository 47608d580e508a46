package io.pulso.engine.sql;

/// The JSON types that can be compared, and what they are in SQL: VARCHAR, DOUBLE, BOOLEAN.
public enum Scalar {
  TEXT,
  NUMBER,
  YES_NO
}
