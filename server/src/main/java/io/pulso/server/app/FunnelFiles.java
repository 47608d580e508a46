package io.pulso.server.app;

import io.pulso.engine.journey.Funnel;
import io.pulso.engine.journey.FunnelReader;
import io.pulso.engine.yaml.Words;
import io.pulso.server.event.InputException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// The funnels of a workspace: those in its files, and those that come with the program.
public final class FunnelFiles {
  private FunnelFiles() {}

  /// Those that come with the program, by id.
  public static Map<String, Funnel> builtIn() {
    Map<String, Funnel> found = new LinkedHashMap<>();
    FunnelReader.builtIn().forEach(funnel -> found.put(funnel.id(), funnel));
    return found;
  }

  /// All of them, by id. One of the workspace takes the place of one of the program.
  public static Map<String, Funnel> of(Workspace workspace) {
    Map<String, Funnel> found = new LinkedHashMap<>();
    for (Path file : workspace.funnelFiles()) {
      String label = "funnels/" + file.getFileName();
      for (Funnel funnel : FunnelReader.read(label, Workspace.text(file))) {
        if (found.putIfAbsent(funnel.id(), funnel) != null) {
          throw new InputException(
              "%s: there is a funnel %s already: give this one another id"
                  .formatted(label, Words.quote(funnel.id())));
        }
      }
    }
    builtIn().forEach(found::putIfAbsent);
    return found;
  }
}
