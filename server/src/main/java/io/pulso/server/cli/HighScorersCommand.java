package io.pulso.server.cli;

import io.pulso.engine.journey.Contrast;
import io.pulso.engine.metric.Interval;
import io.pulso.server.api.HighScorersAnswer;
import io.pulso.server.app.AsOf;
import io.pulso.server.app.PrimaryModels;
import io.pulso.server.journey.HighScorers;
import io.pulso.server.score.Rosters;
import io.pulso.server.store.View;
import java.time.Clock;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "high-scorers",
    description = "Tells what customers with high scores do oftener than others.",
    mixinStandardHelpOptions = true)
final class HighScorersCommand implements Served {
  private static final int USUAL_DAYS = 28;

  private final Console console;

  @Mixin private final InWorkspace where = new InWorkspace();

  @Option(names = "--from", paramLabel = "DAY", description = "The first day; default 28 days.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "DAY", description = "The last day; default yesterday.")
  private @Nullable String to;

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  HighScorersCommand(Console console) {
    this.console = console;
  }

  @Override
  public InWorkspace where() {
    return where;
  }

  @Override
  public Integer call() {
    try (Session session = Session.open(where, console);
        View view = session.store().now()) {
      int yesterday = AsOf.yesterday(session.workspace(), Clock.systemUTC());
      HighScorers told =
          HighScorers.ask(
              view,
              new PrimaryModels(session.models()),
              Rosters.ofStore(),
              JourneyDays.period(from, to, USUAL_DAYS, yesterday),
              yesterday + 1);
      if (json) {
        console.json(HighScorersAnswer.json(told));
      } else {
        print(told);
      }
    }
    return Commands.DONE;
  }

  private void print(HighScorers told) {
    console.line(
        "%s customers with high scores beside %s others who were active, %s to %s"
            .formatted(
                Numbers.count(told.high()),
                Numbers.count(told.low()),
                Numbers.day(told.period().first()),
                Numbers.day(told.period().last())));
    if (told.lines().isEmpty()) {
      console.line(
          "with fewer than %d on either side nothing is compared".formatted(HighScorers.LEAST));
      return;
    }
    TextTable table =
        new TextTable()
            .text("activity")
            .number("high")
            .number("others")
            .number("times")
            .text("95 %")
            .text("");
    for (Contrast one : told.lines()) {
      Double lift = one.lift();
      Interval between = one.liftBetween();
      table.row(
          one.name(),
          JourneyDays.percent(one.high(), one.highs()),
          JourneyDays.percent(one.low(), one.lows()),
          lift == null ? "–" : decimal(lift),
          between == null ? "" : decimal(between.low()) + " – " + decimal(between.high()),
          one.told() ? "" : "may be chance");
    }
    console.line("");
    table.print(console, "");
  }

  private static String decimal(double number) {
    return String.format(Locale.ROOT, "%.2f", number);
  }
}
