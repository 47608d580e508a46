package io.pulso.server.cli;

import io.pulso.engine.json.Json;
import io.pulso.engine.yaml.Nearest;
import io.pulso.server.app.FileImport;
import io.pulso.server.app.Workspace;
import io.pulso.server.event.InputException;
import io.pulso.server.ingest.ImportReport;
import io.pulso.server.score.RejectedLine;
import io.pulso.server.store.RejectReason;
import io.pulso.server.store.Rejected;
import io.pulso.server.store.RejectedLane;
import io.pulso.server.store.Store;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "rejected",
    description = "Shows the rows that were not stored, or tries them again.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class RejectedCommand implements Served {
  private static final int BODY = 74;

  private final Console console;

  enum Action {
    LIST,
    REPLAY
  }

  @Parameters(
      paramLabel = "list|replay",
      arity = "0..1",
      description = "list (default) shows them; replay reads them again after a fix.")
  private Action action = Action.LIST;

  @Mixin private final InWorkspace where = new InWorkspace();

  @Option(names = "--reason", paramLabel = "REASON", description = "Only rows with this reason.")
  private String reason = "";

  @Option(names = "--limit", paramLabel = "N", description = "How many rows to show; default 20.")
  private int limit = 20;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Mixin private final ImportOptions options = new ImportOptions();

  RejectedCommand(Console console) {
    this.console = console;
  }

  @Override
  public InWorkspace where() {
    return where;
  }

  @Override
  public List<String> reads() {
    return options.reads();
  }

  @Override
  public boolean changes() {
    return action == Action.REPLAY;
  }

  @Override
  public Integer call() {
    check();
    Workspace workspace = console.workspace(where);
    try (Store store = console.store(workspace)) {
      return switch (action) {
        case LIST -> list(store);
        case REPLAY -> replay(workspace, store);
      };
    }
  }

  private void check() {
    List<String> words = Arrays.stream(RejectReason.values()).map(RejectReason::word).toList();
    if (!reason.isEmpty() && !words.contains(reason)) {
      throw new InputException(
          "there is no reason '%s'%s".formatted(reason, Nearest.hint(reason, words)));
    }
  }

  private int list(Store store) {
    List<RejectedLane.Waiting> waiting =
        store.rejected().waiting().stream()
            .filter(one -> reason.isEmpty() || one.reason().word().equals(reason))
            .toList();
    List<RejectedLane.Row> rows = store.rejected().list(reason, Math.max(0, limit));
    if (json) {
      console.json(
          ScoreJson.object(
              Map.entry(
                  "waiting", new Json.Arr(waiting.stream().map(RejectedCommand::json).toList())),
              Map.entry("rows", new Json.Arr(rows.stream().map(RejectedLine::json).toList()))));
      return Commands.DONE;
    }
    if (waiting.isEmpty()) {
      console.note("no rejected row is waiting");
      return Commands.DONE;
    }
    waiting.forEach(one ->
        console.line(
            "%s  %s  %s"
                .formatted(
                    Bar.right(Numbers.count(one.rows()), 12),
                    Bar.pad(one.reason().word(), 16),
                    Shown.text("source " + one.source()))));
    rows.forEach(this::row);
    console.note("");
    console.note(
        "`pulso rejected replay` reads them again, with the options of `pulso import` where they need other ones");
    return Commands.DONE;
  }

  private void row(RejectedLane.Row row) {
    Rejected rejected = row.rejected();
    console.line("");
    console.line(
        Shown.text(
            "%s:%d: %s: %s"
                .formatted(
                    rejected.file(),
                    rejected.line(),
                    rejected.reason().word(),
                    rejected.detail())));
    String body = rejected.body();
    int header = body.startsWith("{") ? -1 : body.indexOf('\n');
    console.line("    " + Bar.fit(body.substring(header + 1).strip(), BODY).strip());
  }

  private static Json json(RejectedLane.Waiting one) {
    return ScoreJson.object(
        Map.entry("source", new Json.Str(one.source())),
        Map.entry("reason", new Json.Str(one.reason().word())),
        Map.entry("rows", new Json.Num(one.rows())));
  }

  private int replay(Workspace workspace, Store store) {
    Clock clock = Clock.systemUTC();
    ImportBar bar = new ImportBar(console, false);
    List<ImportReport> reports =
        new FileImport(console.models(workspace, store), store, clock, console::note)
            .replay(options.request(List.of(), workspace, clock, console), reason, bar);
    bar.clear();
    ImportReport report = ImportText.sum(reports);
    if (json) {
      console.json(ImportText.json(report));
    } else if (reports.isEmpty()) {
      console.note("no rejected row is waiting");
    } else {
      ImportText.print(console, report);
    }
    return ImportText.status(report);
  }
}
