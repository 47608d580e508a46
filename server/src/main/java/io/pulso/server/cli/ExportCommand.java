package io.pulso.server.cli;

import io.pulso.server.app.OutFile;
import io.pulso.server.app.Workspace;
import io.pulso.server.event.InputException;
import io.pulso.server.score.PeopleLine;
import io.pulso.server.score.RejectedLine;
import io.pulso.server.score.ScoreCsv;
import io.pulso.server.score.ScoreTable;
import io.pulso.server.score.Scoring;
import io.pulso.server.score.SegmentLine;
import io.pulso.server.store.Exports;
import io.pulso.server.store.RejectedLane;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "export",
    description = "Writes what is stored: events as Segment JSON lines that can be imported again.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ExportCommand implements Served {
  private static final int ROOM = 1 << 16;

  private final Console console;
  private long written;

  enum What {
    EVENTS,
    SCORES,
    CUSTOMERS,
    ACCOUNTS,
    REJECTED
  }

  @Parameters(
      paramLabel = "events|scores|customers|accounts|rejected",
      description = "What to write.")
  private What what = What.EVENTS;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "Default standard output. Customers and accounts as JSON lines, or as CSV where the name ends in .csv; scores as .csv, .json or .parquet.")
  private @Nullable Path output;

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "Events of this source alone; default all.")
  private @Nullable String source;

  @Mixin private final InWorkspace where = new InWorkspace();
  @Mixin private final ScoreOptions options = new ScoreOptions();

  ExportCommand(Console console) {
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
  public @Nullable Path writes() {
    return output;
  }

  @Override
  public Integer call() {
    Workspace workspace = console.workspace(where);
    try (Store store = console.store(workspace)) {
      switch (what) {
        case EVENTS -> text(out -> events(store.exports(), out));
        case CUSTOMERS -> people("customer", store.exports().customers());
        case ACCOUNTS -> people("account", store.exports().accounts());
        case REJECTED -> text(out -> rejected(store.rejected(), out));
        case SCORES -> scores(workspace, store);
      }
    }
    if (output != null) {
      console.note("wrote %s to %s".formatted(Numbers.count(written), output));
    }
    return Commands.DONE;
  }

  private void text(OutFile.Bytes work) {
    Path file = output;
    if (file != null) {
      console.file(file).bytes(out -> buffered(out, work));
      return;
    }
    try {
      buffered(console.out(), work);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void buffered(OutputStream to, OutFile.Bytes work) throws IOException {
    OutputStream out = new BufferedOutputStream(to, ROOM);
    try {
      work.write(out);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    out.flush();
  }

  private void line(OutputStream out, String line) {
    try {
      out.write(line.getBytes(StandardCharsets.UTF_8));
      out.write('\n');
      written++;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void events(Exports exports, OutputStream out) {
    List<String> sources = exports.sources();
    String one = source;
    if (one != null && !sources.contains(one)) {
      throw new InputException(
          "there is no source '%s'; there is %s".formatted(one, String.join(", ", sources)));
    }
    List<String> wanted = one == null ? sources : List.of(one);
    if (wanted.size() > 1) {
      console.note(
          "these are the events of %d sources (%s); --source keeps them apart"
              .formatted(wanted.size(), String.join(", ", wanted)));
    }
    wanted.forEach(name -> exports.records(name, row -> line(out, SegmentLine.of(row))));
  }

  private void people(String kind, List<Exports.Somebody> people) {
    boolean csv = output != null && output.toString().endsWith(".csv");
    text(out -> {
      if (csv) {
        line(out, PeopleLine.header(kind));
        written--;
      }
      people.forEach(one -> line(out, csv ? PeopleLine.csv(one) : PeopleLine.json(kind, one)));
    });
  }

  private void rejected(RejectedLane lane, OutputStream out) {
    lane.each("", row -> line(out, RejectedLine.of(row)));
  }

  private void scores(Workspace workspace, Store store) {
    ScoreFile file = output == null ? null : ScoreFile.of(output, console);
    try (View view = options.view(store)) {
      ScoreOptions.Asked asked = options.find(workspace, store, view, console);
      ScoreTable table = new Scoring(view).table(asked.use(), asked.day(), options.all());
      written = table.size();
      ObjectCommand.note(
          console, new Scoring(view).objected(asked.use(), asked.day(), options.all()));
      if (file != null) {
        file.write(table);
      } else {
        text(out -> ScoreCsv.write(table, out));
      }
    }
  }
}
