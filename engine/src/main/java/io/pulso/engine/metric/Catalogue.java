package io.pulso.engine.metric;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// The metrics that come with the program.
public final class Catalogue {
  private static final String FILE = "metrics.yaml";
  private static final List<Metric> ALL = MetricReader.read(FILE, text()).metrics();

  private Catalogue() {}

  public static List<Metric> all() {
    return ALL;
  }

  private static String text() {
    try (InputStream file = Catalogue.class.getResourceAsStream(FILE)) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
