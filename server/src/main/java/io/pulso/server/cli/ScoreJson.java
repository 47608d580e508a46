package io.pulso.server.cli;

import io.pulso.engine.json.Json;
import io.pulso.engine.model.Band;
import io.pulso.engine.score.Uncounted;
import io.pulso.server.api.Answer;
import io.pulso.server.api.ExplainAnswer;
import io.pulso.server.score.Overview;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// An overview of scores as JSON.
final class ScoreJson {
  private ScoreJson() {}

  /// @param uncounted events that do not count, by activity and reason
  static Json.Obj of(Overview overview, Map<String, Map<Uncounted, Long>> uncounted) {
    Map<String, Json> out = new LinkedHashMap<>();
    out.put("model", new Json.Str(overview.table().use().model().name()));
    out.put("version", new Json.Str(overview.table().use().version()));
    out.put("as_of", new Json.Str(Numbers.day(overview.table().asOf())));
    out.put("subjects", new Json.Num(overview.table().size()));
    out.put("inactive", new Json.Num(overview.inactive()));
    out.put("ramping", new Json.Num(overview.ramping()));
    out.put("unavailable", new Json.Num(overview.unavailable()));
    out.put("objected", new Json.Num(overview.objected()));
    out.put("mean", number(overview.distribution().mean()));
    out.put("median", number(overview.distribution().median()));
    out.put("bands", bands(overview));
    out.put(
        "histogram",
        new Json.Arr(
            overview.distribution().histogram(20).stream()
                .<Json>map(bar ->
                    object(
                        Map.entry("from", Numbers.json(bar.from())),
                        Map.entry("to", Numbers.json(bar.to())),
                        Map.entry("count", new Json.Num(bar.count()))))
                .toList()));
    out.put("movers_since", new Json.Str(Numbers.day(overview.since())));
    out.put("up", movers(overview.up()));
    out.put("down", movers(overview.down()));
    Answer lacking = new Answer();
    uncounted.forEach((activity, events) -> lacking.put(activity, ExplainAnswer.uncounted(events)));
    out.put("not_countable", lacking.json());
    return new Json.Obj(out);
  }

  private static Json number(OptionalLong milli) {
    return milli.isPresent() ? Numbers.json(milli.getAsLong()) : new Json.Null();
  }

  private static Json bands(Overview overview) {
    List<Json> bands = new ArrayList<>();
    List<Band> all = overview.table().use().model().bands();
    for (int i = 0; i < all.size(); i++) {
      bands.add(
          object(
              Map.entry("band", new Json.Str(all.get(i).id())),
              Map.entry("count", new Json.Num(overview.bands()[i]))));
    }
    return new Json.Arr(bands);
  }

  private static Json movers(List<Overview.Mover> movers) {
    return new Json.Arr(movers.stream().map(ScoreJson::mover).toList());
  }

  private static Json mover(Overview.Mover mover) {
    Overview.Reason reason = mover.reason();
    return object(
        Map.entry("subject", new Json.Str(mover.id())),
        Map.entry("before", Numbers.json(mover.before())),
        Map.entry("after", Numbers.json(mover.after())),
        Map.entry("change", Numbers.json(mover.change())),
        Map.entry(
            "reason",
            reason == null
                ? new Json.Null()
                : object(
                    Map.entry("activity", new Json.Str(reason.activity())),
                    Map.entry("points", Numbers.json(reason.points())),
                    Map.entry("new", new Json.Bool(reason.isNew())))));
  }

  @SafeVarargs
  static Json object(Map.Entry<String, ? extends Json>... fields) {
    Map<String, Json> out = new LinkedHashMap<>();
    for (Map.Entry<String, ? extends Json> field : fields) {
      out.put(field.getKey(), field.getValue());
    }
    return new Json.Obj(out);
  }
}
