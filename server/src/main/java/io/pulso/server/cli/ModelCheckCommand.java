package io.pulso.server.cli;

import io.pulso.engine.json.Json;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.ModelException;
import io.pulso.engine.model.ModelFile;
import io.pulso.engine.model.ModelNames;
import io.pulso.server.api.Answer;
import io.pulso.server.app.Models;
import io.pulso.server.app.Workspace;
import io.pulso.server.event.InputException;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "check",
    description = "Says what is wrong with model files, and what looks like a mistake.",
    mixinStandardHelpOptions = true)
final class ModelCheckCommand implements Served {
  private final Console console;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "Model files; default those of the workspace.")
  private List<Path> files = new ArrayList<>();

  @Mixin private final InWorkspace where = new InWorkspace();

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  ModelCheckCommand(Console console) {
    this.console = console;
  }

  /// What was found in a file.
  private record Checked(
      String file, @Nullable Model model, List<String> faults, List<String> warnings) {}

  /// The names of what is stored; null where there is no store to look into.
  private record Stored(List<String> events, List<String> pages) {}

  @Override
  public InWorkspace where() {
    return where;
  }

  @Override
  public List<String> reads() {
    return files.stream().map(Path::toString).toList();
  }

  @Override
  public Integer call() {
    Workspace workspace = workspace();
    Stored stored = workspace == null ? null : stored(workspace);
    List<Checked> found =
        files.isEmpty() && workspace != null
            ? workspace.modelFiles().stream()
                .map(file -> check(console.shown(workspace, file), Workspace.text(file), stored))
                .toList()
            : files.stream()
                .map(file -> check(file.toString(), console.text(file), stored))
                .toList();
    if (found.isEmpty()) {
      throw new InputException("there is no model file to check: give one, or go into a workspace");
    }
    if (json) {
      console.json(new Answer().objects("files", found, ModelCheckCommand::answer).json());
    } else {
      found.forEach(this::print);
    }
    boolean fine = found.stream().allMatch(each -> each.faults().isEmpty());
    return fine ? Commands.DONE : Commands.USER;
  }

  /// The workspace, or null where files alone are to be checked.
  private @Nullable Workspace workspace() {
    return console.held() != null || files.isEmpty()
        ? console.workspace(where)
        : where.find().orElse(null);
  }

  private @Nullable Stored stored(Workspace workspace) {
    if (!Files.exists(workspace.storeFile())) {
      return null;
    }
    try (Store store = console.store(workspace);
        View view = store.now()) {
      Stored found = new Stored(view.eventNames(), view.pageNames());
      return found.events().isEmpty() && found.pages().isEmpty() ? null : found;
    }
  }

  private static Checked check(String file, String text, @Nullable Stored stored) {
    try {
      ModelFile read = Models.read(file, text);
      List<String> warnings = new ArrayList<>(read.warnings());
      if (stored != null) {
        warnings.addAll(ModelNames.unknown(file, read.model(), stored.events(), stored.pages()));
      }
      return new Checked(file, read.model(), List.of(), warnings);
    } catch (ModelException e) {
      return new Checked(file, null, e.faults(), List.of());
    }
  }

  private static Answer answer(Checked checked) {
    return new Answer()
        .put("file", checked.file())
        .put("model", checked.model() == null ? null : checked.model().name())
        .put("faults", texts(checked.faults()))
        .put("warnings", texts(checked.warnings()));
  }

  private static Json texts(List<String> texts) {
    return new Json.Arr(texts.stream().<Json>map(Json.Str::new).toList());
  }

  private void print(Checked checked) {
    checked.faults().forEach(console::note);
    checked.warnings().forEach(warning -> console.note("warning: " + warning));
    Model model = checked.model();
    if (model != null) {
      int warnings = checked.warnings().size();
      console.line(
          "%s: the model '%s' is right; %d activities, %d bands, %d tests%s"
              .formatted(
                  checked.file(),
                  model.name(),
                  model.activities().size(),
                  model.bands().size(),
                  model.tests().size(),
                  warnings == 0 ? "" : "; %d to look at".formatted(warnings)));
    } else {
      console.note("%s: %d faults".formatted(checked.file(), checked.faults().size()));
    }
  }
}
