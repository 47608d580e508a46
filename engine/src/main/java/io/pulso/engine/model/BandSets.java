package io.pulso.engine.model;

import io.pulso.engine.yaml.Fields;
import io.pulso.engine.yaml.Notes;
import io.pulso.engine.yaml.Yaml;
import io.pulso.engine.yaml.YamlText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The built-in bands, with their texts in English, Spanish, Italian and Chinese.
public final class BandSets {
  private static final String FILE = "band-sets.yaml";
  private static final Notes FAULTS = new Notes(FILE);
  private static final Fields SETS = sets();
  private static final List<Band> POINTS = set(BandReader.POINTS, Map.of());
  private static final Map<String, Band> BY_ID =
      POINTS.stream().collect(Collectors.toUnmodifiableMap(Band::id, Function.identity()));
  private static final List<Band> WEIGHTED = set(BandReader.WEIGHTED, BY_ID);

  private BandSets() {}

  /// Five bands, for models of points.
  public static List<Band> points() {
    return POINTS;
  }

  /// Three bands, for weighted models.
  public static List<Band> weighted() {
    return WEIGHTED;
  }

  static Map<String, Band> byId() {
    return BY_ID;
  }

  private static Fields sets() {
    Yaml root = YamlText.read(text(), FAULTS);
    List<String> known = List.of(BandReader.POINTS, BandReader.WEIGHTED);
    return Objects.requireNonNull(Fields.of(Objects.requireNonNull(root), "", known, FAULTS));
  }

  private static List<Band> set(String name, Map<String, Band> builtIn) {
    List<Band> bands = List.copyOf(BandReader.list(SETS, name, builtIn));
    if (!FAULTS.isEmpty()) {
      throw new ModelException(FAULTS.list());
    }
    return bands;
  }

  private static String text() {
    try (InputStream file = BandSets.class.getResourceAsStream(FILE)) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
