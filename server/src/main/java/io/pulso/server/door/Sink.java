package io.pulso.server.door;

import io.pulso.server.ingest.Arrival;

/// Where arrivals go.
public interface Sink {
  /// Returns when the arrival is durable.
  void keep(Arrival arrival) throws Busy;
}
