package io.pulso.server.cli;

import io.pulso.engine.model.Band;
import io.pulso.engine.segment.Segment;
import io.pulso.server.api.SegmentAnswer;
import io.pulso.server.app.AsOf;
import io.pulso.server.app.PrimaryModels;
import io.pulso.server.score.Crowds;
import io.pulso.server.segment.Memberships;
import io.pulso.server.segment.Migration;
import io.pulso.server.store.View;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "migration",
    description =
        "Tells how customers moved between bands from the end of a day to that of another.",
    mixinStandardHelpOptions = true)
final class SegmentMigrationCommand implements Served {
  private static final int USUAL_DAYS = 28;

  private final Console console;

  @Mixin private final SegmentCommands.Asked asked = new SegmentCommands.Asked();

  @Option(names = "--from", paramLabel = "DAY", description = "The day before; default 28 days.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "DAY", description = "The day after; default yesterday.")
  private @Nullable String to;

  @Option(
      names = "--segment",
      paramLabel = "SEGMENT",
      description = "Only those in it at the end of the day after.")
  private @Nullable String segment;

  SegmentMigrationCommand(Console console) {
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
      int yesterday = AsOf.yesterday(session.workspace(), Clock.systemUTC());
      int last = to == null ? yesterday : Dates.day("--to", to);
      int first = from == null ? last - USUAL_DAYS : Dates.day("--from", from);
      Crowds.InForce models = new PrimaryModels(session.models());
      String name = segment;
      Segment only = name == null ? null : SegmentCommands.find(session.workspace(), name);
      Migration migration =
          Migration.of(
              view,
              models,
              first,
              last,
              only == null ? null : Memberships.on(view, models, only, last));
      if (asked.json()) {
        console.json(SegmentAnswer.migration(migration));
      } else {
        print(migration);
      }
    }
    return Commands.DONE;
  }

  private void print(Migration migration) {
    console.line(
        "from %s (rows) to %s (columns)"
            .formatted(Numbers.day(migration.first()), Numbers.day(migration.last())));
    TextTable table = new TextTable().text("");
    migration.to().forEach(band -> table.number(band.id()));
    table.number("gone");
    for (int row = 0; row < migration.from().size(); row++) {
      Band band = migration.from().get(row);
      table.row(cells(band.id(), migration.counts()[row], migration.gone()[row]));
    }
    table.row(cells("new", migration.came(), null));
    table.print(console, "");
  }

  private static String[] cells(String name, int[] counts, @Nullable Integer gone) {
    List<String> cells = new ArrayList<>(List.of(name));
    for (int count : counts) {
      cells.add(Numbers.count(count));
    }
    cells.add(gone == null ? "" : Numbers.count(gone));
    return cells.toArray(String[]::new);
  }
}
