package io.pulso.server.cli;

import io.pulso.engine.model.Model;
import io.pulso.engine.segment.Segment;
import io.pulso.server.app.AsOf;
import io.pulso.server.app.PrimaryModels;
import io.pulso.server.app.SegmentFolder;
import io.pulso.server.app.Workspace;
import io.pulso.server.event.InputException;
import io.pulso.server.score.Crowds;
import io.pulso.server.store.View;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Segments at the command line.
@Command(
    name = "segment",
    description = "Lists segments, tells who is in them, who came and went, and how two differ.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class SegmentCommands implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private SegmentCommands() {}

  static CommandLine tree(Console console) {
    CommandLine tree = new CommandLine(new SegmentCommands());
    tree.addSubcommand(new SegmentListCommand(console));
    tree.addSubcommand(new SegmentMembersCommand(console));
    tree.addSubcommand(new SegmentDaysCommand(console));
    tree.addSubcommand(new SegmentCompareCommand(console));
    tree.addSubcommand(new SegmentMigrationCommand(console));
    tree.addSubcommand(new SegmentImportCommand(console));
    return tree;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "say what to do: pulso segment list, members, days, compare, migration or import");
  }

  /// The options that most of them have.
  static final class Asked {
    @Mixin private final InWorkspace where = new InWorkspace();

    @Option(names = "--json", description = "Answer in JSON.")
    private boolean json;

    InWorkspace where() {
      return where;
    }

    boolean json() {
      return json;
    }
  }

  /// The day that is meant: yesterday where none is given.
  static int day(Session session, @Nullable String given) {
    return given == null
        ? AsOf.yesterday(session.workspace(), Clock.systemUTC())
        : Dates.day("--day", given);
  }

  static Map<String, Segment> all(Workspace workspace) {
    return new SegmentFolder(workspace).segments();
  }

  static Segment find(Workspace workspace, String name) {
    return SegmentFolder.find(all(workspace), name);
  }

  static Crowds crowds(Session session, View view, Model.Subject kind, int day) {
    return new Crowds(view, kind, new PrimaryModels(session.models()), day, day);
  }

  /// Refuses a segment that has no list.
  static void needList(Segment segment) {
    if (!(segment.members() instanceof Segment.Listed)) {
      throw new InputException(
          "the segment '%s' has a rule and no list: ids can be put on the list of one with list: true"
              .formatted(segment.name()));
    }
  }
}
