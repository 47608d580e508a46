package io.pulso.server.store;

import io.pulso.engine.sql.Columns;

/// Columns of a subject at the end of a day: only traits and account have a value.
final class StateColumns implements Columns {
  @Override
  public String event() {
    return "CAST(NULL AS STRING)";
  }

  @Override
  public String name() {
    return event();
  }

  @Override
  public String type() {
    return event();
  }

  @Override
  public String channel() {
    return event();
  }

  @Override
  public String value() {
    return "CAST(NULL AS DOUBLE)";
  }

  @Override
  public String flags() {
    return "0";
  }

  @Override
  public String properties() {
    return event();
  }

  @Override
  public String context() {
    return event();
  }

  @Override
  public String traits() {
    return "t.traits";
  }

  @Override
  public String account() {
    return "a.traits";
  }

  @Override
  public String source() {
    return event();
  }

  @Override
  public String trusted() {
    return "FALSE";
  }
}
