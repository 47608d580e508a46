package io.pulso.server.api;

import io.pulso.engine.model.Model;
import io.pulso.server.score.Histories;
import io.pulso.server.score.InUse;
import io.pulso.server.store.Store;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds models by their names.
public interface ModelFinder {
  /// The model that is meant.
  ///
  /// @param name null for the workspace's only or default model
  /// @param version null for the one in force on the day
  InUse find(Store store, @Nullable String name, @Nullable Integer version, int day);

  /// The model of a kind of subject that is meant where none is named; null where there is none.
  @Nullable InUse usual(Store store, Model.Subject kind, int day);

  /// As [#usual], but where there are several the one that makes the primary score.
  @Nullable InUse primary(Store store, Model.Subject kind, int day);

  /// One period for each version of a model that is in force between two days, both included.
  List<Histories.Period> periods(Store store, String name, int from, int to);

  /// All published versions, and files that are not published.
  List<InUse> everything(Store store);
}
