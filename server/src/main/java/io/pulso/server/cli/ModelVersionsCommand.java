package io.pulso.server.cli;

import io.pulso.engine.yaml.Nearest;
import io.pulso.server.api.Answer;
import io.pulso.server.event.InputException;
import io.pulso.server.store.ModelVersions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "versions",
    description = "Lists the published versions of a model.",
    mixinStandardHelpOptions = true)
final class ModelVersionsCommand implements Served {
  private static final int HASH = 12;

  private final Console console;

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "A model; default all.")
  private @Nullable String name;

  @Mixin private final InWorkspace where = new InWorkspace();

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  ModelVersionsCommand(Console console) {
    this.console = console;
  }

  @Override
  public InWorkspace where() {
    return where;
  }

  @Override
  public Integer call() {
    try (Session session = Session.open(where, console)) {
      List<ModelVersions.Version> versions = versions(session.store().versions());
      if (json) {
        console.json(
            new Answer().objects("versions", versions, ModelVersionsCommand::answer).json());
      } else {
        print(versions);
      }
    }
    return Commands.DONE;
  }

  private List<ModelVersions.Version> versions(ModelVersions of) {
    List<String> names = of.newest().stream().map(ModelVersions.Version::model).toList();
    if (name == null) {
      return names.stream().flatMap(each -> of.of(each).stream()).toList();
    }
    if (!names.contains(name)) {
      throw new InputException(
          "no model '%s' is published%s".formatted(Shown.text(name), Nearest.hint(name, names)));
    }
    return of.of(name);
  }

  static Answer answer(ModelVersions.Version version) {
    return new Answer()
        .put("model", version.model())
        .put("version", version.number())
        .put("published_at", ModelListCommand.instant(version.publishedAt()))
        .put("author", version.author())
        .put("note", version.note())
        .put("hash", version.hash());
  }

  private void print(List<ModelVersions.Version> versions) {
    if (versions.isEmpty()) {
      console.note("no model is published yet: `pulso model publish FILE` does it");
      return;
    }
    TextTable table =
        new TextTable()
            .text("model")
            .number("version")
            .text("published")
            .text("by")
            .text("hash")
            .text("note");
    for (ModelVersions.Version version : versions) {
      table.row(
          version.model(),
          String.valueOf(version.number()),
          ModelListCommand.instant(version.publishedAt()).substring(0, 16) + "Z",
          version.author(),
          version.hash().substring(0, HASH),
          version.note());
    }
    table.print(console, "");
  }
}
