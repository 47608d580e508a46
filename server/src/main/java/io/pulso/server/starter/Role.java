package io.pulso.server.starter;

import java.util.Locale;

/// What an event says about engagement, as far as its name tells.
public enum Role {
  /// Takes effort or brings others along.
  COMMITMENT(8, 10),
  /// Goes beyond looking.
  INTEREST(5, 5),
  /// The customer is there and uses something.
  USE(4, 3),
  /// Looks at something.
  VIEW(2, 1),
  /// Speaks against engagement.
  NEGATIVE(0, 0),
  /// Opened a mail, as mail programs do by themselves.
  OPEN(0, 0),
  /// What a score must foretell, so that it is never part of it.
  OUTCOME(0, 0),
  /// Not done by the customer.
  PASSIVE(0, 0),
  /// A contact with support, which can be a good or a bad sign.
  SUPPORT(0, 0),
  /// Says something about the software, not about the customer.
  TECHNICAL(0, 0),
  /// Can be a good or a bad sign.
  NEUTRAL(0, 0);

  /// How much typical doing of it is worth beside others.
  final int level;

  /// Points of one, while there is too little to scale them by.
  final int usual;

  Role(int level, int usual) {
    this.level = level;
    this.usual = usual;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether doing it earns points.
  public boolean earns() {
    return level > 0;
  }

  /// Whether it becomes a rule of the model.
  boolean isRule() {
    return earns() || this == NEGATIVE || this == OPEN;
  }
}
