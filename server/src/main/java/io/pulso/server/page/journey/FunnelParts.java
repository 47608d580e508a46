package io.pulso.server.page.journey;

import io.pulso.engine.journey.Funnel;
import io.pulso.engine.journey.FunnelCounts;
import io.pulso.engine.metric.Interval;
import io.pulso.engine.model.Model;
import io.pulso.server.journey.FunnelTold;
import io.pulso.server.page.Visit;
import io.pulso.server.page.journey.FunnelView.Part;
import io.pulso.server.page.journey.FunnelView.Step;
import io.pulso.server.page.journey.FunnelView.Wait;
import io.pulso.server.page.journey.JourneyPages.Choice;
import io.pulso.server.page.overview.Grid;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The numbers of a funnel in the words of a reader.
final class FunnelParts {
  private final Visit visit;
  private final FunnelTold told;
  private final Funnel funnel;
  private final FunnelCounts whole;
  private final String at;
  private final String query;

  /// @param query what an address says of it
  FunnelParts(Visit visit, FunnelTold told, String at, String query) {
    this.visit = visit;
    this.told = told;
    this.funnel = told.asked().funnel();
    this.whole = told.whole();
    this.at = at;
    this.query = query;
  }

  FunnelView view(
      String title,
      String by,
      List<Choice> choices,
      FunnelView.Builder builder,
      @Nullable String wrong) {
    List<String> heads = new ArrayList<>();
    funnel.steps().forEach(step -> heads.add(title(step)));
    heads.add(visit.t("journeys.conversion"));
    heads.add(visit.t("journeys.median_finished"));
    return new FunnelView(
        title,
        visit.t(
            "metrics.from_to",
            "from",
            visit.figures().day(told.asked().period().first()),
            "to",
            visit.figures().day(told.asked().period().last())),
        about(),
        whole.open() == 0 ? "" : visit.t("journeys.open", "n", whole.open()),
        share(whole.converted(), whole.entered()),
        between(whole.converted(), whole.entered()),
        wait(whole.whole()),
        choices,
        steps(),
        grid(),
        at + "?" + query,
        by,
        heads,
        told.parts().stream().map(this::part).toList(),
        builder,
        wrong);
  }

  private String about() {
    return visit.t(
        "journeys.order_" + JourneyPages.word(funnel.order()),
        "window",
        Spans.told(visit, funnel.window() / 1e6));
  }

  private String title(Funnel.Step step) {
    return visit.text(step.title(), step.match().text());
  }

  private String share(long some, long all) {
    return all == 0 ? visit.t("frame.none") : visit.figures().percent((double) some / all);
  }

  private String between(long some, long all) {
    if (all == 0) {
      return "";
    }
    Interval interval = Interval.wilson(some, all);
    return visit.t(
        "journeys.between",
        "low",
        visit.figures().percent(interval.low()),
        "high",
        visit.figures().percent(interval.high()));
  }

  private Wait wait(FunnelCounts.Wait wait) {
    return new Wait(
        Spans.told(visit, wait.median()),
        Spans.told(visit, wait.p90()),
        Spans.told(visit, wait.medianOfFinished()));
  }

  private List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    int count = funnel.steps().size();
    for (int i = 0; i < count; i++) {
      long n = whole.reached().get(i);
      long next = i + 1 < count ? whole.reached().get(i + 1) : n;
      long before = i == 0 ? 0 : whole.reached().get(i - 1);
      steps.add(
          new Step(
              title(funnel.steps().get(i)),
              people(n),
              share(n, whole.entered()),
              whole.entered() == 0 ? 0 : (int) Math.round(100.0 * n / whole.entered()),
              i == 0 ? "" : visit.t("journeys.of_before", "share", share(n, before)),
              i == 0 ? "" : between(n, before),
              i == 0 ? null : wait(whole.waits().get(i - 1)),
              behind(i + 1, count),
              n == next ? "" : visit.t("journeys.dropped", "n", n - next),
              behind(i + 1, i + 1)));
    }
    return steps;
  }

  private String people(long n) {
    return visit.t(
        funnel.per() == Model.Subject.CUSTOMER ? "journeys.customers" : "journeys.accounts",
        "n",
        n);
  }

  private String behind(int least, int most) {
    return "%s/behind?%s&least=%d&most=%d".formatted(at, query, least, most);
  }

  Grid grid() {
    List<List<Grid.Cell>> rows = new ArrayList<>();
    for (int i = 0; i < funnel.steps().size(); i++) {
      long n = whole.reached().get(i);
      FunnelCounts.Wait wait = i == 0 ? null : whole.waits().get(i - 1);
      rows.add(
          List.of(
              Grid.Cell.text(title(funnel.steps().get(i))),
              Grid.Cell.number(visit.figures().count(n), n),
              percent(n, whole.entered()),
              i == 0 ? Grid.Cell.text("") : percent(n, whole.reached().get(i - 1)),
              span(wait == null ? null : wait.median()),
              span(wait == null ? null : wait.p90()),
              span(wait == null ? null : wait.medianOfFinished())));
    }
    return new Grid(
        List.of(
            visit.t("journeys.step"),
            visit.t("journeys.reached"),
            visit.t("journeys.of_start"),
            visit.t("journeys.of_step_before"),
            visit.t("journeys.median"),
            visit.t("journeys.p90"),
            visit.t("journeys.median_finished")),
        rows,
        "%s/steps.csv?%s".formatted(at, query));
  }

  private Grid.Cell percent(long some, long all) {
    return all == 0 ? Grid.Cell.text("") : JourneyPages.cell(share(some, all), some * 100.0 / all);
  }

  private Grid.Cell span(@Nullable Double seconds) {
    return seconds == null
        ? Grid.Cell.text("")
        : JourneyPages.cell(Spans.told(visit, seconds), seconds);
  }

  private Part part(FunnelTold.Part part) {
    FunnelCounts counts = part.counts();
    List<String> cells = new ArrayList<>();
    counts.reached().forEach(n -> cells.add(visit.figures().count(n)));
    cells.add(share(counts.converted(), counts.entered()));
    cells.add(Spans.told(visit, counts.whole().medianOfFinished()));
    String name = part.part();
    return new Part(name == null ? visit.t("metrics.no_part") : name, cells);
  }
}
