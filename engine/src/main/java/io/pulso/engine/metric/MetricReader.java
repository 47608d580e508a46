package io.pulso.engine.metric;

import io.pulso.engine.expr.Path;
import io.pulso.engine.model.ModelException;
import io.pulso.engine.model.TextsReader;
import io.pulso.engine.yaml.Fields;
import io.pulso.engine.yaml.Notes;
import io.pulso.engine.yaml.Words;
import io.pulso.engine.yaml.Yaml;
import io.pulso.engine.yaml.YamlText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads files of metrics.
public final class MetricReader {
  static final List<String> FIELDS =
      List.of("id", "title", "definition", "kind", "good", "usual", "resample", "is");
  private static final List<String> RANGE = List.of("min", "max");
  private static final int MOST = 500;
  private static final int LONGEST_ID = 64;
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z0-9_]+)*");
  private static final long MOST_USUAL = 1_000_000_000_000L;

  static final Map<String, Metric.Kind> KINDS =
      Map.of(
          "count", Metric.Kind.COUNT,
          "customers", Metric.Kind.CUSTOMERS,
          "percent", Metric.Kind.PERCENT,
          "number", Metric.Kind.NUMBER,
          "score", Metric.Kind.SCORE,
          "nps", Metric.Kind.NPS,
          "money", Metric.Kind.MONEY,
          "seconds", Metric.Kind.SECONDS);
  static final Map<String, Metric.Direction> GOOD =
      Map.of(
          "up", Metric.Direction.UP,
          "down", Metric.Direction.DOWN,
          "neither", Metric.Direction.NEITHER);

  private final Notes faults;
  private final Notes warnings;

  private MetricReader(String fileName) {
    this.faults = new Notes(fileName);
    this.warnings = new Notes(fileName);
  }

  /// The metrics of a file, and what their author should look at.
  public record MetricFile(List<Metric> metrics, List<String> warnings) {}

  /// The metrics in the text of a file. Throws with every fault that was found.
  public static MetricFile read(String fileName, String text) {
    return new MetricReader(fileName).read(text);
  }

  private MetricFile read(String text) {
    Yaml root = YamlText.read(text, faults);
    if (root == null && faults.isEmpty()) {
      faults.add(1, "the file is empty; it needs 'metrics' with at least one of them");
    }
    Fields file = root == null ? null : Fields.of(root, "", List.of("metrics"), faults);
    List<Metric> metrics = new ArrayList<>();
    if (file != null && file.require("metrics")) {
      Set<String> ids = new HashSet<>();
      for (Yaml item : file.items("metrics", MOST)) {
        Metric metric = metric(item);
        if (metric != null && !ids.add(metric.id())) {
          faults.add(item.line(), "metric " + Words.quote(metric.id()) + " is there twice");
        } else if (metric != null) {
          metrics.add(metric);
        }
      }
    }
    if (!faults.isEmpty()) {
      throw new ModelException(faults.list());
    }
    return new MetricFile(List.copyOf(metrics), warnings.list());
  }

  private @Nullable Metric metric(Yaml item) {
    Fields unnamed = Fields.of(item, "metric", FIELDS, new Notes(""));
    Yaml.Scalar named = unnamed == null ? null : unnamed.scalar("id", "a name");
    String place = named == null ? "metric" : "metric " + Words.quote(named.text());
    Fields fields = Fields.of(item, place, FIELDS, faults);
    if (fields == null) {
      return null;
    }
    String id = id(fields);
    fields.require("kind");
    Metric.Kind kind = fields.choice("kind", KINDS);
    Metric.Direction good = fields.choice("good", GOOD);
    fields.require("is");
    Measure measure = new MeasureReader(place, faults, warnings).read(fields.get("is"));
    if (measure instanceof Measure.Numbers) {
      fields.fault("is", "'is' must be one value: use mean, median, percentile, nps or at_least");
    }
    Metric.Range range = range(fields);
    Path resample = resample(fields);
    if (id == null || kind == null || measure == null) {
      return null;
    }
    Metric metric =
        new Metric(
            id,
            TextsReader.read(fields, "title", TextsReader.TITLE),
            TextsReader.read(fields, "definition", TextsReader.LONG),
            kind,
            good == null ? Metric.Direction.NEITHER : good,
            measure,
            range,
            resample);
    if (resample != null && Draws.of(metric) == null) {
      fields.fault(
          "resample",
          "'resample' belongs to events, distinct and total, and to their sums, differences and ratios; remove it");
    }
    return metric;
  }

  private static @Nullable Path resample(Fields fields) {
    Yaml.Scalar word = fields.scalar("resample", "a place such as properties.post");
    Path place = word == null ? null : By.read(word.text());
    if (word != null && (place == null || By.isGroup(place))) {
      fields.fault(
          "resample",
          "'resample' cannot be %s; use a place such as properties.post"
              .formatted(Words.quote(word.text())));
      return null;
    }
    return place;
  }

  private static @Nullable String id(Fields fields) {
    fields.require("id");
    String id = fields.text("id", LONGEST_ID);
    if (id != null && !ID.matcher(id).matches()) {
      fields.fault(
          "id",
          Words.quote(id)
              + " cannot be an id; use a-z, 0-9 and _, a letter first, with dots between parts");
      return null;
    }
    return id;
  }

  private static Metric.@Nullable Range range(Fields fields) {
    Fields usual = fields.under("usual", RANGE);
    if (usual == null) {
      return null;
    }
    usual.require("min");
    usual.require("max");
    Long least = usual.milli("min", -MOST_USUAL, MOST_USUAL);
    Long most = usual.milli("max", -MOST_USUAL, MOST_USUAL);
    return least == null || most == null ? null : new Metric.Range(least / 1e3, most / 1e3);
  }
}
