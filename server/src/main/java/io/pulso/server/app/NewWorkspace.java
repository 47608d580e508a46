package io.pulso.server.app;

import io.pulso.server.event.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;

/// A workspace in the making: settings and samples, with comments that explain them.
public final class NewWorkspace {
  private static final String SETTINGS = "pulso.yaml";

  /// The sample ends so that it is no model before somebody wants it to be one.
  private static final List<String> FILES =
      List.of(
          "models/starter.yaml.sample",
          "segments/README.md",
          "playbooks/README.md",
          "surveys/README.md",
          QualityFile.NAME,
          SETTINGS);

  private NewWorkspace() {}

  /// Makes a workspace in a folder; files that are there already stay as they are.
  public static void make(Path folder, ZoneId zone) {
    if (Files.exists(folder.resolve(SETTINGS))) {
      throw new InputException(folder + " is a workspace already");
    }
    try {
      for (String file : FILES) {
        Path target = folder.resolve(file);
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        if (!Files.exists(target)) {
          Files.writeString(target, text(file, zone));
        }
      }
    } catch (IOException e) {
      throw new InputException("cannot make a workspace in " + folder + ": " + e, e);
    }
  }

  private static String text(String file, ZoneId zone) throws IOException {
    try (InputStream in = NewWorkspace.class.getResourceAsStream("workspace/" + file)) {
      String text =
          new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
      return file.equals(SETTINGS)
          ? text.replace("time_zone: UTC", "time_zone: " + zone.getId())
          : text;
    }
  }
}
