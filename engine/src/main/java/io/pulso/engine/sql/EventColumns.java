package io.pulso.engine.sql;

/// The columns of an event among what [EventJoins] joins it with.
final class EventColumns implements Columns {
  @Override
  public String event() {
    return "k.event";
  }

  @Override
  public String name() {
    return "k.name";
  }

  @Override
  public String type() {
    return "k.type";
  }

  @Override
  public String channel() {
    return "e.channel";
  }

  @Override
  public String value() {
    return "e.value";
  }

  @Override
  public String flags() {
    return "e.flags";
  }

  @Override
  public String properties() {
    return "e.properties";
  }

  @Override
  public String context() {
    return "e.context";
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
    return "s.name";
  }

  @Override
  public String trusted() {
    return "s.trusted";
  }
}
