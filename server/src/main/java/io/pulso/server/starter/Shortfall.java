package io.pulso.server.starter;

import java.util.Locale;

/// What a proposal lacks, and why.
public enum Shortfall {
  /// No events are stored.
  NO_EVENTS,
  /// Events came, but none of the last weeks was done by somebody with an id.
  NOBODY_ACTIVE,
  /// No customer is identified; the proposal looks at anonymous visitors, whose scores pages do not
  /// show.
  NOBODY_IDENTIFIED,
  /// Nothing of what arrives can be counted for engagement.
  NOTHING_COUNTS,
  /// Too few customers to scale points by; they are the usual ones.
  TOO_FEW,
  /// More than half of the active customers did nothing that counts.
  MOST_DO_NOTHING,
  /// Active customers do nearly the same, so that the top tenth does not stand out.
  TOO_ALIKE,
  /// One thing alone is counted, and decides the score.
  ONE_RULE;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
