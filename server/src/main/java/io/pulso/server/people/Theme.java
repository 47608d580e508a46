package io.pulso.server.people;

import io.pulso.server.event.InputException;
import java.util.Locale;

/// How somebody's pages look.
public enum Theme {
  LIGHT,
  DARK,
  /// As the person's own system does.
  SYSTEM;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Theme of(String word) {
    for (Theme theme : values()) {
      if (theme.word().equals(word)) {
        return theme;
      }
    }
    throw new InputException("'%s' is no theme; there are light, dark and system".formatted(word));
  }
}
