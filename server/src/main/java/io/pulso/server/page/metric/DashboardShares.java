package io.pulso.server.page.metric;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import io.pulso.server.api.Answer;
import io.pulso.server.metric.Board;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.page.customer.ShareLinks;
import io.pulso.server.page.overview.Figure;
import io.pulso.server.people.Role;
import io.pulso.server.store.SavedViews;
import io.pulso.server.store.Shares;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Links with which others see a dashboard as it was, without signing in. A snapshot holds numbers
/// and courses, and no parts, which could tell of a person.
public final class DashboardShares {
  /// What its snapshots are called, before the dashboard's id.
  public static final String PAGE = "dashboard ";

  private final Site site;
  private final DashboardPages dashboards;

  DashboardShares(Site site, DashboardPages dashboards) {
    this.site = site;
    this.dashboards = dashboards;
  }

  void add(Pages pages) {
    pages.get(DashboardPages.AT + "/{id}/share", Role.MANAGER, this::list);
    pages.post(DashboardPages.AT + "/{id}/share", Role.MANAGER, this::make);
  }

  /// The links of a dashboard.
  ///
  /// @param now in microseconds
  public record Links(String id, String name, List<Shares.Row> rows, long now) {}

  /// A frozen dashboard.
  ///
  /// @param language of its words
  public record Frozen(
      String language, String name, String subtitle, List<FrozenCard> cards, String until) {}

  /// A metric of it.
  ///
  /// @param chart null where its course is not shown
  public record FrozenCard(String title, String value, String about, @Nullable Json chart) {}

  private Shown list(Visit visit) {
    SavedViews.Row row = dashboards.find(visit);
    return site.questions()
        .ask((store, view) ->
            Shown.view(
                "metric/dashboard-share",
                new Links(
                    row.id(),
                    row.name(),
                    store.byHand().shares().of(PAGE + row.id()),
                    site.parts().clock().millis() * 1000)));
  }

  private Shown make(Visit visit) {
    SavedViews.Row row = dashboards.find(visit);
    List<DashboardCard> cards = new ArrayList<>();
    site.questions()
        .ask((store, view) -> {
          for (Board.Card card : Board.read(row.state()).cards()) {
            Board.Look look = card.look() == Board.Look.PARTS ? Board.Look.NUMBER : card.look();
            cards.add(
                DashboardCard.of(site, visit, view, new Board.Card(card.metric(), look, ""), ""));
          }
          return cards;
        });
    return new ShareLinks(site)
        .make(
            visit,
            PAGE + row.id(),
            null,
            json(visit, row.name(), cards),
            DashboardPages.AT + "/" + row.id());
  }

  private static String json(Visit visit, String name, List<DashboardCard> cards) {
    return JsonText.write(
        new Answer()
            .put("language", visit.language().code())
            .put("name", name)
            .put("subtitle", visit.t("campaigns.subtitle", "n", visit.days()))
            .objects(
                "cards",
                cards,
                card -> {
                  Figure chart = card.chart();
                  return new Answer()
                      .put("title", card.title())
                      .put("value", card.value())
                      .put("about", card.about())
                      .put("chart", chart == null ? new Json.Null() : chart.data());
                })
            .json());
  }

  /// Shows a snapshot.
  public static Shown open(Visit visit, Shares.Snapshot snapshot) {
    try {
      Json.Obj root = object(JsonText.read(snapshot.json()));
      List<FrozenCard> cards = new ArrayList<>();
      if (root.get("cards") instanceof Json.Arr(List<Json> items)) {
        for (Json item : items) {
          Json.Obj card = object(item);
          Json chart = card.get("chart");
          cards.add(
              new FrozenCard(
                  text(card, "title"),
                  text(card, "value"),
                  text(card, "about"),
                  chart instanceof Json.Obj ? chart : null));
        }
      }
      return Shown.view(
          "metric/dashboard-shared",
          new Frozen(
              text(root, "language"),
              text(root, "name"),
              text(root, "subtitle"),
              cards,
              visit.figures().instant(snapshot.expiresAt())));
    } catch (JsonFault e) {
      throw new IllegalStateException("a snapshot is no JSON", e);
    }
  }

  private static Json.Obj object(@Nullable Json json) {
    return json instanceof Json.Obj object ? object : Json.Obj.EMPTY;
  }

  private static String text(Json.Obj object, String key) {
    return object.get(key) instanceof Json.Str(String text) ? text : "";
  }
}
