package io.pulso.server.cli;

import io.pulso.engine.model.Model;
import io.pulso.engine.sql.Dialect;
import io.pulso.engine.sql.DuckDb;
import io.pulso.engine.sql.SparkSql;
import io.pulso.server.app.Workspace;
import io.pulso.server.event.InputException;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "explain-sql",
    description = "Prints the SQL that turns events into units, and units into scores.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ExplainSqlCommand implements Served {
  private final Console console;

  enum Engine {
    DUCKDB,
    SPARK
  }

  @Mixin private final InWorkspace where = new InWorkspace();
  @Mixin private final ScoreOptions options = new ScoreOptions();

  @Option(
      names = "--dialect",
      paramLabel = "duckdb|spark",
      description = "Whose SQL; default duckdb, as it runs here.")
  private Engine engine = Engine.DUCKDB;

  ExplainSqlCommand(Console console) {
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
  public Integer call() {
    Workspace workspace = console.workspace(where);
    Dialect dialect =
        switch (engine) {
          case DUCKDB -> new DuckDb();
          case SPARK -> new SparkSql();
        };
    try (Store store = console.store(workspace);
        View view = options.view(store)) {
      ScoreOptions.Asked asked = options.find(workspace, store, view, console);
      Model model = asked.use().model();
      boolean events = model.method() != Model.Method.FIT;
      if (events && engine == Engine.SPARK && model.subject() == Model.Subject.ACCOUNT) {
        throw new InputException(
            "models of accounts that count events are printed for duckdb only: leave --dialect out");
      }
      if (events) {
        console.line("-- Units of each activity by subject and day, in thousandths, from events.");
        console.line("-- The store keeps them as roll-ups and reads only what a change needs.");
        console.line(view.rollUpSql(model, dialect).strip() + ";");
        console.line("");
      }
      console.line(
          "-- Scores of %s in thousandths of a point.".formatted(Numbers.day(asked.day())));
      console.line(view.scoreSql(model, asked.day(), dialect).strip() + ";");
    }
    return Commands.DONE;
  }
}
