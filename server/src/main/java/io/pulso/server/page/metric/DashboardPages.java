package io.pulso.server.page.metric;

import io.pulso.engine.metric.By;
import io.pulso.engine.metric.Metric;
import io.pulso.server.event.InputException;
import io.pulso.server.metric.Board;
import io.pulso.server.page.Missing;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.people.Role;
import io.pulso.server.store.SavedViews;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Dashboards that people arrange from metrics, for themselves or for the team. Whoever made one
/// changes it.
public final class DashboardPages {
  static final String AT = "/dashboards";

  private final Site site;

  public DashboardPages(Site site) {
    this.site = site;
  }

  /// All dashboards that a reader sees, and the goals.
  public record Boards(List<Row> rows, List<GoalParts.GoalView> goals) {}

  /// A dashboard in the list.
  public record Row(String id, String name, int cards, boolean shared, boolean own) {}

  /// A dashboard.
  ///
  /// @param own whether the reader may change it
  /// @param metrics that can be put on it, by id
  public record BoardView(
      String id,
      String name,
      boolean shared,
      boolean own,
      List<Place> cards,
      List<Option> metrics) {}

  /// A metric on a dashboard, whose numbers are still to come.
  public record Place(int place, String title, String to, String from) {}

  /// A metric that can be chosen.
  public record Option(String id, String title) {}

  public void add(Pages pages) {
    pages.get(AT, Role.VIEWER, this::list);
    pages.post(AT, Role.ANALYST, this::make);
    pages.get(AT + "/{id}", Role.VIEWER, this::one);
    pages.get(AT + "/{id}/cards/{place}", Role.VIEWER, this::card);
    pages.post(AT + "/{id}/add", Role.ANALYST, this::put);
    pages.post(AT + "/{id}/cards/{place}/move", Role.ANALYST, this::move);
    pages.post(AT + "/{id}/cards/{place}/take", Role.ANALYST, this::take);
    pages.post(AT + "/{id}/team", Role.ANALYST, this::team);
    pages.post(AT + "/{id}/delete", Role.ANALYST, this::delete);
    new DashboardShares(site, this).add(pages);
  }

  private Shown list(Visit visit) {
    String me = visit.person().id();
    return site.questions()
        .ask((store, view) ->
            Shown.view(
                "metric/dashboards",
                new Boards(
                    store.byHand().views().named(Board.AREA, me).stream()
                        .map(row ->
                            new Row(
                                row.id(),
                                row.name(),
                                Board.read(row.state()).cards().size(),
                                row.shared(),
                                row.owner().equals(me)))
                        .toList(),
                    GoalParts.views(site, visit, view, store.byHand().goals().all()))));
  }

  private Shown make(Visit visit) {
    String name = Objects.requireNonNullElse(visit.form("name"), "").strip();
    String me = visit.person().id();
    String id =
        site.questions()
            .ask((store, view) -> {
              SavedViews views = store.byHand().views();
              boolean there =
                  views.named(Board.AREA, me).stream()
                      .anyMatch(row -> row.owner().equals(me) && row.name().equals(name));
              if (there) {
                throw new InputException("you have a dashboard of that name");
              }
              return views.save(Board.AREA, me, name, false, new Board(List.of()).json(), now());
            });
    return Shown.redirect(AT + "/" + id);
  }

  private long now() {
    return site.parts().clock().millis() * 1000;
  }

  /// The dashboard that an address means, where the reader sees it.
  SavedViews.Row find(Visit visit) {
    String me = visit.person().id();
    SavedViews.Row row =
        site.questions()
            .ask((store, view) -> store.byHand().views().find(Board.AREA, visit.part("id")))
            .orElse(null);
    if (row == null || (!row.shared() && !row.owner().equals(me))) {
      throw new Missing("there is no such dashboard");
    }
    return row;
  }

