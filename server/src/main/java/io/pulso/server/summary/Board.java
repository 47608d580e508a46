package io.pulso.server.summary;

import io.pulso.engine.model.Model;
import io.pulso.server.store.Ownership;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All glances as they were found last.
///
/// @param number another one whenever anything in it is another
/// @param day today
/// @param hasEvents whether any event is stored
/// @param glances of all models in use, by name
/// @param active by kind of subject
/// @param ownership by kind of subject
public record Board(
    long number,
    int day,
    boolean hasEvents,
    List<Glance> glances,
    Map<Model.Subject, Active> active,
    Map<Model.Subject, Ownership> ownership) {
  public Board {
    glances = List.copyOf(glances);
    active = Map.copyOf(active);
    ownership = Map.copyOf(ownership);
  }

  /// Of a model by its name; null where there is none.
  public @Nullable Glance of(String model) {
    return glances.stream()
        .filter(each -> each.line().name().equals(model))
        .findFirst()
        .orElse(null);
  }
}
