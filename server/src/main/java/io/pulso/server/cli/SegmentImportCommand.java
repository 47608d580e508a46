package io.pulso.server.cli;

import io.pulso.engine.segment.Segment;
import io.pulso.server.api.SegmentAnswer;
import io.pulso.server.event.InputException;
import io.pulso.server.segment.ListFile;
import io.pulso.server.store.SegmentLists;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "import",
    description =
        "Puts the ids of a file on the list of a segment: one a line, or the first column of a CSV file.",
    mixinStandardHelpOptions = true)
final class SegmentImportCommand implements Served {
  private static final int LISTED = 10;

  private final Console console;

  @Mixin private final SegmentCommands.Asked asked = new SegmentCommands.Asked();

  @Parameters(index = "0", paramLabel = "SEGMENT", description = "A segment with list: true.")
  private String name = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "The ids.")
  private Path file = Path.of("");

  @Option(names = "--replace", description = "Takes all others off the list.")
  private boolean replace;

  @Option(names = "--remove", description = "Takes these off the list.")
  private boolean remove;

  SegmentImportCommand(Console console) {
    this.console = console;
  }

  @Override
  public InWorkspace where() {
    return asked.where();
  }

  @Override
  public List<String> reads() {
    return List.of(file.toString());
  }

  @Override
  public Integer call() {
    if (replace && remove) {
      throw new InputException("give --replace or --remove, not both");
    }
    List<String> ids = ListFile.ids(console.text(file));
    SegmentLists.Changed changed;
    try (Session session = Session.open(asked.where(), console)) {
      Segment segment = SegmentCommands.find(session.workspace(), name);
      SegmentCommands.needList(segment);
      long now = Clock.systemUTC().millis() * 1000;
      SegmentLists lists = session.store().byHand().segments();
      changed =
          remove
              ? lists.remove(segment.name(), segment.of(), ids, now)
              : lists.put(segment.name(), segment.of(), ids, replace, now);
    }
    if (asked.json()) {
      console.json(SegmentAnswer.changed(changed));
    } else {
      tell(changed);
    }
    return changed.unknown().isEmpty() ? Commands.DONE : Commands.NOT_ALL;
  }

  private void tell(SegmentLists.Changed changed) {
    console.line(
        "read %s: added %s, were there %s, removed %s, unknown %s"
            .formatted(
                Numbers.count(changed.read()),
                Numbers.count(changed.added()),
                Numbers.count(changed.kept()),
                Numbers.count(changed.removed()),
                Numbers.count(changed.unknown().size())));
    changed.unknown().stream()
        .limit(LISTED)
        .forEach(id -> console.note("nobody has the id " + Shown.text(id)));
  }
}
