package io.pulso.server.cli;

import io.pulso.server.app.Workspace;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The option that says which workspace is meant.
final class InWorkspace {
  @Option(
      names = "--workspace",
      paramLabel = "DIR",
      description = "The workspace; default the nearest folder upwards with a pulso.yaml.")
  private @Nullable Path folder;

  Workspace open() {
    return Workspace.open(folder);
  }

  /// The workspace that is named, else the nearest, if there is one.
  Optional<Workspace> find() {
    return folder == null ? Workspace.find() : Optional.of(open());
  }
}
