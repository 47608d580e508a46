package io.pulso.bench;

import io.pulso.engine.expr.Cel;
import io.pulso.engine.journey.Funnel;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Formula;
import io.pulso.engine.metric.Metric;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.Texts;
import io.pulso.engine.session.PathCounter;
import io.pulso.server.app.MetricFiles;
import io.pulso.server.app.Models;
import io.pulso.server.app.PrimaryModels;
import io.pulso.server.app.SegmentFolder;
import io.pulso.server.app.Workspace;
import io.pulso.server.journey.FunnelAsked;
import io.pulso.server.journey.FunnelTold;
import io.pulso.server.journey.Funnels;
import io.pulso.server.journey.RetentionAsked;
import io.pulso.server.journey.RetentionTold;
import io.pulso.server.journey.Retentions;
import io.pulso.server.metric.Asked;
import io.pulso.server.metric.Audience;
import io.pulso.server.metric.KeptAnswers;
import io.pulso.server.metric.Metrics;
import io.pulso.server.metric.Paths;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Measures metrics and journeys over 90 days, in a store that is open for nobody else; the funnel
/// and the retention also as one would write them by hand in SQL, over the same tables.
///
/// `MetricRate WORKSPACE [METRIC …]`; the events of the workspace are those of [Events], with the
/// channel `web`. A server should have run there before: answers are kept of days that it has
/// counted.
public final class MetricRate {
  private static final int DAYS = 90;
  private static final int SLOWEST = 25;
  private static final long WEEK = 7 * 86_400_000_000L;

  private final Report report = new Report();
  private final View view;
  private final int today;

  private record Took(String what, double first, double again) {}

  private MetricRate(View view) {
    this.view = view;
    this.today = view.lastDay().orElseThrow() + 1;
  }

  public static void main(String[] args) throws Exception {
    Workspace workspace = Workspace.open(Path.of(args[0]));
    List<String> wanted = List.of(args).subList(1, args.length);
    FunnelTold funnel;
    RetentionTold retention;
    MetricRate rate;
    try (Store store = workspace.store();
        View view = store.now()) {
      rate = new MetricRate(view);
      rate.took("make what sessions are due", "", () -> view.sessions().renew());
      rate.took("keep rows of what metrics count", "", () -> rate.keep(workspace, store));
      rate.metrics(workspace, store, wanted);
      funnel = rate.funnel(store);
      retention = rate.retention();
      rate.paths();
    }
    new ByHand(workspace.storeFile(), rate.report, rate.today).run(funnel, retention);
  }

  private void keep(Workspace workspace, Store store) {
    store
        .upkeep()
        .facts()
        .renew(
            MetricFiles.of(workspace).values().stream()
                .flatMap(metric -> Formula.leaves(metric.measure()).stream())
                .distinct()
                .toList());
  }

  private void took(String what, String figure, Report.Work work) throws Exception {
    report.row(what, Report.text("%.2f s", seconds(work)), figure);
  }

  /// The same, at first and once more.
  private void tookTwice(String what, String figure, Report.Work work) throws Exception {
    report.row(what, Report.text("%.2f s, %.2f s", seconds(work), seconds(work)), figure);
  }

  private static double seconds(Report.Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  /// Each metric of the catalogue by day, at first and once more.
  private void metrics(Workspace workspace, Store store, List<String> wanted) throws Exception {
    KeptAnswers kept = new KeptAnswers();
    Audience audience =
        new Audience(
            view,
            new PrimaryModels(new Models(workspace, store)),
            () -> new SegmentFolder(workspace).segments());
    List<Took> all = new ArrayList<>();
    Map<String, Metric> catalogue = MetricFiles.of(workspace);
    for (Metric metric : catalogue.values()) {
      if (wanted.isEmpty() || wanted.contains(metric.id())) {
        Asked asked =
            new Asked(
                metric,
                new Period(today - DAYS, today - 1),
                Every.DAY,
                null,
                DayOfWeek.MONDAY,
                today);
        double[] took = new double[2];
        for (int i = 0; i < 2; i++) {
          long start = System.nanoTime();
          var told = Metrics.ask(view, asked, kept, audience);
          took[i] = (System.nanoTime() - start) / 1e6;
          if (told.series().isEmpty()) {
            throw new IllegalStateException(metric.id());
          }
        }
        all.add(new Took(metric.id(), took[0], took[1]));
        System.err.println(Report.text("%s: %.0f, %.1f ms", metric.id(), took[0], took[1]));
      }
    }
    all.sort(Comparator.comparingDouble(one -> -one.first()));
    for (Took one : all.subList(0, Math.min(SLOWEST, all.size()))) {
      report.row(
          "`" + one.what() + "` by day, first and again",
          Report.text("%.0f, %.1f ms", one.first(), one.again()),
          "1,000, 100 ms");
    }
    report.row(
        "all %d metrics: median, and how many take longer".formatted(all.size()),
        Report.text(
            "%.0f, %.1f ms; %d and %d",
            Report.median(all.stream().mapToDouble(Took::first).toArray()),
            Report.median(all.stream().mapToDouble(Took::again).toArray()),
            all.stream().filter(one -> one.first() > 1000).count(),
            all.stream().filter(one -> one.again() > 100).count()),
        "1,000, 100 ms");
  }

  private FunnelTold funnel(Store store) throws Exception {
    Funnel funnel =
        new Funnel(
            "five",
            Texts.NONE,
            Events.NAMES.subList(0, 5).stream()
                .map(name ->
                    new Funnel.Step(
                        Texts.NONE, Cel.read("event == \"" + name + "\"", Cel.Scope.EVENT)))
                .toList(),
            WEEK,
            Funnel.Order.ORDERED,
            Model.Subject.CUSTOMER,
            Select.Who.ANYBODY);
    FunnelAsked asked =
        new FunnelAsked(
            funnel, Funnels.usual(funnel, today, DAYS - 7), null, store.days().start(today));
    List<FunnelTold> told = new ArrayList<>();
    tookTwice("funnel of 5 steps within 7 days", "5 s", () -> told.add(Funnels.ask(view, asked)));
    return told.getFirst();
  }

  private RetentionTold retention() throws Exception {
    RetentionAsked asked =
        new RetentionAsked(
            Model.Subject.CUSTOMER,
            Select.Who.ANYBODY,
            null,
            null,
            Every.WEEK,
            new Period(today - 84, today - 1),
            false,
            LocalDate.ofEpochDay(today).getDayOfWeek(),
            today);
    List<RetentionTold> told = new ArrayList<>();
    tookTwice("retention of 12 weekly cohorts", "5 s", () -> told.add(Retentions.ask(view, asked)));
    RetentionAsked begun =
        new RetentionAsked(
            Model.Subject.CUSTOMER,
            Select.Who.ANYBODY,
            Cel.read("event == \"Search Performed\"", Cel.Scope.EVENT),
            Cel.read("event == \"Order Completed\"", Cel.Scope.EVENT),
            Every.WEEK,
            asked.period(),
            false,
            asked.weekStart(),
            today);
    tookTwice("the same from one event to another", "5 s", () -> Retentions.ask(view, begun));
    return told.getFirst();
  }

  private void paths() throws Exception {
    for (int days : List.of(30, DAYS)) {
      var asked =
          new Paths.Asked(
              new Period(today - days, today - 1),
              Select.Who.ANYBODY,
              new PathCounter.Question(3, null, null),
              100);
      took("paths of 3 steps over %d days".formatted(days), "10 s", () -> Paths.ask(view, asked));
    }
  }
}
