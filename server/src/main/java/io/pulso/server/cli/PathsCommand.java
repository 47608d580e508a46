package io.pulso.server.cli;

import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.session.PathCounter;
import io.pulso.engine.session.Step;
import io.pulso.engine.yaml.Words;
import io.pulso.server.api.PathAnswer;
import io.pulso.server.app.AsOf;
import io.pulso.server.event.InputException;
import io.pulso.server.metric.Paths;
import io.pulso.server.store.View;
import java.time.Clock;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "paths",
    description = "Tells which ways people take through pages and what they do there.",
    mixinStandardHelpOptions = true)
final class PathsCommand implements Served {
  private static final int USUAL_DAYS = 28;
  private static final int MOST_DAYS = 3_660;

  private final Console console;

  @Mixin private final InWorkspace where = new InWorkspace();

  @Option(names = "--from", paramLabel = "DAY", description = "The first day; default 28 days.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "DAY", description = "The last day; default yesterday.")
  private @Nullable String to;

  @Option(
      names = "--length",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many steps, 2 to 5; default ${DEFAULT-VALUE}.")
  private int length;

  @Option(names = "--start", paramLabel = "STEP", description = "Those that begin with that step.")
  private @Nullable String start;

  @Option(names = "--end", paramLabel = "STEP", description = "Those that end with that step.")
  private @Nullable String end;

  @Option(
      names = "--who",
      paramLabel = "anybody|identified|anonymous",
      defaultValue = "anybody",
      description = "Whose sessions; default ${DEFAULT-VALUE}.")
  private String who = "anybody";

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many are told; default ${DEFAULT-VALUE}.")
  private int limit;

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  PathsCommand(Console console) {
    this.console = console;
  }

  @Override
  public InWorkspace where() {
    return where;
  }

  @Override
  public Integer call() {
    if (length < 2 || length > PathCounter.DEPTH) {
      throw new InputException("--length is from 2 to %d".formatted(PathCounter.DEPTH));
    }
    if (limit < 1 || limit > Paths.MOST_WAYS) {
      throw new InputException("--limit is from 1 to %,d".formatted(Paths.MOST_WAYS));
    }
    Select.Who whose = whose();
    try (Session session = Session.open(where, console);
        View view = session.store().now()) {
      Period period = period(AsOf.yesterday(session.workspace(), Clock.systemUTC()));
      Paths told =
          Paths.ask(
              view,
              new Paths.Asked(period, whose, new PathCounter.Question(length, start, end), limit));
      if (json) {
        console.json(PathAnswer.json(told));
      } else {
        print(told);
      }
    }
    return Commands.DONE;
  }

  private Select.Who whose() {
    return switch (who) {
      case "anybody" -> Select.Who.ANYBODY;
      case "identified" -> Select.Who.IDENTIFIED;
      case "anonymous" -> Select.Who.ANONYMOUS;
      default ->
          throw new InputException(
              "--who takes anybody, identified or anonymous, not " + Words.quote(who));
    };
  }

  private Period period(int yesterday) {
    int last = to == null ? yesterday : Dates.day("--to", to);
    int first = from == null ? last - USUAL_DAYS + 1 : Dates.day("--from", from);
    Dates.ordered(first, last);
    if (last - first >= MOST_DAYS) {
      throw new InputException("paths are asked of at most 10 years: bring --from and --to nearer");
    }
    return new Period(first, last);
  }

  private void print(Paths told) {
    Period period = told.asked().period();
    console.line(
        "%s sessions  %s to %s"
            .formatted(
                Numbers.count(told.sessions()),
                Numbers.day(period.first()),
                Numbers.day(period.last())));
    if (!told.ways().isEmpty()) {
      console.line("");
      TextTable ways = new TextTable().number("sessions").number("of all").text("way");
      told.ways()
          .forEach(way ->
              ways.row(
                  Numbers.count(way.sessions()),
                  percent(way.sessions(), told.sessions()),
                  way.steps().stream()
                      .map(PathsCommand::shown)
                      .collect(Collectors.joining("  →  "))));
      ways.print(console, "  ");
    }
    if (!told.pages().isEmpty()) {
      console.line("");
      TextTable pages =
          new TextTable()
              .text("page")
              .number("views")
              .number("entries")
              .number("exits")
              .number("exit rate");
      told.pages().stream()
          .limit(limit)
          .forEach(page ->
              pages.row(
                  page.text().isEmpty() ? "(no name)" : Shown.text(page.text()),
                  Numbers.count(page.views()),
                  Numbers.count(page.entries()),
                  Numbers.count(page.exits()),
                  percent(page.exits(), page.views())));
      pages.print(console, "  ");
    }
  }

  private static String shown(Step step) {
    return step.text().isEmpty() ? "(no name)" : Shown.text(step.text());
  }

  private static String percent(long some, long all) {
    return String.format(Locale.ROOT, "%.1f %%", some * 100.0 / all);
  }
}
