package io.pulso.server.cli;

import io.pulso.server.api.Answer;
import io.pulso.server.app.AsOf;
import io.pulso.server.event.InputException;
import io.pulso.server.score.InUse;
import io.pulso.server.score.Verifying;
import io.pulso.server.store.View;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "verify",
    description = "Makes subjects, units and scores anew from raw events and compares every digit.",
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Served {
  private static final int SHOWN = 100;

  private final Console console;

  @Mixin private final InWorkspace where = new InWorkspace();

  @Option(
      names = "--model",
      paramLabel = "NAME|FILE",
      description = "Compares under this model alone; default all files and published versions.")
  private @Nullable String model;

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "Compares so many random subjects of each kind; default all.")
  private @Nullable Integer sample;

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  VerifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public InWorkspace where() {
    return where;
  }

  @Override
  public List<String> reads() {
    return Served.modelFile(model);
  }

  @Override
  public Integer call() {
    if (sample != null && sample < 1) {
      throw new InputException("--sample: give a number of subjects, 1 or more");
    }
    try (Session session = Session.open(where, console)) {
      int asOf = asOf(session);
      List<InUse> models =
          model == null
              ? session.models().everything()
              : List.of(session.models().find(model, null, asOf));
      Verifying verifying = new Verifying(session.store(), RandomGenerator.of("L64X128MixRandom"));
      Verifying.Report report = verifying.run(models, sample == null ? 0 : sample, asOf);
      if (json) {
        console.json(json(report).json());
      } else {
        print(report, models);
      }
      return report.differences().isEmpty() ? Commands.DONE : Commands.NOT_ALL;
    }
  }

  private static int asOf(Session session) {
    int yesterday = AsOf.yesterday(session.workspace(), Clock.systemUTC());
    try (View view = session.store().now()) {
      OptionalInt last = view.lastDay();
      return last.isPresent() ? Math.min(last.getAsInt(), yesterday) : yesterday;
    }
  }

  private static Answer json(Verifying.Report report) {
    return new Answer()
        .put("models", report.models())
        .texts("days", report.days().stream().map(Numbers::day).toList())
        .put("subjects", report.subjects())
        .put("units", report.units())
        .put("scores", report.scores())
        .put("different", report.differences().size())
        .objects("differences", report.differences(), VerifyCommand::json);
  }

  private static Answer json(Verifying.Difference difference) {
    boolean isDay = difference.what() == Verifying.What.SUBJECT;
    Answer answer =
        new Answer()
            .put("what", difference.what().name().toLowerCase(Locale.ROOT))
            .put("model", difference.model())
            .put("subject", difference.subject())
            .put("activity", difference.activity())
            .day("day", difference.day());
    return isDay
        ? answer
            .day("stored", day(difference.stored()))
            .day("recomputed", day(difference.recomputed()))
        : answer.milli("stored", difference.stored()).milli("recomputed", difference.recomputed());
  }

  private static @Nullable Integer day(@Nullable Long day) {
    return day == null ? null : (Integer) Math.toIntExact(day);
  }

  private void print(Verifying.Report report, List<InUse> models) {
    console.line("compared with raw events:");
    TextTable table = new TextTable().number("").text("");
    table.row(Numbers.count(report.subjects()), "subjects: since when they exist, who they are");
    table.row(Numbers.count(report.units()), "days of units, activity by activity");
    table.row(
        Numbers.count(report.scores()),
        "scores as of "
            + report.days().stream().map(Numbers::day).collect(Collectors.joining(", ")));
    table.print(console, "  ");
    console.line(
        models.isEmpty()
            ? "there is no model yet, so no scores were compared"
            : "under "
                + models.stream().map(ExplainTable::under).collect(Collectors.joining("; ")));
    if (report.differences().isEmpty()) {
      console.line("every digit agrees");
      return;
    }
    console.line("\n%s differ:".formatted(Numbers.count(report.differences().size())));
    TextTable different =
        new TextTable()
            .text("what")
            .text("model")
            .text("subject")
            .text("activity")
            .text("day")
            .number("stored")
            .number("recomputed");
    report.differences().stream().limit(SHOWN).forEach(each -> different.row(cells(each)));
    different.print(console, "  ");
    if (report.differences().size() > SHOWN) {
      console.line("  … --json lists all of them");
    }
    console.note("`pulso rebuild` makes what is stored anew; please report this as a fault");
  }

  private static String[] cells(Verifying.Difference each) {
    boolean isDay = each.what() == Verifying.What.SUBJECT;
    return new String[] {
      each.what().name().toLowerCase(Locale.ROOT),
      each.model() == null ? "" : each.model(),
      each.subject(),
      each.activity() == null ? "" : each.activity(),
      each.day() == null ? "" : Numbers.day(each.day()),
      value(each.stored(), isDay),
      value(each.recomputed(), isDay)
    };
  }

  private static String value(@Nullable Long value, boolean isDay) {
    if (value == null) {
      return "none";
    }
    return isDay ? Numbers.day(Math.toIntExact(value)) : Numbers.plain(value);
  }
}
