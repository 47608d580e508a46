package io.pulso.server.page.metric;

import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.By;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Metric;
import io.pulso.server.event.InputException;
import io.pulso.server.metric.Board;
import io.pulso.server.metric.Told;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.page.overview.Figure;
import io.pulso.server.store.View;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A metric on a dashboard with its numbers.
///
/// @param chart null where its course is not shown
/// @param parts empty where it is not broken down
/// @param wrong why it is not shown as wished; null where it is
public record DashboardCard(
    String title,
    String value,
    String about,
    MetricView.@Nullable Change change,
    @Nullable Figure chart,
    List<MetricView.PartRow> parts,
    @Nullable String wrong) {
  private static final int MOST_PARTS = 8;

  /// @param id tells its chart from others
  static DashboardCard of(Site site, Visit visit, View view, Board.Card card, String id) {
    Metric metric = site.parts().catalogue().all().get().get(card.metric());
    if (metric == null) {
      return new DashboardCard(
          card.metric(), "", "", null, null, List.of(), visit.t("dashboards.gone"));
    }
    MetricDesk desk = new MetricDesk(site, visit, view);
    boolean line = card.look() == Board.Look.LINE;
    Every every = line ? MetricDesk.usual(visit) : Every.WHOLE;
    Told told = desk.ask(metric, every, null);
    Double value = told.whole().figure().value();
    String wrong = null;
    List<MetricView.PartRow> parts = List.of();
    if (card.look() == Board.Look.PARTS) {
      Path by = By.read(card.by());
      wrong = MetricPages.refused(visit, card.by(), by);
      if (by != null && wrong == null) {
        try {
          parts =
              MetricPages.parts(visit, desk.ask(metric, Every.WHOLE, by)).stream()
                  .limit(MOST_PARTS)
                  .toList();
        } catch (InputException e) {
          wrong = visit.fault(String.valueOf(e.getMessage()));
        }
      }
    }
    return new DashboardCard(
        MetricTexts.title(visit, metric),
        value == null ? visit.t("frame.none") : MetricTexts.value(visit, metric.kind(), value),
        MetricPages.about(visit, metric, told.whole().figure()),
        MetricPages.change(visit, told),
        line
            ? new MetricChart(visit, told)
                .figure(
                    "card-" + id,
                    "/metric/%s/series.csv?days=%d&every=%s"
                        .formatted(metric.id(), visit.days(), MetricPages.word(every)))
            : null,
        parts,
        wrong);
  }
}
