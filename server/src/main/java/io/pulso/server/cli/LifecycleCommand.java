package io.pulso.server.cli;

import io.pulso.engine.journey.Lifecycle;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.model.Model;
import io.pulso.server.api.JourneyAnswer;
import io.pulso.server.app.AsOf;
import io.pulso.server.app.Workspace;
import io.pulso.server.journey.LifecycleAsked;
import io.pulso.server.journey.Lifecycles;
import io.pulso.server.journey.RetentionAsked;
import io.pulso.server.store.View;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "lifecycle",
    description = "Tells who is new, stays, comes back or falls silent, from period to period.",
    mixinStandardHelpOptions = true)
final class LifecycleCommand implements Served {
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

  @Option(names = "--per", paramLabel = "customer|account", description = "Of whom.")
  private @Nullable String per;

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  LifecycleCommand(Console console) {
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
    try (Session session = Session.open(where, console);
        View view = session.store().now()) {
      Workspace workspace = session.workspace();
      int yesterday = AsOf.yesterday(workspace, Clock.systemUTC());
      int usual = RetentionAsked.usual(cut, yesterday + 1).days();
      Period period = JourneyDays.period(from, to, usual, yesterday);
      LifecycleAsked asked =
          new LifecycleAsked(
              whose,
              Select.Who.IDENTIFIED,
              cut,
              period,
              workspace.settings().weekStart(),
              yesterday + 1);
      List<Lifecycle.Stage> stages = Lifecycles.ask(view, asked);
      if (json) {
        console.json(JourneyAnswer.json(asked, stages));
      } else {
        print(stages);
      }
    }
    return Commands.DONE;
  }

  private void print(List<Lifecycle.Stage> stages) {
    TextTable table =
        new TextTable()
            .text("from")
            .text("to")
            .number("active")
            .number("new")
            .number("returning")
            .number("resurrecting")
            .number("dormant")
            .text("");
    stages.forEach(stage ->
        table.row(
            Numbers.day(stage.period().first()),
            Numbers.day(stage.period().last()),
            Numbers.count(stage.active()),
            Numbers.count(stage.fresh()),
            Numbers.count(stage.returning()),
            Numbers.count(stage.resurrecting()),
            Numbers.count(stage.dormant()),
            note(stage)));
    table.print(console, "");
  }

  private static String note(Lifecycle.Stage stage) {
    return !stage.complete() ? "not over yet" : stage.existing() ? "the new may be existing" : "";
  }
}
