package io.pulso.server.store;

import io.pulso.engine.sql.Columns;

/// The columns of one record, `r`, whether event or call. Its traits are those that it brings.
final class RecordColumns implements Columns {
  @Override
  public String event() {
    return "r.event";
  }

  @Override
  public String name() {
    return "r.name";
  }

  @Override
  public String type() {
    return "r.type";
  }

  @Override
  public String channel() {
    return "r.channel";
  }

  @Override
  public String value() {
    return "r.value";
  }

  @Override
  public String flags() {
    return "r.flags";
  }

  @Override
  public String properties() {
    return "r.properties";
  }

  @Override
  public String context() {
    return "r.context";
  }

  @Override
  public String traits() {
    return "r.traits";
  }

  @Override
  public String account() {
    return "CAST(NULL AS VARCHAR)";
  }

  @Override
  public String source() {
    return "r.source";
  }

  @Override
  public String trusted() {
    return "r.trusted";
  }
}
