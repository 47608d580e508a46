package io.pulso.server.cli;

import io.pulso.engine.model.Activity;
import io.pulso.engine.model.Band;
import io.pulso.engine.score.NextStep;
import io.pulso.server.api.NextAnswer;
import io.pulso.server.score.InUse;
import io.pulso.server.score.Individual;
import io.pulso.server.score.NextSteps;
import io.pulso.server.store.View;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "next",
    description = "Says how little more of what would lift somebody into the next band.",
    mixinStandardHelpOptions = true)
final class NextCommand implements Served {
  private final Console console;

  @Parameters(paramLabel = "ID", description = "A customer or an account, as the model scores.")
  private String id = "";

  @Mixin private Asking asking = new Asking();

  @Option(names = "--as-of", paramLabel = "DAY", description = "The day; default yesterday.")
  private @Nullable String asOf;

  NextCommand(Console console) {
    this.console = console;
  }

  @Override
  public InWorkspace where() {
    return asking.where();
  }

  @Override
  public List<String> reads() {
    return asking.reads();
  }

  @Override
  public Integer call() {
    Integer given = asOf == null ? null : (Integer) Dates.day("--as-of", asOf);
    try (Session session = asking.open(console);
        View view = session.store().now()) {
      int day = given != null ? given : asking.asOf(session, view, console);
      InUse use = asking.use(session, day);
      Individual who = Individual.scored(view, use.model().subject(), id);
      NextSteps.Ways ways = new NextSteps(view).of(use, who, day);
      if (asking.json()) {
        console.json(NextAnswer.json(ways));
      } else {
        print(ways);
      }
    }
    return Commands.DONE;
  }

  private void print(NextSteps.Ways ways) {
    Band band = ways.band();
    Band next = ways.next();
    String who = Shown.text(ways.who().id());
    if (ways.score() == null || band == null) {
      console.line(who + " has no score: some of its points are beyond all bounds");
      return;
    }
    console.line(
        "%s  %s on %s: %s  under %s"
            .formatted(
                who,
                Numbers.plain(ways.score()),
                Numbers.day(ways.asOf()),
                ExplainTable.title(band),
                ExplainTable.under(ways.use())));
    if (next == null) {
      console.line("\n  This is the highest band.");
      return;
    }
    console.line(
        "\n  %s points more make it %s. Each of these alone would move the score that far on this day:\n"
            .formatted(Numbers.plain(ways.missing()), ExplainTable.title(next)));
    TextTable table = new TextTable().number("more").text("of").text("");
    ways.steps().forEach(step -> table.row(more(step), title(ways, step), beside(step)));
    if (table.isEmpty()) {
      console.line("  No activity of the model adds points.");
    }
    table.print(console, "  ");
  }

  private static String more(NextStep step) {
    return step.units() == null ? "capped" : Numbers.plain(step.units());
  }

  private static String title(NextSteps.Ways ways, NextStep step) {
    return ways.use().model().activities().stream()
        .filter(each -> each.name().equals(step.activity()))
        .map(Activity::title)
        .findFirst()
        .map(title -> title.in("en"))
        .map(title -> "%s (%s)".formatted(title, step.activity()))
        .orElse(step.activity());
  }

  private static String beside(NextStep step) {
    if (step.usualWeekly() == 0) {
      return step.isCapped() ? "" : "none in a usual week";
    }
    String usual = "%s in a usual week".formatted(Numbers.plain(step.usualWeekly()));
    return step.isCapped()
        ? usual
        : "%s, so %s weeks' worth"
            .formatted(usual, String.format(Locale.ROOT, "%.1f", step.weeks()));
  }
}
