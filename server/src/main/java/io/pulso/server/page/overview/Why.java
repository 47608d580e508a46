package io.pulso.server.page.overview;

import io.pulso.engine.model.Activity;
import io.pulso.engine.model.Model;
import io.pulso.engine.score.Explanation;
import io.pulso.server.page.Visit;
import io.pulso.server.score.Overview;
import io.pulso.server.summary.Mover;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Reasons in the reader's words.
final class Why {
  private final Visit visit;
  private final Model model;

  Why(Visit visit, Model model) {
    this.visit = visit;
    this.model = model;
  }

  /// What did most to a change.
  String main(Mover mover) {
    Overview.Reason reason = mover.reason();
    if (reason == null) {
      return visit.t("overview.reason_none");
    }
    return visit.t(
        reason.isNew() ? "overview.reason_new" : "overview.reason_older",
        "activity",
        activity(reason.activity()),
        "points",
        visit.figures().change(reason.points()));
  }

  /// All lines that are not zero, the greatest first; they add up to the change.
  List<WhyLine> lines(Mover mover) {
    List<Explanation.Line> all = new ArrayList<>(mover.why().lines());
    all.removeIf(line -> line.points() == 0);
    all.sort(Comparator.comparingLong(line -> -Math.abs(line.points())));
    return all.stream()
        .map(line ->
            new WhyLine(
                visit.t("overview.cause_" + line.cause().name().toLowerCase(Locale.ROOT)),
                name(line),
                visit.figures().change(line.points()),
                line.points() > 0))
        .toList();
  }

  private String name(Explanation.Line line) {
    String name = line.name();
    if (name == null) {
      return "";
    }
    for (Model.Group group : model.groups()) {
      if (group.name().equals(name)) {
        return visit.text(group.title(), name);
      }
    }
    return activity(name);
  }

  private String activity(String name) {
    for (Activity activity : model.activities()) {
      if (activity.name().equals(name)) {
        return visit.text(activity.title(), name);
      }
    }
    return name;
  }
}
