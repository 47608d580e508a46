package io.pulso.server.app;

import io.pulso.engine.model.ModelException;
import io.pulso.server.event.InputException;
import io.pulso.server.score.InUse;
import io.pulso.server.store.Store;
import io.pulso.server.summary.Glances;
import io.pulso.server.summary.ModelLine;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/// The versions of all models in use over some days, the default model first. Used by one thread.
final class ModelLines implements Glances.Lines {
  private final Workspace workspace;
  private final Store store;
  private final LiveModels models;
  private final Consumer<String> warnings;
  private List<InUse> known = List.of();
  private int knownFirst;
  private List<ModelLine> lines = List.of();

  ModelLines(Workspace workspace, Store store, Clock clock, Consumer<String> warnings) {
    this.workspace = workspace;
    this.store = store;
    this.models = new LiveModels(workspace, store, clock, what -> {});
    this.warnings = warnings;
  }

  @Override
  public List<ModelLine> between(int first, int today) {
    List<InUse> now = models.inForce();
    if (first != knownFirst || !now.equals(known)) {
      List<ModelLine> found = new ArrayList<>();
      Models all = new Models(workspace, store);
      for (InUse use : now) {
        try {
          found.add(new ModelLine(all.periods(use.model().name(), null, first, today)));
        } catch (ModelException | InputException e) {
          warnings.accept("the model '" + use.model().name() + "' is left out: " + e.getMessage());
        }
      }
      found.sort(
          Comparator.comparing((ModelLine line) -> !isDefault(line))
              .thenComparingInt(line -> -line.today().model().priority())
              .thenComparing(ModelLine::name));
      lines = List.copyOf(found);
      known = now;
      knownFirst = first;
    }
    return lines;
  }

  private boolean isDefault(ModelLine line) {
    return line.name().equals(workspace.settings().defaultModel());
  }
}
