package io.pulso.server.cli;

import io.pulso.engine.metric.Contrast;
import io.pulso.engine.metric.Interval;
import io.pulso.engine.metric.Period;
import io.pulso.engine.segment.Segment;
import io.pulso.server.api.ComparisonAnswer;
import io.pulso.server.app.AsOf;
import io.pulso.server.app.MetricFiles;
import io.pulso.server.app.PrimaryModels;
import io.pulso.server.app.SegmentFolder;
import io.pulso.server.app.Workspace;
import io.pulso.server.segment.Comparing;
import io.pulso.server.segment.Comparison;
import io.pulso.server.store.View;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "compare",
    description = "Compares two segments of customers on scores, every metric and every activity.",
    mixinStandardHelpOptions = true)
final class SegmentCompareCommand implements Served {
  private static final int USUAL_DAYS = 28;

  private final Console console;

  @Mixin private final SegmentCommands.Asked asked = new SegmentCommands.Asked();

  @Parameters(index = "0", paramLabel = "ONE", description = "A segment.")
  private String one = "";

  @Parameters(index = "1", paramLabel = "OTHER", description = "Another segment.")
  private String other = "";

  @Option(names = "--from", paramLabel = "DAY", description = "The first day; default 28 days.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "DAY", description = "The last day; default yesterday.")
  private @Nullable String to;

  SegmentCompareCommand(Console console) {
    this.console = console;
  }

  @Override
  public InWorkspace where() {
    return asked.where();
  }

  @Override
  public Integer call() {
    try (Session session = Session.open(asked.where(), console);
        View view = session.store().now()) {
      Workspace workspace = session.workspace();
      Map<String, Segment> all = SegmentCommands.all(workspace);
      int yesterday = AsOf.yesterday(workspace, Clock.systemUTC());
      int last = to == null ? yesterday : Dates.day("--to", to);
      int first = from == null ? last - USUAL_DAYS + 1 : Dates.day("--from", from);
      Dates.ordered(first, last);
      Comparison comparison =
          Comparing.of(
              view,
              new PrimaryModels(session.models()),
              new Comparing.Question(
                  SegmentFolder.find(all, one),
                  SegmentFolder.find(all, other),
                  new Period(first, last),
                  MetricFiles.of(workspace).values(),
                  null,
                  yesterday + 1));
      if (asked.json()) {
        console.json(ComparisonAnswer.json(comparison));
      } else {
        print(comparison);
      }
    }
    return Commands.DONE;
  }

  private void print(Comparison comparison) {
    console.line(
        "%s to %s, who was in them at the end of %s"
            .formatted(
                Numbers.day(comparison.period().first()),
                Numbers.day(comparison.period().last()),
                Numbers.day(comparison.day())));
    TextTable table =
        new TextTable()
            .text("")
            .number(side(comparison.one()))
            .number(side(comparison.other()))
            .number("difference")
            .text("95 %")
            .text("");
    comparison
        .rows()
        .forEach(row -> {
          Contrast contrast = row.contrast();
          Interval interval = contrast.interval();
          table.row(
              row.id() + per(row.per()),
              number(contrast.one()),
              number(contrast.other()),
              number(contrast.difference()),
              interval == null ? "" : number(interval.low()) + " to " + number(interval.high()),
              said(row));
        });
    table.print(console, "");
    if (comparison.both() > 0) {
      console.note("%s are in both".formatted(Numbers.count(comparison.both())));
    }
    console.note(
        "%d differences were tested together; of those that are told at most one in twenty is chance"
            .formatted(comparison.tested()));
  }

  private static String side(Comparison.Side side) {
    return "%s (%s)".formatted(side.segment().name(), Numbers.count(side.size()));
  }

  private static String per(Comparison.Per per) {
    return switch (per) {
      case SEGMENT -> "";
      case CUSTOMER -> " per customer";
      case SHARE -> " % of customers";
    };
  }

  private static String said(Comparison.Row row) {
    if (row.differs() == null) {
      return row.isSmall() ? "too few" : "";
    }
    String turn =
        row.contrast().turns() ? ", the other way round with the same plan and tenure" : "";
    return (Boolean.TRUE.equals(row.differs()) ? "differs" : "cannot tell") + turn;
  }

  private static String number(@Nullable Double value) {
    if (value == null) {
      return "–";
    }
    String shown = String.format(Locale.ROOT, "%,.2f", value);
    return shown.equals("-0.00") ? "0.00" : shown;
  }
}
