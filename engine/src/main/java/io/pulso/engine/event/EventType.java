package io.pulso.engine.event;

import java.util.Locale;

/// The kind of a call. Track, page and screen are events; identify, group and alias are not and
/// never match.
public enum EventType {
  TRACK,
  PAGE,
  SCREEN,
  IDENTIFY,
  GROUP,
  ALIAS;

  private final String word = name().toLowerCase(Locale.ROOT);

  public boolean isEvent() {
    return this == TRACK || this == PAGE || this == SCREEN;
  }

  /// The word used in payloads, YAML and SQL.
  public String word() {
    return word;
  }
}
