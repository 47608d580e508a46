package io.pulso.server.cli;

import io.pulso.server.app.FileImport;
import io.pulso.server.app.Workspace;
import io.pulso.server.ingest.ImportReport;
import io.pulso.server.ingest.ImportRequest;
import io.pulso.server.ingest.Importer;
import io.pulso.server.store.Store;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "import",
    description = "Brings events in from files.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ImportCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Files, folders, patterns such as 'logs/*.csv.gz', or - for standard input.")
  private List<String> files = new ArrayList<>();

  @Mixin private final InWorkspace where = new InWorkspace();
  @Mixin private final ImportOptions options = new ImportOptions();

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "The source of these records; the same message id counts once per source.")
  private String source = "files";

  @Option(names = "--dry-run", description = "Shows what would be stored, and stores nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "Prints the counts as JSON.")
  private boolean json;

  ImportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Workspace workspace = where.open();
    Clock clock = Clock.systemUTC();
    ImportRequest request = options.request(files, workspace, clock, console);
    ImportBar bar = new ImportBar(console, false);
    if (dryRun) {
      return tried(request, bar);
    }
    Optional<Remote> remote = Remote.of(workspace);
    if (remote.isPresent()) {
      ImportReport report =
          new SentFiles(remote.get(), options.parameters(console), source, bar).send(request);
      bar.clear();
      tell(report, bar.seconds());
      return ImportText.status(report);
    }
    Interruption interruption = new Interruption(console);
    try (interruption;
        Store store = workspace.store(Importer.parquet(request))) {
      ImportReport report =
          new FileImport(console.models(workspace, store), store, clock, console::note)
              .run(request, source, bar);
      interruption.done();
      bar.clear();
      tell(report, bar.seconds());
      return ImportText.status(report);
    } catch (CancellationException e) {
      if (!interruption.isStopping()) {
        console.note("pulso: " + e.getMessage());
      }
      return Commands.USER;
    }
  }

  private void tell(ImportReport report, double seconds) {
    if (json) {
      console.json(ImportText.json(report));
    } else {
      ImportText.print(console, report);
    }
    ImportText.after(console, report, seconds);
  }

  private int tried(ImportRequest request, ImportBar bar) {
    try (DryRun nowhere = new DryRun()) {
      ImportReport report = Importer.run(request, nowhere, bar);
      bar.clear();
      if (json) {
        console.json(ImportText.json(report));
      } else {
        nowhere.print(console, report);
      }
      console.note("dry run: nothing was stored, and duplicates were not looked for");
      return ImportText.status(report);
    }
  }
}
