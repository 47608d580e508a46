package io.pulso.server.app;

import io.pulso.engine.model.ModelException;
import io.pulso.engine.model.ModelReader;
import io.pulso.server.api.ModelShelf;
import io.pulso.server.event.InputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The model files of a workspace. Files are found by the models in them, never by a name from
/// outside.
final class ModelFolder implements ModelShelf {
  private final Workspace workspace;

  ModelFolder(Workspace workspace) {
    this.workspace = workspace;
  }

  @Override
  public List<Draft> all() {
    return workspace.modelFiles().stream()
        .map(file -> new Draft(name(file), Workspace.text(file)))
        .toList();
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  @Override
  public @Nullable Draft of(String model) {
    Path file = file(model);
    return file == null ? null : new Draft(name(file), Workspace.text(file));
  }

  private @Nullable Path file(String model) {
    Path wrong = null;
    for (Path file : workspace.modelFiles()) {
      String defined = defined(file);
      if (model.equals(defined)) {
        return file;
      }
      if (defined == null && name(file).equals(model + ".yaml")) {
        wrong = file;
      }
    }
    return wrong;
  }

  /// The name of the model in a file; null where the file is wrong.
  private static @Nullable String defined(Path file) {
    try {
      return ModelReader.read(name(file), Workspace.text(file)).model().name();
    } catch (ModelException e) {
      return null;
    }
  }

  @Override
  public synchronized Saving save(String model, String text, @Nullable String replaces) {
    Path there = file(model);
    Draft present = there == null ? null : new Draft(name(there), Workspace.text(there));
    if (replaces != null && !replaces.equals(present == null ? NOTHING : present.hash())) {
      return new Overtaken(present);
    }
    Path file =
        there != null ? there : workspace.folder().resolve("models").resolve(model + ".yaml");
    if (there == null && workspace.modelFiles().contains(file)) {
      throw new InputException(
          "the file %s defines another model: rename one of them".formatted(name(file)));
    }
    new OutFile(file).bytes(out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    return new Saved(name(file));
  }
}
