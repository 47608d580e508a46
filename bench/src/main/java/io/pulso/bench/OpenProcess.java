package io.pulso.bench;

import io.pulso.engine.model.Model;
import io.pulso.engine.model.ModelReader;
import io.pulso.engine.score.Kernel;
import io.pulso.engine.score.Manual;
import io.pulso.engine.score.Plan;
import io.pulso.engine.score.RollUp;
import io.pulso.engine.score.WhatIf;
import io.pulso.server.app.Workspace;
import io.pulso.server.score.Explaining;
import io.pulso.server.score.InUse;
import io.pulso.server.score.Individual;
import io.pulso.server.score.Scoring;
import io.pulso.server.store.Population;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

/// What a process that is already open answers: what-if, history, explanation.
final class OpenProcess {
  private final Path folder;
  private final int day;
  private final Report report;

  OpenProcess(Path workspace, LocalDate last, Report report) {
    this.folder = workspace;
    this.day = Math.toIntExact(last.toEpochDay());
    this.report = report;
  }

  void run() throws Exception {
    Workspace workspace = Workspace.open(folder);
    try (Store store = workspace.store();
        View view = store.now()) {
      Model now = read(ModelText.of("", 1));
      Population population = view.population(Model.Subject.CUSTOMER);
      int span = population.span();
      score(view, now);
      long start = System.nanoTime();
      List<RollUp> units = view.units(now, span, day - 89, day);
      report.row(
          "read 90 days of roll-ups into memory",
          Report.text(
              "%.2f s, %.0f MB, %,d rows",
              (System.nanoTime() - start) / 1e9,
              units.stream().mapToLong(RollUp::bytes).sum() / 1e6,
              units.stream().mapToLong(RollUp::rows).sum()),
          "");
      whatIf(units.stream().map(each -> each.between(day - 29, day)).toList());
      history(units, span);
      explain(view, population, now);
      read(view, "a changed match re-reads events for one activity", text("Page Seen"));
      read(view, "roll-up of 20 other activities", text(Events.NAMES.toArray(String[]::new)));
    }
  }

  /// The model with other matches for some events.
  private static String text(String... events) {
    String text = ModelText.of("", 1);
    for (String event : events) {
      text =
          text.replace(
              "match: event == \"" + event + "\"",
              "match: event == \"" + event + "\" || event == \"Never " + event + "\"");
    }
    return text;
  }

  /// Brings the roll-ups of another model about.
  private void read(View view, String what, String text) {
    long start = System.nanoTime();
    view.active(read(text), day, day);
    report.row(what, Report.text("%.1f s", (System.nanoTime() - start) / 1e9), "");
  }

  private void score(View view, Model model) throws Exception {
    double[] millis =
        Report.millis(
            3, () -> new Scoring(view).table(new InUse(model, InUse.DRAFT), day, false).size());
    report.row(
        "score everybody for a day from the store, process open",
        Report.text("%.2f s", Report.median(millis) / 1000),
        "");
  }

  private static Model read(String text) {
    return ModelReader.read("bench.yaml", text).model();
  }

  private void whatIf(List<RollUp> units) throws Exception {
    Plan now = Plan.of(read(ModelText.of("", 1)));
    long[] before = Kernel.scoreAll(now, units, day, Manual.NONE, 2);
    String[][] drafts = {
      {"points changed", ModelText.of("", 2)},
      {"a decay with half-life 14 days", ModelText.of("decay: {half_life: 14d}\n", 1)},
      {"caps per window", ModelText.of("", 1).replace("{per_day: ", "{per_window: 20, per_day: ")}
    };
    for (String[] draft : drafts) {
      Plan plan = Plan.of(read(draft[1]));
      double[] millis =
          Report.millis(
              15,
              () -> {
                long[] after = Kernel.scoreAll(plan, units, day, Manual.NONE, 2);
                WhatIf.of(now.bands(), before, plan.bands(), after);
              });
      report.row(
          "what-if over everybody, " + draft[0] + ": scores, bands, migration matrix",
          Report.text("%.1f ms", Report.median(millis)),
          "≤ 50 ms");
    }
  }

  private void history(List<RollUp> units, int span) throws Exception {
    int[] everybody = IntStream.range(0, span).toArray();
    for (String decay : new String[] {"", "decay: {half_life: 14d}\n"}) {
      Plan plan = Plan.of(read(ModelText.of(decay, 1)));
      double[] millis =
          Report.millis(
              3,
              () ->
                  Kernel.history(
                      plan, units, day - 59, day, Manual.NONE, everybody, 2, (s, d) -> {}));
      report.row(
          "60 days of history for everybody" + (decay.isEmpty() ? "" : ", with decay"),
          Report.text("%.2f s", Report.median(millis) / 1000),
          "≤ 2 s");
    }
  }

  private void explain(View view, Population population, Model model) throws Exception {
    Explaining explaining = new Explaining(view);
    InUse use = new InUse(model, InUse.DRAFT);
    for (int place : new int[] {0, population.size() / 2}) {
      String id = population.ids()[place];
      double[] millis =
          Report.millis(
              9,
              () ->
                  explaining.between(
                      Individual.find(view, Model.Subject.CUSTOMER, id),
                      new Explaining.Side(use, day - 7),
                      new Explaining.Side(use, day),
                      null));
      report.row(
          "explain one customer over two dates"
              + (place == 0 ? " (the busiest)" : " (a usual one)"),
          Report.text("%.0f ms", Report.median(millis)),
          "≤ 100 ms");
    }
  }
}
