package io.pulso.server.app;

import io.pulso.engine.model.Model;
import io.pulso.server.api.ModelFinder;
import io.pulso.server.event.InputException;
import io.pulso.server.score.Histories;
import io.pulso.server.score.InUse;
import io.pulso.server.store.Store;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The models of a workspace by name alone: programs do not name files of the server.
record NamedModels(Workspace workspace) implements ModelFinder {
  @Override
  public InUse find(Store store, @Nullable String name, @Nullable Integer version, int day) {
    if (name != null && (name.contains("/") || name.endsWith(".yaml"))) {
      throw new InputException("there is no model '%s'".formatted(name));
    }
    return of(store).find(name, version, day);
  }

  @Override
  public @Nullable InUse usual(Store store, Model.Subject kind, int day) {
    return of(store).usual(kind, day);
  }

  @Override
  public @Nullable InUse primary(Store store, Model.Subject kind, int day) {
    return of(store).primary(kind, day);
  }

  @Override
  public List<Histories.Period> periods(Store store, String name, int from, int to) {
    return of(store).periods(name, null, from, to);
  }

  @Override
  public List<InUse> everything(Store store) {
    return of(store).everything();
  }

  private Models of(Store store) {
    return new Models(workspace, store, Models.Asker.PROGRAM);
  }
}
