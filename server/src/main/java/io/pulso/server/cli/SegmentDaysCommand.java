package io.pulso.server.cli;

import io.pulso.engine.segment.Segment;
import io.pulso.server.api.SegmentAnswer;
import io.pulso.server.app.AsOf;
import io.pulso.server.app.PrimaryModels;
import io.pulso.server.segment.Flow;
import io.pulso.server.store.View;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "days",
    description = "Tells day by day how many are in a segment, came into it and left it.",
    mixinStandardHelpOptions = true)
final class SegmentDaysCommand implements Served {
  private static final int USUAL_DAYS = 28;

  private final Console console;

  @Mixin private final SegmentCommands.Asked asked = new SegmentCommands.Asked();

  @Parameters(paramLabel = "SEGMENT", description = "The segment.")
  private String name = "";

  @Option(names = "--from", paramLabel = "DAY", description = "The first day; default 28 days.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "DAY", description = "The last day; default yesterday.")
  private @Nullable String to;

  SegmentDaysCommand(Console console) {
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
      Segment segment = SegmentCommands.find(session.workspace(), name);
      int yesterday = AsOf.yesterday(session.workspace(), Clock.systemUTC());
      int last = to == null ? yesterday : Dates.day("--to", to);
      int first = from == null ? last - USUAL_DAYS + 1 : Dates.day("--from", from);
      Dates.ordered(first, last);
      List<Flow.Day> days =
          Flow.of(view, new PrimaryModels(session.models()), segment, first, last);
      if (asked.json()) {
        console.json(SegmentAnswer.days(segment, days));
      } else {
        print(days);
      }
    }
    return Commands.DONE;
  }

  private void print(List<Flow.Day> days) {
    TextTable table = new TextTable().text("day").number("size").number("entered").number("left");
    days.forEach(day ->
        table.row(
            Numbers.day(day.day()),
            Numbers.count(day.size()),
            Numbers.count(day.entered().cardinality()),
            Numbers.count(day.left().cardinality())));
    table.print(console, "");
  }
}
