package io.pulso.server.cli;

import io.pulso.engine.model.Model;
import io.pulso.engine.model.ModelFile;
import io.pulso.server.app.Models;
import io.pulso.server.store.ModelVersions;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "publish",
    description = "Makes a model file the next version, which scores from today on.",
    mixinStandardHelpOptions = true)
final class ModelPublishCommand implements Served {
  private final Console console;

  @Parameters(paramLabel = "FILE", description = "A model file.")
  private Path file = Path.of(".");

  @Option(names = "--note", paramLabel = "TEXT", description = "Why, for those who come later.")
  private String note = "";

  @Mixin private final InWorkspace where = new InWorkspace();

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  ModelPublishCommand(Console console) {
    this.console = console;
  }

  @Override
  public InWorkspace where() {
    return where;
  }

  @Override
  public List<String> reads() {
    return List.of(file.toString());
  }

  @Override
  public Integer call() {
    String text = console.text(file);
    ModelFile read = Models.read(file.toString(), text);
    read.warnings().forEach(warning -> console.note("warning: " + warning));
    Model model = read.model();
    try (Session session = Session.open(where, console)) {
      List<ModelVersions.Version> before = session.store().versions().of(model.name());
      ModelVersions.Version version =
          session
              .store()
              .publish(
                  model, text, console.user(), Clock.systemUTC().instant(), note, (done, of) -> {});
      tell(version, version.number() > before.size());
    }
    return Commands.DONE;
  }

  private void tell(ModelVersions.Version version, boolean isNew) {
    if (json) {
      console.json(ModelVersionsCommand.answer(version).put("new", isNew).json());
    } else if (isNew) {
      console.line(
          "published %s, version %d%s"
              .formatted(
                  version.model(),
                  version.number(),
                  version.number() == 1 ? "; it scores all days until the next version" : ""));
    } else {
      console.line(
          "%s is version %d already: nothing was published"
              .formatted(version.model(), version.number()));
    }
  }
}
