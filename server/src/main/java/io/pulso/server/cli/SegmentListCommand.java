package io.pulso.server.cli;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.model.Model;
import io.pulso.engine.segment.Segment;
import io.pulso.server.api.Answer;
import io.pulso.server.api.SegmentAnswer;
import io.pulso.server.api.SegmentShelf;
import io.pulso.server.app.SegmentFolder;
import io.pulso.server.score.Crowd;
import io.pulso.server.segment.Memberships;
import io.pulso.server.store.View;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "list",
    description = "Lists the segments of the workspace with their sizes.",
    mixinStandardHelpOptions = true)
final class SegmentListCommand implements Served {
  private final Console console;

  @Mixin private final SegmentCommands.Asked asked = new SegmentCommands.Asked();

  @Option(
      names = "--day",
      paramLabel = "DAY",
      description = "At whose end they are counted; default yesterday.")
  private @Nullable String given;

  SegmentListCommand(Console console) {
    this.console = console;
  }

  @Override
  public InWorkspace where() {
    return asked.where();
  }

  @Override
  public Integer call() {
    boolean wrong = false;
    try (Session session = Session.open(asked.where(), console);
        View view = session.store().now()) {
      SegmentFolder folder = new SegmentFolder(session.workspace());
      for (SegmentShelf.Draft draft : folder.all()) {
        draft.faults().forEach(console::note);
        wrong |= draft.segment() == null;
      }
      print(session, view, folder.segments(), SegmentCommands.day(session, given));
    }
    return wrong ? Commands.NOT_ALL : Commands.DONE;
  }

  private void print(Session session, View view, Map<String, Segment> all, int day) {
    Map<Model.Subject, Crowd> crowds = new EnumMap<>(Model.Subject.class);
    Answer answer = new Answer().day("day", day);
    TextTable table = new TextTable().text("segment").text("of").number("size").text("when");
    List<Answer> rows =
        all.values().stream()
            .map(segment -> {
              Crowd crowd =
                  crowds.computeIfAbsent(
                      segment.of(),
                      kind -> SegmentCommands.crowds(session, view, kind, day).on(day));
              int size = Memberships.rows(view, crowd, segment).cardinality();
              table.row(
                  segment.name(),
                  SegmentAnswer.kind(segment.of()),
                  Numbers.count(size),
                  segment.members() instanceof Segment.Rule(Expression when)
                      ? Shown.text(when.text())
                      : "(list)");
              return SegmentAnswer.of(segment).put("size", size);
            })
            .toList();
    if (asked.json()) {
      console.json(answer.objects("segments", rows, row -> row).json());
    } else if (rows.isEmpty()) {
      console.note("there is no segment yet: write one into the folder segments/ of the workspace");
    } else {
      table.print(console, "");
    }
  }
}
