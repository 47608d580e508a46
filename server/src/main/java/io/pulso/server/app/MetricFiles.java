package io.pulso.server.app;

import io.pulso.engine.metric.Catalogue;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Metric;
import io.pulso.engine.metric.MetricReader;
import io.pulso.engine.yaml.Nearest;
import io.pulso.engine.yaml.Words;
import io.pulso.server.event.InputException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/// The metrics of a workspace: those that come with the program, and those in its files.
public final class MetricFiles {
  private static final String BOUNCES = "bounce_rate";

  private MetricFiles() {}

  /// The metrics that come with the program, by id.
  public static Map<String, Metric> builtIn() {
    Map<String, Metric> found = new LinkedHashMap<>();
    Catalogue.all().forEach(metric -> found.put(metric.id(), metric));
    return found;
  }

  /// All of them, by id.
  public static Map<String, Metric> of(Workspace workspace) {
    Map<String, Metric> found = builtIn();
    for (Path file : workspace.metricFiles()) {
      String label = "metrics/" + file.getFileName();
      for (Metric metric : MetricReader.read(label, Workspace.text(file)).metrics()) {
        if (found.putIfAbsent(metric.id(), metric) != null) {
          throw new InputException(
              "%s: there is a metric %s already: give this one another id"
                  .formatted(label, Words.quote(metric.id())));
        }
      }
    }
    Settings settings = workspace.settings();
    found.replaceAll((id, metric) -> with(settings, metric));
    return found;
  }

  /// A metric with what the workspace says of activation, silence and bounces, where it asks for
  /// that.
  private static Metric with(Settings settings, Metric metric) {
    Measure measure =
        switch (metric.measure()) {
          case Measure.Reaching(var to, Measure.Tell tell) when to == null ->
              new Measure.Reaching(settings.activation(), tell);
          case Measure.Leaving(Measure.Loss loss, boolean kept) ->
              new Measure.Leaving(loss.silentAfter(settings.silenceDays()), kept);
          case Measure.Staying(Measure.Loss loss, Measure.Tell tell) ->
              new Measure.Staying(loss.silentAfter(settings.silenceDays()), tell);
          default -> metric.measure();
        };
    return metric.id().equals(BOUNCES)
        ? metric.with(new Metric.Range(0, settings.bounceLine()))
        : metric.with(measure);
  }

  /// The one with that id.
  public static Metric find(Map<String, Metric> all, String id) {
    Metric metric = all.get(id);
    if (metric == null) {
      throw unknown(id, all.keySet());
    }
    return metric;
  }

  private static InputException unknown(String id, Collection<String> ids) {
    return new InputException(
        "there is no metric %s%s; `pulso metric --list` lists them"
            .formatted(Words.quote(id), Nearest.hint(id, ids)));
  }
}
