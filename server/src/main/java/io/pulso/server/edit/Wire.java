package io.pulso.server.edit;

import io.pulso.server.ingest.Arrival;

/// The way of records into the store: durable first, loaded a moment later.
public interface Wire {
  /// Makes records durable.
  void send(Arrival arrival);

  /// Waits until everything that is durable by now is loaded.
  void await();
}
