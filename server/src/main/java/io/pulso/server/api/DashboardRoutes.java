package io.pulso.server.api;

import io.pulso.engine.json.Json;
import io.pulso.engine.metric.By;
import io.pulso.engine.yaml.Nearest;
import io.pulso.server.access.Tokens.Scope;
import io.pulso.server.metric.Board;
import io.pulso.server.store.SavedViews;
import io.pulso.server.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Dashboards of the team. Programs read those that people share, and change those that programs
/// made, which everybody sees.
final class DashboardRoutes {
  private static final String AT = "/api/v1/dashboards";

  /// Who owns the dashboards that programs make.
  private static final String OWNER = "api";

  private final Api.Parts parts;

  DashboardRoutes(Api.Parts parts) {
    this.parts = parts;
  }

  void add(Routes routes) {
    routes.get(AT, Scope.READ, call -> list());
    routes.get(AT + "/{id}", Scope.READ, call -> told(find(call)).json());
    routes.post(AT, Scope.WRITE, 201, this::make);
    routes.put(AT + "/{id}", Scope.WRITE, this::change);
    routes.delete(AT + "/{id}", Scope.WRITE, this::delete);
  }

  private Json list() {
    try (Store store = parts.store().beside(Api.LONGEST)) {
      return new Answer()
          .objects("dashboards", views(store).named(Board.AREA, OWNER), DashboardRoutes::told)
          .json();
    }
  }

  private static SavedViews views(Store store) {
    return store.byHand().views();
  }

  private static Answer told(SavedViews.Row row) {
    return new Answer()
        .put("id", row.id())
        .put("name", row.name())
        .put("editable", isOurs(row))
        .objects(
            "cards",
            Board.read(row.state()).cards(),
            card ->
                new Answer()
                    .put("metric", card.metric())
                    .put("look", card.look().word())
                    .put("by", card.by().isEmpty() ? null : card.by()));
  }

  private static boolean isOurs(SavedViews.Row row) {
    return row.owner().equals(OWNER);
  }

  /// The one that an address means, where the team sees it.
  private SavedViews.Row find(Call call) {
    String id = call.path("id");
    try (Store store = parts.store().beside(Api.LONGEST)) {
      return views(store)
          .find(Board.AREA, id)
          .filter(row -> row.shared() || isOurs(row))
          .orElseThrow(() -> new Refused(404, "there is no dashboard '%s'".formatted(id)));
    }
  }

  /// As [#find], where programs may change it.
  private SavedViews.Row ours(Call call) {
    SavedViews.Row row = find(call);
    if (!isOurs(row)) {
      throw new Refused(403, "somebody made this dashboard on the page and changes it there");
    }
    return row;
  }

  /// What a body says.
  private record Wanted(String name, Board board) {}

  private Wanted wanted(Call call, boolean whole) {
    Body body = new Body(call.body());
    String name = body.needed("name").strip();
    if (whole && !body.has("cards")) {
      throw new Refused(400, "'cards' is missing");
    }
    List<Body> cards = body.bodies("cards");
    body.done();
    if (cards.size() > Board.MOST) {
      throw new Refused(400, "a dashboard has at most %d cards".formatted(Board.MOST));
    }
    Set<String> metrics = parts.catalogue().all().get().keySet();
    List<Board.Card> read = new ArrayList<>();
    for (Body card : cards) {
      read.add(card(card, metrics));
    }
    return new Wanted(name, new Board(read));
  }

  private static Board.Card card(Body card, Set<String> metrics) {
    String metric = card.needed("metric");
    String word = card.text("look");
    String by = card.text("by");
    card.done();
    if (!metrics.contains(metric)) {
      throw new Refused(
          400, "there is no metric '%s'%s".formatted(metric, Nearest.hint(metric, metrics)));
    }
    Board.Look look = Board.Look.of(word);
    if (word != null && !look.word().equals(word)) {
      throw new Refused(400, "'look' is one of number, line, parts");
    }
    return new Board.Card(metric, look, by(look, by));
  }

  private static String by(Board.Look look, @Nullable String by) {
    if (look != Board.Look.PARTS) {
      if (by != null) {
        throw new Refused(400, "'by' goes with 'look': parts");
      }
      return "";
    }
    if (by == null || By.read(by) == null) {
      throw new Refused(400, "'by' is one of " + By.WAYS);
    }
    return by;
  }

  private long now() {
    return parts.clock().millis() * 1000;
  }

  private Json make(Call call) {
    Wanted wanted = wanted(call, false);
    try (Store store = parts.store().beside()) {
      SavedViews views = views(store);
      boolean taken =
          views.named(Board.AREA, OWNER).stream()
              .anyMatch(row -> isOurs(row) && row.name().equals(wanted.name()));
      if (taken) {
        throw taken(wanted.name());
      }
      String state = wanted.board().json();
      String id = views.save(Board.AREA, OWNER, wanted.name(), true, state, now());
      return told(new SavedViews.Row(id, Board.AREA, OWNER, wanted.name(), true, state)).json();
    }
  }

  private static Refused taken(String name) {
    return new Refused(409, "programs have made a dashboard '%s' already".formatted(name));
  }

  private Json change(Call call) {
    SavedViews.Row row = ours(call);
    Wanted wanted = wanted(call, true);
    SavedViews.Row changed =
        new SavedViews.Row(row.id(), Board.AREA, OWNER, wanted.name(), true, wanted.board().json());
    try (Store store = parts.store().beside()) {
      return switch (views(store).change(changed, now())) {
        case DONE -> told(changed).json();
        case NAME_TAKEN -> throw taken(wanted.name());
        case GONE -> throw new Refused(404, "there is no dashboard '%s'".formatted(row.id()));
      };
    }
  }

  private Json delete(Call call) {
    SavedViews.Row row = ours(call);
    try (Store store = parts.store().beside()) {
      if (!views(store).remove(row.id(), OWNER)) {
        throw new Refused(404, "there is no dashboard '%s'".formatted(row.id()));
      }
    }
    return told(row).json();
  }
}
