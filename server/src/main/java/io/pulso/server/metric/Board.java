package io.pulso.server.metric;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What stands on a dashboard, in order.
public record Board(List<Card> cards) {
  /// The area of saved views in which dashboards are kept.
  public static final String AREA = "dashboard";

  public static final int MOST = 24;

  public Board {
    cards = List.copyOf(cards);
  }

  /// How a metric is shown.
  public enum Look {
    NUMBER,
    LINE,
    PARTS;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Look of(@Nullable String word) {
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
  public record Card(String metric, Look look, String by) {}

  public Board with(Card card) {
    List<Card> more = new ArrayList<>(cards);
    more.add(card);
    return new Board(more);
  }

  public Board without(int place) {
    List<Card> fewer = new ArrayList<>(cards);
    fewer.remove(place);
    return new Board(fewer);
  }

  /// With the card of a place one place earlier, or later; unchanged at the ends.
  public Board moved(int place, boolean later) {
    int to = later ? place + 1 : place - 1;
    if (to < 0 || to >= cards.size()) {
      return this;
    }
    List<Card> moved = new ArrayList<>(cards);
    moved.add(to, moved.remove(place));
    return new Board(moved);
  }

  public String json() {
    List<Json> items = new ArrayList<>();
    for (Card card : cards) {
      Map<String, Json> fields = new LinkedHashMap<>();
      fields.put("metric", new Json.Str(card.metric()));
      fields.put("look", new Json.Str(card.look().word()));
      fields.put("by", new Json.Str(card.by()));
      items.add(new Json.Obj(fields));
    }
    return JsonText.write(new Json.Obj(Map.of("cards", new Json.Arr(items))));
  }

  public static Board read(String json) {
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
