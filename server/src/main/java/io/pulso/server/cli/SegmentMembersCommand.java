package io.pulso.server.cli;

import io.pulso.engine.model.Band;
import io.pulso.engine.segment.Segment;
import io.pulso.server.api.Answer;
import io.pulso.server.app.PrimaryModels;
import io.pulso.server.score.Roster;
import io.pulso.server.score.Rosters;
import io.pulso.server.segment.Memberships;
import io.pulso.server.store.View;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "members",
    description = "Tells who is in a segment at the end of a day, with their scores.",
    mixinStandardHelpOptions = true)
final class SegmentMembersCommand implements Served {
  private static final int LISTED = 20;

  private final Console console;

  @Mixin private final SegmentCommands.Asked asked = new SegmentCommands.Asked();

  @Parameters(paramLabel = "SEGMENT", description = "The segment.")
  private String name = "";

  @Option(names = "--day", paramLabel = "DAY", description = "The day; default yesterday.")
  private @Nullable String given;

  @Option(names = "--output", paramLabel = "FILE", description = "Writes all of them as CSV.")
  private @Nullable Path output;

  SegmentMembersCommand(Console console) {
    this.console = console;
  }

  @Override
  public InWorkspace where() {
    return asked.where();
  }

  @Override
  public @Nullable Path writes() {
    return output;
  }

  @Override
  public Integer call() {
    try (Session session = Session.open(asked.where(), console);
        View view = session.store().now()) {
      Segment segment = SegmentCommands.find(session.workspace(), name);
      int day = SegmentCommands.day(session, given);
      Rosters rosters = Rosters.ofStore();
      Roster roster =
          rosters.find(
              view,
              segment.of(),
              new PrimaryModels(session.models()).on(segment.of(), day),
              day,
              false);
      tell(segment, roster, Memberships.rows(view, roster, segment), day);
    }
    return Commands.DONE;
  }

  private void tell(Segment segment, Roster roster, BitSet rows, int day) {
    Path file = output;
    if (file != null) {
      console
          .file(file)
          .bytes(out -> {
            out.write("subject,day,score,band\n".getBytes(StandardCharsets.UTF_8));
            for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
              out.write(line(roster, row).getBytes(StandardCharsets.UTF_8));
            }
          });
    }
    if (asked.json()) {
      console.json(
          new Answer()
              .put("segment", segment.name())
              .day("day", day)
              .put("size", rows.cardinality())
              .texts("members", file == null ? ids(roster, rows, rows.cardinality()) : List.of())
              .json());
      return;
    }
    console.line(
        "%s  %s on %s"
            .formatted(segment.name(), Numbers.count(rows.cardinality()), Numbers.day(day)));
    if (file == null) {
      ids(roster, rows, LISTED).forEach(id -> console.line("  " + Shown.text(id)));
      if (rows.cardinality() > LISTED) {
        console.note("these are the first %d; --output FILE writes all".formatted(LISTED));
      }
    }
  }

  private static List<String> ids(Roster roster, BitSet rows, int most) {
    return rows.stream().limit(most).mapToObj(roster::id).toList();
  }

  private static String line(Roster roster, int row) {
    Long score = roster.score(row);
    Band band = roster.band(row);
    return "%s,%s,%s,%s\n"
        .formatted(
            Csv.field(roster.id(row)),
            Numbers.day(roster.day()),
            score == null ? "" : Numbers.exact(score),
            band == null ? "" : band.id());
  }
}
