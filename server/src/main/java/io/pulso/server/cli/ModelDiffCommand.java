package io.pulso.server.cli;

import io.pulso.engine.model.Change;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.ModelDiff;
import io.pulso.server.api.DiffAnswer;
import io.pulso.server.event.InputException;
import io.pulso.server.score.InUse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "diff",
    description =
        "Says what is different between two model files, or a file and what is published.",
    mixinStandardHelpOptions = true)
final class ModelDiffCommand implements Served {
  private final Console console;

  @Parameters(
      index = "0",
      paramLabel = "BEFORE",
      description = "A model file; alone, it is compared with the newest published version.")
  private Path first = Path.of(".");

  @Parameters(index = "1", arity = "0..1", paramLabel = "AFTER", description = "A model file.")
  private @Nullable Path second;

  @Option(
      names = "--model-version",
      paramLabel = "N",
      description = "Compares a single file with this published version.")
  private @Nullable Integer version;

  @Mixin private final InWorkspace where = new InWorkspace();

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  ModelDiffCommand(Console console) {
    this.console = console;
  }

  @Override
  public InWorkspace where() {
    return where;
  }

  @Override
  public List<String> reads() {
    return Stream.of(first, second).filter(Objects::nonNull).map(Path::toString).toList();
  }

  @Override
  public Integer call() {
    Model one = console.model(first).model();
    if (second != null && version != null) {
      throw new InputException("give a second file or --model-version, not both");
    }
    if (second != null) {
      tell(first.toString(), second.toString(), ModelDiff.of(one, console.model(second).model()));
    } else {
      InUse use = published(one);
      tell(ExplainTable.under(use), first.toString(), ModelDiff.of(use.model(), one));
    }
    return Commands.DONE;
  }

  private InUse published(Model one) {
    try (Session session = Session.open(where, console)) {
      return session
          .models()
          .published(one.name(), version)
          .orElseThrow(() ->
              new InputException(
                  version == null
                      ? "the model '%s' is not published yet: give two files to compare"
                          .formatted(one.name())
                      : "the model '%s' has no version %d; `pulso model versions %s` lists them"
                          .formatted(one.name(), version, one.name())));
    }
  }

  private void tell(String before, String after, List<Change> changes) {
    if (json) {
      console.json(DiffAnswer.json(before, after, changes));
      return;
    }
    console.line("%s → %s".formatted(before, after));
    if (changes.isEmpty()) {
      console.line("  no difference");
      return;
    }
    TextTable table = new TextTable().text("").text("").text("").text("").text("");
    changes.forEach(change -> table.row(cells(change)));
    table.print(console, "  ");
    boolean rereads = changes.stream().anyMatch(Change::rereads);
    console.line(
        rereads
            ? "events are read again where it says so; all else is scored from stored units"
            : "no event has to be read again: it is scored from stored units");
  }

  private static String[] cells(Change change) {
    String what =
        switch (change.kind()) {
          case ADDED -> "+";
          case REMOVED -> "-";
          case CHANGED -> "~";
        };
    String part = change.part().name().toLowerCase(Locale.ROOT);
    String values =
        change.kind() == Change.Kind.CHANGED
            ? "%s → %s"
                .formatted(
                    change.from() == null ? "none" : change.from(),
                    change.to() == null ? "none" : change.to())
            : "";
    return new String[] {
      what,
      change.name() == null ? part : part + " " + change.name(),
      change.field() == null ? "" : change.field(),
      values,
      change.rereads() ? "(reads events again)" : ""
    };
  }
}
