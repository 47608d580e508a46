package io.pulso.server.cli;

import io.pulso.engine.model.Grid;
import io.pulso.server.app.AsOf;
import io.pulso.server.app.Models;
import io.pulso.server.app.Workspace;
import io.pulso.server.event.InputException;
import io.pulso.server.score.InUse;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say which scores are meant.
final class ScoreOptions {

  enum Whose {
    IDENTIFIED,
    ALL
  }

  @Option(
      names = "--model",
      paramLabel = "NAME|FILE",
      description = "The model, or a model file; default the workspace's.")
  private @Nullable String model;

  @Option(
      names = "--model-version",
      paramLabel = "N",
      description = "A published version; default the one in force on the day.")
  private @Nullable Integer version;

  @Option(
      names = "--as-of",
      paramLabel = "YYYY-MM-DD",
      description = "The day, in the workspace's time zone; default yesterday.")
  private @Nullable String asOf;

  @Option(
      names = "--known-at",
      paramLabel = "INSTANT",
      description = "Only what had been received by then, such as 2026-03-31T12:00:00Z.")
  private @Nullable String knownAt;

  @Option(
      names = "--population",
      paramLabel = "identified|all",
      description = "Identified customers (default), or anonymous visitors too.")
  private Whose population = Whose.IDENTIFIED;

  /// What was asked for, found.
  record Asked(InUse use, int day) {}

  /// The two models of the workspace's grid, found.
  record AskedGrid(Grid grid, InUse fit, InUse engagement, int day) {}

  /// The model file that is read, if it is one.
  List<String> reads() {
    return Served.modelFile(model);
  }

  boolean all() {
    return population == Whose.ALL;
  }

  /// The state of knowledge that is asked for; to be closed.
  View view(Store store) {
    String text = knownAt;
    return text == null ? store.now() : store.knownAt(Dates.instant("--known-at", text));
  }

  /// The model and the day; without a day the window of the model decides which is meant.
  Asked find(Workspace workspace, Store store, View view, Console console) {
    Models models = console.models(workspace, store);
    Clock clock = Clock.systemUTC();
    Integer asked = asOf == null ? null : (Integer) Dates.day("--as-of", asOf);
    int first = asked == null ? AsOf.yesterday(workspace, clock) : asked;
    InUse use = models.find(model, version, first);
    int day = AsOf.day(workspace, view, asked, use.model().window(), clock, console::note);
    return new Asked(day == first ? use : models.find(model, version, day), day);
  }

  /// The models of the grid and the day; without a day the window of the engagement model decides.
  AskedGrid findGrid(Workspace workspace, Store store, View view, Console console) {
    Grid grid = grid(workspace);
    Models models = console.models(workspace, store);
    Integer asked = asOf == null ? null : (Integer) Dates.day("--as-of", asOf);
    Clock clock = Clock.systemUTC();
    int first = asked == null ? AsOf.yesterday(workspace, clock) : asked;
    int window = models.find(grid.engagement(), null, first).model().window();
    int day = AsOf.day(workspace, view, asked, window, clock, console::note);
    return new AskedGrid(
        grid, models.find(grid.fit(), null, day), models.find(grid.engagement(), null, day), day);
  }

  private Grid grid(Workspace workspace) {
    if (model != null || version != null) {
      throw new InputException(
          "--grid takes its models from pulso.yaml: leave --model and --model-version out");
    }
    Grid grid = workspace.settings().grid();
    if (grid == null) {
      throw new InputException(
          "the workspace has no grid: add one to pulso.yaml, such as `grid: {fit: MODEL, engagement: MODEL, cuts: [40, 70]}`");
    }
    return grid;
  }
}
