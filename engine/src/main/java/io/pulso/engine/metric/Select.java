package io.pulso.engine.metric;

import io.pulso.engine.expr.Expression;

/// The events that a measure is about.
public record Select(Expression match, Who who) {
  /// Whose events they are.
  public enum Who {
    /// Of customers, of anonymous visitors, and of nobody, such as the cost of a campaign.
    ANYBODY,
    /// Of customers whose id was given as a `userId`.
    IDENTIFIED,
    /// Of those alone who are not identified.
    ANONYMOUS
  }
}
