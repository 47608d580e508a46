package io.pulso.server.page.metric;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import io.pulso.server.api.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What stands on a dashboard, in order.
record Board(List<Card> cards) {
  static final int MOST = 24;

  Board {
    cards = List.copyOf(cards);
  }

  /// How a metric is shown.
  enum Look {
    NUMBER,
    LINE,
    PARTS;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Look of(@Nullable String word) {
      for (Look look : values()) {
        if (look.word().equals(word)) {
          return look;
        }
      }
      return LINE;
    }
  }

  /// One metric.
  ///
  /// @param by what it is broken down by, as people write it; empty for nothing
  record Card(String metric, Look look, String by) {}

  Board with(Card card) {
    List<Card> more = new ArrayList<>(cards);
    more.add(card);
    return new Board(more);
  }

  Board without(int place) {
    List<Card> fewer = new ArrayList<>(cards);
    fewer.remove(place);
    return new Board(fewer);
  }

  /// With the card of a place one place earlier, or later; unchanged at the ends.
  Board moved(int place, boolean later) {
    int to = later ? place + 1 : place - 1;
    if (to < 0 || to >= cards.size()) {
      return this;
    }
    List<Card> moved = new ArrayList<>(cards);
    moved.add(to, moved.remove(place));
    return new Board(moved);
  }

  String json() {
    return JsonText.write(
        new Answer()
            .objects(
                "cards",
                cards,
                card ->
                    new Answer()
                        .put("metric", card.metric())
                        .put("look", card.look().word())
                        .put("by", card.by()))
            .json());
  }

  static Board read(String json) {
    try {
      List<Card> cards = new ArrayList<>();
      if (JsonText.read(json) instanceof Json.Obj root
          && root.get("cards") instanceof Json.Arr(List<Json> items)) {
        for (Json item : items) {
          Json.Obj card = item instanceof Json.Obj object ? object : Json.Obj.EMPTY;
          cards.add(new Card(text(card, "metric"), Look.of(text(card, "look")), text(card, "by")));
        }
      }
      return new Board(cards);
    } catch (JsonFault e) {
      throw new IllegalStateException("a dashboard is no JSON", e);
    }
  }

  private static String text(Json.Obj object, String key) {
    return object.get(key) instanceof Json.Str(String text) ? text : "";
  }
}
