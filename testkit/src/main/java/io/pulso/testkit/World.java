package io.pulso.testkit;

import io.pulso.engine.event.Event;
import java.time.ZoneId;
import java.util.List;

/// All an engine is given: the workspace's time zone and the records of one import in the order of
/// arrival.
public record World(ZoneId zone, List<Event> records) {
  public World {
    records = List.copyOf(records);
  }
}
