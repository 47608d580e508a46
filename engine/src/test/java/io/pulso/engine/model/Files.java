package io.pulso.engine.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// Model files that stand beside the tests.
final class Files {
  private Files() {}

  static String text(String name) {
    try (InputStream file = Files.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Model model(String name) {
    return ModelReader.read(name, text(name)).model();
  }
}
