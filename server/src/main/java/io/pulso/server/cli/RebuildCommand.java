package io.pulso.server.cli;

import io.pulso.server.app.Keeper;
import io.pulso.server.app.Models;
import io.pulso.server.app.Workspace;
import io.pulso.server.store.Compaction;
import io.pulso.server.store.Store;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "rebuild",
    description =
        "Makes everything that is derived from the stored events anew, and writes the store compactly.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class RebuildCommand implements Callable<Integer> {
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
  public Integer call() {
    Workspace workspace = where.open();
    try (Store store = timeZone ? workspace.storeForRebuild() : workspace.store()) {
      store.rebuild(new Models(workspace, store).usable(console::note));
    }
    Compaction.Sizes sizes =
        Keeper.closed(
            workspace,
            Clock.systemUTC(),
            keeper -> {
              keeper.retention();
              return keeper.rewrite();
            });
    console.note(
        "made all days anew for %s; the store was %s and is %s"
            .formatted(workspace.settings().zone(), size(sizes.before()), size(sizes.after())));
    return Commands.DONE;
  }

  static String size(long bytes) {
    return bytes < 10_000_000
        ? String.format(Locale.ROOT, "%,d KB", bytes / 1000)
        : String.format(Locale.ROOT, "%,d MB", bytes / 1_000_000);
  }
}
