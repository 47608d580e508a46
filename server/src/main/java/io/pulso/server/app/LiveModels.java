package io.pulso.server.app;

import io.pulso.engine.model.Model;
import io.pulso.engine.model.ModelException;
import io.pulso.server.event.InputException;
import io.pulso.server.score.InUse;
import io.pulso.server.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// The models of a workspace as a server uses them: read again only when a file or a publication
/// has changed. Files are looked up once a second, publications of this process at once. Used by
/// one thread.
final class LiveModels {
  private static final long PATIENCE = 1_000;

  private final Workspace workspace;
  private final Store store;
  private final Clock clock;
  private final Consumer<String> warnings;
  private long lookedAt = Long.MIN_VALUE / 2;
  private long publications;
  private List<String> marks = List.of();
  private List<Model> rolledUp = List.of();
  private List<InUse> inForce = List.of();

  LiveModels(Workspace workspace, Store store, Clock clock, Consumer<String> warnings) {
    this.workspace = workspace;
    this.store = store;
    this.clock = clock;
    this.warnings = warnings;
  }

  /// Those whose roll-ups are kept up to date.
  List<Model> rolledUp() {
    look();
    return rolledUp;
  }

  /// Each model in the version that scores today.
  List<InUse> inForce() {
    look();
    return inForce;
  }

  private void look() {
    long now = clock.millis();
    long published = store.versions().publications();
    if (published == publications && now - lookedAt < PATIENCE && now >= lookedAt) {
      return;
    }
    publications = published;
    lookedAt = now;
    int day = store.days().day(now * 1000);
    List<String> seen = marks(day);
    if (!seen.equals(marks)) {
      Models models = new Models(workspace, store);
      rolledUp = List.copyOf(models.usable(warnings));
      inForce = inForce(models, day);
      marks = seen;
    }
  }

  private List<InUse> inForce(Models models, int day) {
    Set<String> names = new LinkedHashSet<>();
    rolledUp.forEach(model -> names.add(model.name()));
    List<InUse> found = new ArrayList<>();
    for (String name : names) {
      try {
        found.add(models.find(name, null, day));
      } catch (ModelException | InputException e) {
        warnings.accept("the model '" + name + "' is left out: " + e.getMessage());
      }
    }
    return List.copyOf(found);
  }

  /// What changes when a model does.
  private List<String> marks(int day) {
    List<String> found = new ArrayList<>();
    found.add(String.valueOf(day));
    found.add(store.versions().mark());
    for (Path file : workspace.modelFiles()) {
      try {
        found.add(file + " " + Files.getLastModifiedTime(file) + " " + Files.size(file));
      } catch (IOException e) {
        found.add(file + " cannot be read");
      }
    }
    return found;
  }
}
