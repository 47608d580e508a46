package io.pulso.server.cli;

import io.pulso.server.app.AsOf;
import io.pulso.server.app.FileImport;
import io.pulso.server.app.Models;
import io.pulso.server.app.Workspace;
import io.pulso.server.event.InputException;
import io.pulso.server.ingest.ImportReport;
import io.pulso.server.ingest.ImportRequest;
import io.pulso.server.sample.SampleCompany;
import io.pulso.server.sample.WorkspaceTemplate;
import io.pulso.server.score.Explaining;
import io.pulso.server.score.InUse;
import io.pulso.server.score.Individual;
import io.pulso.server.score.Overview;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    description =
        "Makes a sample company, imports, scores and serves it, and shows what there is to see.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DemoCommand implements Callable<Integer> {
  private static final long SEED = 1;
  private static final int MOVERS = 5;
  private static final int MOST_CUSTOMERS = 10_000_000;

  private final Console console;

  @Option(
      names = "--customers",
      paramLabel = "N",
      description = "How many customers it has; default 5000.")
  private int customers = SampleCompany.USUAL_CUSTOMERS;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The port to serve at; default 8080, or another where that is taken.")
  private @Nullable Integer port;

  @Option(
      names = "--no-browser",
      description = "Prints the link to its pages, and leaves the browser alone.")
  private boolean noBrowser;

  @Option(names = "--no-serve", description = "Ends when everything is shown.")
  private boolean noServe;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description = "Makes its workspace here; default a new folder for temporary files.")
  private @Nullable Path keep;

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (customers < 1 || customers > MOST_CUSTOMERS) {
      throw new InputException(
          "--customers takes 1 to %s".formatted(Numbers.count(MOST_CUSTOMERS)));
    }
    Workspace workspace = workspace();
    Clock clock = Clock.systemUTC();
    int day = AsOf.yesterday(workspace, clock);
    console.note("making a sample company with " + Numbers.count(customers) + " customers ...");
    Path files = workspace.folder().resolve("files");
    generate(files, LocalDate.ofEpochDay(day));
    try (Store store = workspace.store()) {
      ImportReport report = load(workspace, store, files, clock);
      InUse use = new Models(workspace, store).find(null, null, day);
      try (View view = store.now()) {
        show(workspace, report, Overview.of(view, use, day, false, MOVERS), view);
      }
    }
    if (!noServe) {
      BrowserWindow browser = noBrowser ? BrowserWindow.none() : BrowserWindow.ofThisMachine();
      new DemoServer(console, workspace, files, LocalDate.ofEpochDay(day)).run(port, browser);
    }
    return Commands.DONE;
  }

  private Workspace workspace() {
    try {
      Path folder =
          keep != null ? Files.createDirectories(keep) : Files.createTempDirectory("pulso-demo-");
      WorkspaceTemplate.copyTo(folder);
      return Workspace.open(folder);
    } catch (FileAlreadyExistsException e) {
      throw new InputException(e.getMessage() + " is there already: give --keep a new folder", e);
    } catch (IOException e) {
      throw new InputException("cannot make the workspace of the sample company: " + e, e);
    }
  }

  private void generate(Path files, LocalDate end) {
    try {
      new SampleCompany(SEED, customers, end, SampleCompany.USUAL_DAYS).writeFiles(files);
    } catch (IOException e) {
      throw new InputException("cannot write the sample company to " + files + ": " + e, e);
    }
  }

  private ImportReport load(Workspace workspace, Store store, Path files, Clock clock) {
    console.note("importing it, as `pulso import` does ...");
    ImportBar bar = new ImportBar(console, true);
    ImportReport report =
        new FileImport(new Models(workspace, store), store, clock, console::note)
            .run(ImportRequest.of(List.of(files.toString()), clock.instant()), "sample", bar);
    bar.clear();
    console.note(
        String.format(
            Locale.ROOT,
            "%s records in %.1f s: %s stored, %s duplicates, %s rejected",
            Numbers.count(report.read()),
            bar.seconds(),
            Numbers.count(report.stored()),
            Numbers.count(report.duplicates()),
            Numbers.count(report.rejectedTotal())));
    return report;
  }

  private void show(Workspace workspace, ImportReport report, Overview overview, View view) {
    Path folder = workspace.folder();
    console.line("");
    console.line(
        "%s. No company and no person in it is real. It sells software to"
            .formatted(SampleCompany.NAME));
    console.line(
        "other companies; these are %s records of its last %d days."
            .formatted(Numbers.count(report.stored()), SampleCompany.USUAL_DAYS));
    console.line("");
    ScoreText text = new ScoreText(console);
    text.print(overview);
    Overview.Mover one =
        Stream.concat(overview.down().stream(), overview.up().stream())
            .max(Comparator.comparingLong(Overview.Mover::before))
            .orElse(null);
    if (one != null) {
      text.heading("Why the score of one of them changed");
      explain(overview, one, view);
    }
    next(text, folder, overview, one == null ? "ID" : one.id());
  }

  private void explain(Overview overview, Overview.Mover one, View view) {
    InUse use = overview.table().use();
    Individual who = Individual.find(view, use.model().subject(), one.id());
    new ExplainTable(console)
        .print(
            new Explaining(view)
                .between(
                    who,
                    new Explaining.Side(use, overview.since()),
                    new Explaining.Side(use, overview.table().asOf()),
                    null));
  }

  private void next(ScoreText text, Path folder, Overview overview, String id) {
    text.heading("What to try next");
    console.line("  W=" + folder);
    for (String command :
        List.of(
            "explain " + id + " --workspace $W",
            "next " + id + " --workspace $W",
            "history " + id + " --from " + Numbers.day(overview.since()) + " --workspace $W",
            "score --model account-engagement --workspace $W",
            "score --output scores.csv --workspace $W",
            "model whatif $W/models/product-engagement.yaml --workspace $W",
            "verify --workspace $W")) {
      console.line("  ./pulso " + command);
    }
    console.line("");
    console.line(
        "The models stand in %s/models, the events in %s/files.".formatted(folder, folder));
  }
}
