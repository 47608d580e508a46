package io.pulso.server.sample;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// The files of a new workspace: settings, commented models and segments.
public final class WorkspaceTemplate {
  public static final String SETTINGS = "pulso.yaml";

  /// Paths inside the workspace, settings first.
  public static final List<String> FILES =
      List.of(
          SETTINGS,
          "models/product-engagement.yaml",
          "models/account-engagement.yaml",
          "models/renewal-health.yaml",
          "models/icp-fit.yaml",
          "segments/quiet-payers.yaml",
          "segments/power-users.yaml",
          "segments/accounts-at-risk.yaml");

  private WorkspaceTemplate() {}

  /// The text of one of [#FILES].
  public static byte[] read(String file) throws IOException {
    try (InputStream in = WorkspaceTemplate.class.getResourceAsStream("workspace/" + file)) {
      return Objects.requireNonNull(in, file).readAllBytes();
    }
  }

  /// Writes all files into a folder. Nothing is written where one of them is there already.
  ///
  /// @throws FileAlreadyExistsException with the path of that file
  public static void copyTo(Path folder) throws IOException {
    for (String file : FILES) {
      Path target = folder.resolve(file);
      if (Files.exists(target)) {
        throw new FileAlreadyExistsException(target.toString());
      }
    }
    for (String file : FILES) {
      Path target = folder.resolve(file);
      Files.createDirectories(Objects.requireNonNull(target.getParent()));
      Files.write(target, read(file));
    }
  }
}
