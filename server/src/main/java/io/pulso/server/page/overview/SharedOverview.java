package io.pulso.server.page.overview;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import io.pulso.server.api.Answer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The overview frozen for others: numbers of everybody, in the words of whoever shared it. Nobody
/// is named in it.
///
/// @param language of its words
/// @param until when it can be opened, as its reader writes it
public record SharedOverview(
    String language,
    String subtitle,
    List<Amount> tiles,
    Json chart,
    List<Row> bands,
    String until) {
  /// A number with its name.
  public record Amount(String name, String value) {}

  /// A band with how many are in it.
  public record Row(String title, String style, String count, String share, int width) {}

  static String json(String language, OverviewView view) {
    return JsonText.write(
        new Answer()
            .put("language", language)
            .put("subtitle", view.subtitle())
            .objects(
                "tiles",
                view.tiles(),
                tile -> new Answer().put("name", tile.name()).put("value", tile.value()))
            .put("chart", view.distribution().data())
            .objects(
                "bands",
                view.bands(),
                band ->
                    new Answer()
                        .put("title", band.look().title())
                        .put("style", band.look().style())
                        .put("count", band.count())
                        .put("share", band.share())
                        .put("width", band.width()))
            .json());
  }

  static SharedOverview read(String json, String until) {
    try {
      Json.Obj root = object(JsonText.read(json));
      List<Amount> tiles = new ArrayList<>();
      list(root.get("tiles"))
          .forEach(each ->
              tiles.add(new Amount(text(object(each), "name"), text(object(each), "value"))));
      List<Row> bands = new ArrayList<>();
      for (Json each : list(root.get("bands"))) {
        Json.Obj band = object(each);
        bands.add(
            new Row(
                text(band, "title"),
                text(band, "style"),
                text(band, "count"),
                text(band, "share"),
                band.get("width") instanceof Json.Num(double width) ? (int) width : 0));
      }
      Json chart = root.get("chart");
      return new SharedOverview(
          text(root, "language"),
          text(root, "subtitle"),
          tiles,
          chart == null ? new Json.Null() : chart,
          bands,
          until);
    } catch (JsonFault e) {
      throw new IllegalStateException("a snapshot is no JSON", e);
    }
  }

  private static Json.Obj object(@Nullable Json json) {
    return json instanceof Json.Obj object ? object : Json.Obj.EMPTY;
  }

  private static List<Json> list(@Nullable Json json) {
    return json instanceof Json.Arr(List<Json> items) ? items : List.of();
  }

  private static String text(Json.Obj object, String key) {
    return object.get(key) instanceof Json.Str(String text) ? text : "";
  }
}
