package io.pulso.server.door;

import io.pulso.engine.event.EventType;

/// How the body of a request is read.
sealed interface Way {
  record Call(EventType type) implements Way {}

  /// A Segment batch.
  ///
  /// @param imports whether it is for records of the past
  record Batch(boolean imports) implements Way {}

  record PostHog() implements Way {}

  record CloudEvents() implements Way {}
}
