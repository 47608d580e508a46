package io.pulso.server.cli;

import io.pulso.server.app.Keeper;
import io.pulso.server.app.Workspace;
import io.pulso.server.event.InputException;
import io.pulso.server.store.Compaction;
import io.pulso.server.store.Store;
import java.time.Clock;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "rebuild",
    description =
        "Makes everything that is derived from the stored events anew, and writes the store compactly.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class RebuildCommand implements Served {
  private final Console console;

  @Mixin private final InWorkspace where = new InWorkspace();

  @Option(
      names = "--time-zone",
      description = "Makes all days anew for the time zone that pulso.yaml says now.")
  private boolean timeZone;

  RebuildCommand(Console console) {
    this.console = console;
  }

  @Override
  public InWorkspace where() {
    return where;
  }

  @Override
  public boolean changes() {
    return true;
  }

  @Override
  public Integer call() {
    Workspace workspace = console.workspace(where);
    if (timeZone && console.held() != null) {
      throw new InputException(
          "a server counts days in the time zone that it was started with: stop it, run this again, and start it");
    }
    try (Store store = timeZone ? workspace.storeForRebuild() : console.store(workspace)) {
      store.rebuild(console.models(workspace, store).usable(console::note));
    }
    Console.Held held = console.held();
    Compaction.Sizes sizes =
        held == null
            ? Keeper.closed(workspace, Clock.systemUTC(), RebuildCommand::tidied)
            : tidied(held.holder().keeper());
    console.note(
        "made all days anew for %s; the store was %s and is %s"
            .formatted(workspace.settings().zone(), size(sizes.before()), size(sizes.after())));
    return Commands.DONE;
  }

  private static Compaction.Sizes tidied(Keeper keeper) {
    keeper.retention();
    return keeper.rewrite();
  }

  static String size(long bytes) {
    return bytes < 10_000_000
        ? String.format(Locale.ROOT, "%,d KB", bytes / 1000)
        : String.format(Locale.ROOT, "%,d MB", bytes / 1_000_000);
  }
}
