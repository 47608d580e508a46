package io.pulso.server.cli;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.journey.Retention;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.model.Model;
import io.pulso.server.api.JourneyAnswer;
import io.pulso.server.app.AsOf;
import io.pulso.server.app.Workspace;
import io.pulso.server.journey.RetentionAsked;
import io.pulso.server.journey.RetentionTold;
import io.pulso.server.journey.Retentions;
import io.pulso.server.store.View;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "retention",
    description = "Tells how many of those who began in a period came back in later ones.",
    mixinStandardHelpOptions = true)
final class RetentionCommand implements Served {
  private final Console console;

  @Mixin private final InWorkspace where = new InWorkspace();

  @Option(
      names = "--every",
      paramLabel = "day|week|month",
      description = "How long a period is; default week.")
  private @Nullable String every;

  @Option(names = "--from", paramLabel = "DAY", description = "A day of the first period.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "DAY", description = "A day of the last one.")
  private @Nullable String to;

  @Option(names = "--rolling", description = "Coming back later counts too.")
  private boolean rolling;

  @Option(names = "--per", paramLabel = "customer|account", description = "Who came back.")
  private @Nullable String per;

  @Option(
      names = "--begin",
      paramLabel = "CEL",
      description = "What somebody does first; default any active event.")
  private @Nullable String begin;

  @Option(
      names = "--back",
      paramLabel = "CEL",
      description = "What counts as coming back; default any active event.")
  private @Nullable String back;

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  RetentionCommand(Console console) {
    this.console = console;
  }

  @Override
  public InWorkspace where() {
    return where;
  }

  @Override
  public Integer call() {
    Every cut = JourneyDays.every(every);
    Model.Subject whose = JourneyDays.per(per);
    Expression first = JourneyDays.match("--begin", begin);
    Expression later = JourneyDays.match("--back", back);
    try (Session session = Session.open(where, console);
        View view = session.store().now()) {
      Workspace workspace = session.workspace();
      int yesterday = AsOf.yesterday(workspace, Clock.systemUTC());
      int usual = RetentionAsked.usual(cut, yesterday + 1).days();
      Period period = JourneyDays.period(from, to, usual, yesterday);
      RetentionTold told =
          Retentions.ask(
              view,
              new RetentionAsked(
                  whose,
                  Select.Who.IDENTIFIED,
                  first,
                  later,
                  cut,
                  period,
                  rolling,
                  workspace.settings().weekStart(),
                  yesterday + 1));
      if (json) {
        console.json(JourneyAnswer.json(told));
      } else {
        print(told);
      }
    }
    return Commands.DONE;
  }

  private void print(RetentionTold told) {
    TextTable table = new TextTable().text("from").number("began");
    for (int later = 0; later < told.cohorts().size(); later++) {
      table.number(String.valueOf(later));
    }
    table.text("");
    for (Retention.Cohort cohort : told.cohorts()) {
      List<String> row = new ArrayList<>();
      row.add(Numbers.day(cohort.period().first()));
      row.add(Numbers.count(cohort.size()));
      cohort.cells().forEach(cell -> row.add(cell(cell)));
      for (int i = cohort.cells().size(); i < told.cohorts().size(); i++) {
        row.add("");
      }
      row.add(cohort.existing() ? "existing" : "");
      table.row(row.toArray(String[]::new));
    }
    List<String> together = new ArrayList<>(List.of("together", ""));
    told.together().forEach(cell -> together.add(cell(cell)));
    table.row(together.toArray(String[]::new));
    table.print(console, "");
    console.line("* not over yet");
  }

  private static String cell(Retention.Cell cell) {
    Double share = cell.share();
    return share == null
        ? "–"
        : String.format(Locale.ROOT, "%.1f%%%s", share * 100, cell.complete() ? "" : "*");
  }
}
