package io.pulso.server.page.metric;

import io.pulso.engine.json.Json;
import io.pulso.engine.metric.Frequencies;
import io.pulso.server.api.Answer;
import io.pulso.server.page.Visit;
import io.pulso.server.page.overview.Figure;
import io.pulso.server.page.overview.Grid;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// How often each answer was given, as bars.
final class SurveyAnswers {
  private SurveyAnswers() {}

  /// The answers that can be given.
  record Scale(int least, int most, IntFunction<String> colour) {}

  static Figure figure(Visit visit, Frequencies often, Scale scale, String csv) {
    long all = often.n();
    List<Json> bins = new ArrayList<>();
    List<List<Grid.Cell>> rows = new ArrayList<>();
    for (int answer = scale.least(); answer <= scale.most(); answer++) {
      long n = often.below(answer * 1000L + 1) - often.below(answer * 1000L);
      String share = all == 0 ? visit.t("frame.none") : visit.figures().percent((double) n / all);
      String label = visit.figures().count(answer);
      bins.add(
          new Answer()
              .put("label", label)
              .put("n", n)
              .put("text", visit.t("surveys.bar", "answer", label, "n", n, "share", share))
              .put("color", scale.colour().apply(answer))
              .json());
      rows.add(
          List.of(
              Grid.Cell.number(label, answer),
              Grid.Cell.number(visit.figures().count(n), n),
              Grid.Cell.text(share)));
    }
    return new Figure(
        "answers",
        "histogram",
        visit.t("surveys.answers"),
        new Answer().put("bins", new Json.Arr(bins)).json(),
        new Grid(
            List.of(visit.t("surveys.answer"), visit.t("surveys.times"), visit.t("surveys.share")),
            rows,
            csv));
  }
}
