package io.pulso.server.app;

import io.pulso.server.event.InputException;
import io.pulso.server.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;

/// Another time zone that an administrator asked for on the pages. A running server counts days in
/// the one that it was started with, so all days are made anew when it starts again.
final class NewZone {
  private static final System.Logger LOG = System.getLogger(NewZone.class.getName());

  private NewZone() {}

  /// The file that says that it was asked for; a zone that was only written into `pulso.yaml` is
  /// none, since it may be a slip.
  private static Path mark(Workspace workspace) {
    return workspace.folder().resolve("data").resolve("new-time-zone");
  }

  static void ask(Workspace workspace, ZoneId zone) {
    Path mark = mark(workspace);
    new OutFile(mark).bytes(out -> out.write(zone.getId().getBytes(StandardCharsets.UTF_8)));
  }

  static void forget(Workspace workspace) {
    try {
      Files.deleteIfExists(mark(workspace));
    } catch (IOException e) {
      throw new InputException("cannot delete " + mark(workspace) + ": " + e.getMessage(), e);
    }
  }

  static boolean isAsked(Workspace workspace, ZoneId zone) {
    Path mark = mark(workspace);
    return Files.isRegularFile(mark) && Workspace.text(mark).equals(zone.getId());
  }

  /// The store of a workspace, with days of its zone: made anew where that was asked for.
  static Store open(Workspace workspace) {
    try {
      Store store = workspace.store();
      forget(workspace);
      return store;
    } catch (Store.ZoneChanged e) {
      if (!isAsked(workspace, workspace.settings().zone())) {
        throw e;
      }
      LOG.log(
          System.Logger.Level.INFO,
          "all days are made anew for the time zone {0}",
          workspace.settings().zone());
    }
    try (Store store = workspace.storeForRebuild()) {
      store.rebuild(
          new Models(workspace, store)
              .usable(warning -> LOG.log(System.Logger.Level.WARNING, warning)));
    }
    forget(workspace);
    return workspace.store();
  }
}
