package io.pulso.server.edit;

import io.pulso.engine.event.EventType;
import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonText;
import io.pulso.engine.model.Model;
import io.pulso.server.ingest.Arrival;
import io.pulso.server.store.Incoming;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Traits set by hand as records like any other, so that they have a history and can be known at an
/// instant: identify calls of customers, group calls of nobody for accounts.
final class TraitRecords {
  /// The source that they come from.
  static final String SOURCE = "pulso";

  private final Model.Subject kind;
  private final String traits;
  private final long at;

  /// @param at in microseconds
  TraitRecords(Model.Subject kind, Map<String, Json> traits, long at) {
    this.kind = kind;
    this.traits = JsonText.write(new Json.Obj(traits));
    this.at = at;
  }

  /// The record for one.
  ///
  /// @param identified whether the id of a customer is a user's
  Incoming of(String id, boolean identified) {
    boolean customer = kind == Model.Subject.CUSTOMER;
    return new Incoming(
        customer ? EventType.IDENTIFY : EventType.GROUP,
        customer && identified ? id : null,
        customer && !identified ? id : null,
        null,
        customer ? null : id,
        null,
        null,
        null,
        at,
        at,
        UUID.randomUUID().toString(),
        Double.NaN,
        0,
        null,
        null,
        traits,
        0,
        1);
  }

  Arrival arrival(List<Incoming> rows) {
    return new Arrival(SOURCE, true, at, rows, List.of());
  }
}
