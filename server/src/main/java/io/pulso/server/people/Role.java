package io.pulso.server.people;

import io.pulso.server.event.InputException;
import java.util.Arrays;
import java.util.Locale;

/// What somebody may do with the pages; each may do what those before it may.
public enum Role {
  /// Looks at scores and customers, without personal traits.
  VIEWER,
  /// Also tries models, saves views and exports what they see.
  ANALYST,
  /// Also changes customers, publishes models and sees personal traits.
  MANAGER,
  /// Also decides on people, keys and settings.
  ADMIN;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public boolean allows(Role needed) {
    return compareTo(needed) >= 0;
  }

  static boolean isWord(String word) {
    return Arrays.stream(values()).anyMatch(role -> role.word().equals(word));
  }

  public static Role of(String word) {
    for (Role role : values()) {
      if (role.word().equals(word)) {
        return role;
      }
    }
    throw new InputException(
        "'%s' is no role; there are viewer, analyst, manager and admin".formatted(word));
  }
}
