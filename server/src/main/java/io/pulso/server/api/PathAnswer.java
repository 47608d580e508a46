package io.pulso.server.api;

import io.pulso.engine.json.Json;
import io.pulso.engine.session.Step;
import io.pulso.server.metric.PathFlow;
import io.pulso.server.metric.Paths;
import java.util.Locale;

/// The ways through sessions, as JSON.
public final class PathAnswer {
  private PathAnswer() {}

  public static Json.Obj json(Paths told) {
    Paths.Asked asked = told.asked();
    boolean back = asked.question().start() == null && asked.question().end() != null;
    return new Answer()
        .day("from", asked.period().first())
        .day("to", asked.period().last())
        .put("length", asked.question().length())
        .put("start", asked.question().start())
        .put("end", asked.question().end())
        .put("sessions", told.sessions())
        .put("different", told.different())
        .objects(
            "paths",
            told.ways(),
            way ->
                new Answer()
                    .objects("steps", way.steps(), step -> step(new Answer(), step))
                    .put("sessions", way.sessions())
                    .put("share", percent(way.sessions(), told.sessions())))
        .put(
            "flow",
            new Answer()
                .objects("nodes", told.flow().nodes(), node -> node(node, back))
                .objects(
                    "links",
                    told.flow().links(),
                    link ->
                        new Answer()
                            .put("from", link.from())
                            .put("to", link.to())
                            .put("sessions", link.sessions()))
                .json())
        .objects(
            "pages",
            told.pages(),
            page ->
                new Answer()
                    .put("page", page.text())
                    .put("views", page.views())
                    .put("entries", page.entries())
                    .put("exits", page.exits())
                    .put("exit_rate", percent(page.exits(), page.views())))
        .json();
  }

  private static Answer step(Answer answer, Step step) {
    return answer.put("type", step.type().name().toLowerCase(Locale.ROOT)).put("text", step.text());
  }

  private static Answer node(PathFlow.Node node, boolean back) {
    Answer answer = new Answer().put("level", node.level());
    Step step = node.step();
    if (step == null) {
      String type = !node.edge() ? "others" : back ? "start" : "end";
      answer.put("type", type).put("text", new Json.Null());
    } else {
      step(answer, step);
    }
    return answer.put("sessions", node.sessions());
  }

  private static Json percent(long some, long all) {
    return all == 0 ? new Json.Null() : new Json.Num(some * 100.0 / all);
  }
}
