package io.pulso.server.cli;

import io.pulso.engine.json.Json;
import io.pulso.engine.model.Model;
import io.pulso.engine.yaml.Nearest;
import io.pulso.server.api.QualityAnswer;
import io.pulso.server.app.QualityFile;
import io.pulso.server.app.Workspace;
import io.pulso.server.event.InputException;
import io.pulso.server.store.Exclusion;
import io.pulso.server.store.Quality;
import io.pulso.server.store.Readmissions;
import io.pulso.server.store.Store;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command about quality rules.
@Command(
    name = "quality",
    description = "Shows what the quality rules leave out, judges again, or lets records back in.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class QualityCommand implements Served {
  private final Console console;

  enum Action {
    LIST,
    EXCLUDED,
    APPLY,
    READMIT,
    READMITTED,
    REMOVE,
    SWEEP
  }

  @Parameters(
      index = "0",
      paramLabel = "ACTION",
      arity = "0..1",
      description = {
        "list (default) shows the rules and how much each leaves out;",
        "excluded shows these records, newest first;",
        "apply judges everything by quality.yaml as it is now;",
        "readmit lets records of an ID or a message back in;",
        "readmitted shows what was let in; remove takes one of these back;",
        "sweep removes copies of messages that came later than a server remembers."
      })
  private Action action = Action.LIST;

  @Parameters(
      index = "1",
      paramLabel = "ID",
      arity = "0..1",
      description = "readmit: whose records; remove: the number of what was let in.")
  private @Nullable String id;

  @Mixin private final InWorkspace where = new InWorkspace();

  @Option(
      names = "--rule",
      paramLabel = "RULE",
      description = "bots, internal, mail_scanners or bursts; default all.")
  private @Nullable String rule;

  @Option(names = "--customer", paramLabel = "ID", description = "excluded: only this id's.")
  private @Nullable String customer;

  @Option(names = "--limit", paramLabel = "N", description = "excluded: how many; default 20.")
  private int limit = 20;

  @Option(
      names = "--cursor",
      paramLabel = "CURSOR",
      description = "excluded: go on where an answer ended.")
  private @Nullable String cursor;

  @Option(names = "--message", paramLabel = "ID", description = "readmit: this message alone.")
  private @Nullable String message;

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "readmit: who sent the message, where several sources did.")
  private @Nullable String source;

  @Option(names = "--note", paramLabel = "TEXT", description = "readmit: why.")
  private String note = "";

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  QualityCommand(Console console) {
    this.console = console;
  }

  @Override
  public InWorkspace where() {
    return where;
  }

  @Override
  public boolean changes() {
    return switch (action) {
      case LIST, EXCLUDED, READMITTED -> false;
      case APPLY, READMIT, REMOVE, SWEEP -> true;
    };
  }

  @Override
  public Integer call() {
    check();
    Json.Obj answer = answer();
    if (json) {
      console.json(answer);
    } else {
      new QualityText(console).print(action, answer);
    }
    return Commands.DONE;
  }

  private void check() {
    if (rule != null && !Exclusion.rules().contains(rule)) {
      throw new InputException(
          "there is no quality rule '%s'%s".formatted(rule, Nearest.hint(rule, Exclusion.rules())));
    }
    if (limit < 1 || limit > 1_000) {
      throw new InputException("--limit is a whole number from 1 to 1000");
    }
    if (action == Action.REMOVE && (id == null || !id.matches("[0-9]{1,9}"))) {
      throw new InputException(
          "say which number: `pulso quality readmitted` shows them, `pulso quality remove 1` takes one back");
    }
    if (action == Action.READMIT && (id == null) == (message == null)) {
      throw new InputException(
          "say whose records, as in `pulso quality readmit ann`, or which one with --message ID");
    }
  }

  private Json.Obj answer() {
    Workspace workspace = console.workspace(where);
    try (Store store = console.store(workspace)) {
      if (action == Action.APPLY) {
        store.quality().use(QualityFile.of(workspace, file -> console.shown(workspace, file)));
      }
      return here(store.quality(), () -> console.models(workspace, store).usable(console::note));
    }
  }

  private Json.Obj here(Quality quality, Supplier<List<Model>> models) {
    return switch (action) {
      case LIST -> QualityAnswer.rules(quality);
      case EXCLUDED -> QualityAnswer.excluded(quality, rule, customer, cursor, limit);
      case APPLY -> QualityAnswer.applied(quality.apply(models));
      case READMIT ->
          QualityAnswer.readmitted(
              quality
                  .readmissions()
                  .add(
                      new Readmissions.Wanted(rule == null ? "" : rule, id, message, source, note),
                      Clock.systemUTC(),
                      models));
      case READMITTED -> QualityAnswer.readmissions(quality.readmissions().list());
      case REMOVE ->
          QualityAnswer.applied(
              quality.readmissions().remove(Integer.parseInt(String.valueOf(id)), models));
      case SWEEP -> QualityAnswer.swept(quality.sweep(models));
    };
  }
}
