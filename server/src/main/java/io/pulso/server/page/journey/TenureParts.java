package io.pulso.server.page.journey;

import io.pulso.engine.journey.Stays;
import io.pulso.engine.model.Model;
import io.pulso.server.journey.Tenure;
import io.pulso.server.page.Visit;
import io.pulso.server.page.journey.LifecyclePages.Leaver;
import io.pulso.server.page.overview.Figure;
import io.pulso.server.page.overview.Grid;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Who left and how long they stay, in the words of a reader.
final class TenureParts {
  private static final double DAY_SECONDS = 86_400;

  private final Visit visit;
  private final Tenure tenure;
  private final Model.Subject per;

  TenureParts(Visit visit, Tenure tenure, Model.Subject per) {
    this.visit = visit;
    this.tenure = tenure;
    this.per = per;
  }

  List<Leaver> leaving() {
    List<Leaver> found = new ArrayList<>();
    String ofAccounts = per == Model.Subject.ACCOUNT ? ".accounts" : "";
    Stays.Stay commercial = tenure.commercial();
    if (commercial != null) {
      found.add(leaver("journeys.cancelled", commercial, ofAccounts));
    }
    // Silence of accounts has no metric of its own.
    found.add(leaver("journeys.silent", tenure.silent(), ofAccounts.isEmpty() ? ".silent" : null));
    return found;
  }

  private Leaver leaver(String key, Stays.Stay stay, @Nullable String id) {
    return new Leaver(
        visit.t(key),
        visit.t(
            "metrics.from_to",
            "from",
            visit.figures().day(stay.period().first()),
            "to",
            visit.figures().day(stay.period().last())),
        LongStream.of(stay.start(), stay.lost(), stay.fresh(), stay.resurrected(), stay.end())
            .mapToObj(visit.figures()::count)
            .toList(),
        share(stay.lost(), stay.start()),
        to("churn_rate", id),
        share(stay.kept(), stay.start()),
        to("retention_rate", id));
  }

  private String to(String metric, @Nullable String id) {
    return id == null ? "" : "/metric/%s%s?days=%d&every=month".formatted(metric, id, visit.days());
  }

  private String share(long some, long all) {
    return all == 0 ? visit.t("frame.none") : visit.figures().percent((double) some / all);
  }

  String lasting() {
    Double half = tenure.lasting().quantile(0.5);
    Double mean = tenure.lasting().mean();
    if (mean == null) {
      return "";
    }
    return (half == null ? visit.t("journeys.not_half") : visit.t("journeys.half", "x", days(half)))
        + " · "
        + visit.t("journeys.mean_of", "x", days(mean));
  }

  private String days(@Nullable Double days) {
    return Spans.told(visit, days == null ? null : (Double) (days * DAY_SECONDS));
  }

  /// Null where nobody came since the data began.
  @Nullable Figure figure(String at) {
    return tenure.lasting().size() == 0
        ? null
        : SurvivalChart.of(
            visit,
            List.of(
                new SurvivalChart.Curve(visit.t("journeys.still"), "--accent", tenure.lasting())),
            false,
            grid(at));
  }

  Grid grid(String at) {
    List<List<Grid.Cell>> rows = new ArrayList<>();
    for (SurvivalChart.Left point : SurvivalChart.course(tenure.lasting())) {
      rows.add(
          List.of(
              Grid.Cell.number(visit.figures().count(point.day()), point.day()),
              JourneyPages.cell(visit.figures().percent(point.share()), point.share() * 100)));
    }
    return new Grid(
        List.of(visit.t("overview.day"), visit.t("journeys.still")),
        rows,
        "%s/survival.csv?per=%s&days=%d".formatted(at, JourneyPages.word(per), visit.days()));
  }
}
