package io.pulso.server.page.customer;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import io.pulso.engine.model.Band;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.Texts;
import io.pulso.engine.score.Cause;
import io.pulso.engine.score.Explanation;
import io.pulso.server.api.Answer;
import io.pulso.server.score.ExplainedScore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A customer's score frozen for others: the numbers and the author's own texts of the model, in
/// all their languages. Nothing in it tells who the customer is.
///
/// @param score in thousandths
/// @param history day and score in thousandths by turns; days without a score are left out
record Snapshot(
    Texts model,
    String version,
    int day,
    long score,
    Stripe band,
    List<Line> lines,
    List<Long> history) {
  /// A band.
  record Stripe(String id, String colour, Texts title, Texts meaning, Texts advice) {}

  /// A line of the explanation.
  ///
  /// @param title of the activity or group; empty where the cause says all
  record Line(String cause, Texts title, String name, long points) {}

  /// What is to be frozen.
  ///
  /// @param history day and score by turns
  static Snapshot of(ExplainedScore score, long points, Band band, List<Long> history) {
    Model model = score.use().model();
    List<Line> lines = new ArrayList<>();
    for (ExplainedScore.Line line : score.lines()) {
      Explanation.Line why = line.why();
      String name = why.name() == null ? "" : why.name();
      lines.add(new Line(why.cause().code(), title(model, why), name, why.points()));
    }
    return new Snapshot(
        model.title().byLanguage().isEmpty()
            ? new Texts(Map.of("en", model.name()))
            : model.title(),
        score.use().version(),
        score.to(),
        points,
        new Stripe(
            band.id(),
            BandStyle.of(model.bands(), band),
            band.title(),
            band.meaning(),
            band.advice()),
        lines,
        history);
  }

  private static Texts title(Model model, Explanation.Line why) {
    return why.cause() == Cause.GROUP_CAP
        ? model.groups().stream()
            .filter(each -> each.name().equals(why.name()))
            .map(Model.Group::title)
            .findFirst()
            .orElse(Texts.NONE)
        : model.activities().stream()
            .filter(each -> each.name().equals(why.name()))
            .map(each -> each.title())
            .findFirst()
            .orElse(Texts.NONE);
  }

  String json() {
    return JsonText.write(
        new Answer()
            .put("model", texts(model))
            .put("version", version)
            .put("day", day)
            .put("score", score)
            .put(
                "band",
                new Answer()
                    .put("id", band.id())
                    .put("colour", band.colour())
                    .put("title", texts(band.title()))
                    .put("meaning", texts(band.meaning()))
                    .put("advice", texts(band.advice()))
                    .json())
            .objects(
                "lines",
                lines,
                line ->
                    new Answer()
                        .put("cause", line.cause())
                        .put("title", texts(line.title()))
                        .put("name", line.name())
                        .put("points", line.points()))
            .list("history", history, each -> new Json.Num(each))
            .json());
  }

  private static Json texts(Texts texts) {
    Answer answer = new Answer();
    texts.byLanguage().forEach((language, text) -> answer.put(language, text));
    return answer.json();
  }

  static Snapshot read(String text) {
    try {
      Json.Obj root = object(JsonText.read(text));
      Json.Obj band = object(root.get("band"));
      List<Line> lines = new ArrayList<>();
      for (Json each : list(root.get("lines"))) {
        Json.Obj line = object(each);
        lines.add(
            new Line(
                word(line.get("cause")),
                texts(line.get("title")),
                word(line.get("name")),
                number(line.get("points"))));
      }
      return new Snapshot(
          texts(root.get("model")),
          word(root.get("version")),
          (int) number(root.get("day")),
          number(root.get("score")),
          new Stripe(
              word(band.get("id")),
              word(band.get("colour")),
              texts(band.get("title")),
              texts(band.get("meaning")),
              texts(band.get("advice"))),
          lines,
          list(root.get("history")).stream().map(Snapshot::number).toList());
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

  private static String word(@Nullable Json json) {
    return json instanceof Json.Str(String text) ? text : "";
  }

  private static long number(@Nullable Json json) {
    return json instanceof Json.Num(double value) ? Math.round(value) : 0;
  }

  private static Texts texts(@Nullable Json json) {
    Map<String, String> found = new HashMap<>();
    object(json).fields().forEach((language, text) -> found.put(language, word(text)));
    return new Texts(found);
  }
}
