package io.pulso.server.cli;

import io.pulso.engine.score.Uncounted;
import io.pulso.server.api.CoverageAnswer;
import io.pulso.server.app.AsOf;
import io.pulso.server.app.OutFile;
import io.pulso.server.app.Workspace;
import io.pulso.server.score.Coverage;
import io.pulso.server.score.GridTable;
import io.pulso.server.score.Overview;
import io.pulso.server.score.ScoreTable;
import io.pulso.server.score.Scoring;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "score",
    description = "Scores everybody on a day.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ScoreCommand implements Served {
  private static final int MOVERS = 5;

  private final Console console;

  @Mixin private final InWorkspace where = new InWorkspace();
  @Mixin private final ScoreOptions options = new ScoreOptions();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Writes a row for each subject: .csv, .json or .parquet.")
  private @Nullable Path output;

  @Option(
      names = "--grid",
      description = "Crosses fit with engagement, as the grid in pulso.yaml says.")
  private boolean grid;

  @Option(names = "--json", description = "Prints the summary as JSON.")
  private boolean json;

  ScoreCommand(Console console) {
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
    return grid ? grid(workspace) : scores(workspace);
  }

  private int grid(Workspace workspace) {
    OutFile file = output == null ? null : GridAnswer.file(output, console);
    try (Store store = console.store(workspace);
        View view = options.view(store)) {
      ScoreOptions.AskedGrid asked = options.findGrid(workspace, store, view, console);
      provisional(workspace, asked.day());
      GridTable table =
          GridTable.of(
              view, asked.grid(), asked.fit(), asked.engagement(), asked.day(), options.all());
      if (file != null) {
        GridAnswer.write(table, file);
        console.note(
            "wrote the cells of %s subjects on %s to %s"
                .formatted(Numbers.count(table.size()), Numbers.day(table.asOf()), output));
      }
      if (json) {
        console.json(GridAnswer.json(table));
      } else if (file == null) {
        GridAnswer.print(table, console);
      }
    }
    return Commands.DONE;
  }

  private void provisional(Workspace workspace, int day) {
    if (day > AsOf.yesterday(workspace, Clock.systemUTC())) {
      console.note("the day is not over: these scores are provisional");
    }
  }

  private int scores(Workspace workspace) {
    ScoreFile file = output == null ? null : ScoreFile.of(output, console);
    try (Store store = console.store(workspace);
        View view = options.view(store)) {
      ScoreOptions.Asked asked = options.find(workspace, store, view, console);
      provisional(workspace, asked.day());
      if (file == null || json) {
        Overview overview = Overview.of(view, asked.use(), asked.day(), options.all(), MOVERS);
        write(file, overview.table());
        Coverage coverage =
            Coverage.of(
                view,
                asked.use().model(),
                asked.day(),
                workspace.days(),
                Clock.systemUTC().millis() * 1000);
        print(overview, new Scoring(view).uncounted(asked.use(), asked.day()), coverage);
      } else {
        Scoring scoring = new Scoring(view);
        write(file, scoring.table(asked.use(), asked.day(), options.all()));
        ObjectCommand.note(console, scoring.objected(asked.use(), asked.day(), options.all()));
      }
    }
    return Commands.DONE;
  }

  private void write(@Nullable ScoreFile file, ScoreTable table) {
    if (file != null) {
      file.write(table);
      console.note(
          "wrote %s scores of %s, %s (%s), to %s"
              .formatted(
                  Numbers.count(table.size()),
                  Numbers.day(table.asOf()),
                  table.use().model().name(),
                  ScoreText.version(table.use()),
                  output));
    }
  }

  private void print(
      Overview overview, Map<String, Map<Uncounted, Long>> uncounted, Coverage coverage) {
    if (json) {
      console.json(CoverageAnswer.with(ScoreJson.of(overview, uncounted), coverage));
      return;
    }
    ScoreText text = new ScoreText(console);
    text.print(overview);
    CoverageText.print(console, coverage);
    text.uncounted(uncounted);
    if (overview.table().size() == 0) {
      console.note("nobody exists on that day: import events first, or choose a later --as-of");
    }
  }
}
