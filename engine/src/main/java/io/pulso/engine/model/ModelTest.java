package io.pulso.engine.model;

import io.pulso.engine.json.Json;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An example in a model file: events of one subject and the score they must give.
///
/// @param events payloads as one would send them, without ids; `times` has been carried out
/// @param traits traits of the subject before its first event
/// @param score expected milli-points
/// @param band expected band id
/// @param line where it stands in the file, from 1
public record ModelTest(
    String name,
    LocalDate asOf,
    List<Json.Obj> events,
    Json.Obj traits,
    @Nullable Long score,
    @Nullable String band,
    int line) {
  public ModelTest {
    events = List.copyOf(events);
  }
}