  private Shown one(Visit visit) {
    SavedViews.Row row = find(visit);
    boolean own = row.owner().equals(visit.person().id()) && visit.may(Role.ANALYST);
    Map<String, Metric> all = site.parts().catalogue().all().get();
    List<Board.Card> cards = Board.read(row.state()).cards();
    List<Place> places = new ArrayList<>();
    for (int place = 0; place < cards.size(); place++) {
      Board.Card card = cards.get(place);
      Metric metric = all.get(card.metric());
      places.add(
          new Place(
              place,
              metric == null ? card.metric() : MetricTexts.title(visit, metric),
              "/metric/%s?days=%d%s"
                  .formatted(
                      card.metric(),
                      visit.days(),
                      card.by().isEmpty() ? "" : "&by=" + Visit.encode(card.by())),
              "%s/%s/cards/%d?days=%d".formatted(AT, row.id(), place, visit.days())));
    }
    return Shown.view(
        "metric/dashboard",
        new BoardView(
            row.id(),
            row.name(),
            row.shared(),
            own,
            places,
            all.values().stream()
                .map(metric -> new Option(metric.id(), MetricTexts.title(visit, metric)))
                .toList()));
  }

  private Shown card(Visit visit) {
    SavedViews.Row row = find(visit);
    List<Board.Card> cards = Board.read(row.state()).cards();
    Board.Card card = cards.get(place(visit, cards.size()));
    return site.questions()
        .ask((store, view) ->
            Shown.view(
                "metric/card",
                DashboardCard.of(
                    site, visit, view, card, row.id().substring(0, 8) + visit.part("place"))));
  }

  private static int place(Visit visit, int size) {
    String text = visit.part("place");
    int place = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : size;
    if (place >= size) {
      throw new Missing("there is no such card");
    }
    return place;
  }

  /// Changes a dashboard of one's own.
  private Shown change(Visit visit, @Nullable Boolean shared, UnaryOperator<Board> to) {
    SavedViews.Row row = find(visit);
    String me = visit.person().id();
    if (!row.owner().equals(me)) {
      throw new Missing("this dashboard is somebody else's");
    }
    site.questions()
        .ask((store, view) ->
            store
                .byHand()
                .views()
                .save(
                    Board.AREA,
                    me,
                    row.name(),
                    shared == null ? row.shared() : shared,
                    to.apply(Board.read(row.state())).json(),
                    now()));
    return Shown.redirect(AT + "/" + row.id());
  }

  private Shown put(Visit visit) {
    String by = Objects.requireNonNullElse(visit.form("by"), "").strip();
    Metric metric = MetricDesk.metric(site, Objects.requireNonNullElse(visit.form("metric"), ""));
    if (!by.isEmpty() && By.read(by) == null) {
      throw new InputException(visit.t("metrics.by_wrong", "by", by));
    }
    Board.Look look = Board.Look.of(visit.form("look"));
    boolean parts = look == Board.Look.PARTS;
    Board.Card card =
        new Board.Card(metric.id(), look, parts ? (by.isEmpty() ? "channel" : by) : "");
    return change(
        visit,
        null,
        board -> {
          if (board.cards().size() >= Board.MOST) {
            throw new InputException(visit.t("dashboards.full"));
          }
          return board.with(card);
        });
  }

  private Shown move(Visit visit) {
    boolean later = "later".equals(visit.form("to"));
    return change(visit, null, board -> board.moved(place(visit, board.cards().size()), later));
  }

  private Shown take(Visit visit) {
    return change(visit, null, board -> board.without(place(visit, board.cards().size())));
  }

  private Shown team(Visit visit) {
    return change(visit, "yes".equals(visit.form("shared")), board -> board);
  }

  private Shown delete(Visit visit) {
    String id = find(visit).id();
    boolean removed =
        site.questions()
            .ask((store, view) -> store.byHand().views().remove(id, visit.person().id()));
    if (!removed) {
      throw new Missing("this dashboard is somebody else's");
    }
    return Shown.redirect(AT);
  }
}
