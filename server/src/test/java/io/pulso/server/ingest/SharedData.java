package io.pulso.server.ingest;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// The real data sets that may lie beside the project.
public final class SharedData {
  private SharedData() {}

  /// A file or folder of them; where it is absent the test is skipped and says so.
  public static Path path(String name) {
    Path root = Path.of("").toAbsolutePath();
    while (root.getParent() != null && !Files.exists(root.resolve("shared/data"))) {
      root = root.getParent();
    }
    Path found = root.resolve("shared/data").resolve(name);
    Assumptions.assumeTrue(
        Files.exists(found), "skipped: shared/data/" + name + " is not beside the project");
    return found;
  }
}
