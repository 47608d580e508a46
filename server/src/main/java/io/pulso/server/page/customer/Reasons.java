package io.pulso.server.page.customer;

import io.pulso.engine.model.Activity;
import io.pulso.engine.model.Model;
import io.pulso.engine.score.Breakdown;
import io.pulso.engine.score.Cause;
import io.pulso.engine.score.Counts;
import io.pulso.engine.score.Explanation;
import io.pulso.engine.score.Uncounted;
import io.pulso.server.page.Visit;
import io.pulso.server.score.ExplainedScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The lines of explanations in words of the reader's language.
public final class Reasons {
  private static final long FULL = 1_000_000;

  private final Visit visit;
  private final Model model;

  Reasons(Visit visit, Model model) {
    this.visit = visit;
    this.model = model;
  }

  /// A line.
  ///
  /// @param cause as a code
  /// @param activity whose events lie behind it; empty for none
  /// @param points in thousandths
  /// @param left where its bar begins, in percent of the widest
  /// @param width of its bar
  /// @param details how it came about
  /// @param events how many lie behind it
  public record Line(
      String cause,
      String activity,
      String title,
      long points,
      String text,
      double left,
      double width,
      List<String> details,
      int events) {
    public boolean isNegative() {
      return points < 0;
    }

    /// Where the bar is, for CSS.
    public String style() {
      return String.format(Locale.ROOT, "left:%.2f%%;width:%.2f%%", left, width);
    }
  }

  List<Line> lines(ExplainedScore score) {
    long least = 0;
    long most = 0;
    for (ExplainedScore.Line line : score.lines()) {
      least = Math.min(least, line.why().points());
      most = Math.max(most, line.why().points());
    }
    double span = Math.max(1, most - least);
    double zero = -least / span * 100;
    List<Line> found = new ArrayList<>();
    for (ExplainedScore.Line line : score.lines()) {
      found.add(line(line, zero, span));
    }
    return found;
  }

  private Line line(ExplainedScore.Line line, double zero, double span) {
    Explanation.Line why = line.why();
    double width = Math.abs(why.points()) / span * 100;
    String name = why.name();
    String activity = name == null || why.cause() == Cause.GROUP_CAP ? "" : name;
    return new Line(
        why.cause().code(),
        activity,
        title(why),
        why.points(),
        visit.figures().change(why.points()),
        why.points() < 0 ? zero - width : zero,
        width,
        details(line),
        line.evidence().total());
  }

  private String title(Explanation.Line why) {
    String name = why.name();
    return switch (why.cause()) {
      case ACTIVITY -> activity(name);
      case EXPIRED -> visit.t("customer.cause_expired", "activity", activity(name));
      case DECAYED -> visit.t("customer.cause_decayed", "activity", activity(name));
      case NEW_ACTIVITY -> visit.t("customer.cause_new_activity", "activity", activity(name));
      case CORRECTIONS -> visit.t("customer.cause_corrections", "activity", activity(name));
      case MODEL ->
          name == null
              ? visit.t("customer.cause_model_base")
              : visit.t("customer.cause_model", "activity", activity(name));
      case GROUP_CAP -> visit.t("customer.cause_group_cap", "group", group(name));
      case BASE -> visit.t("customer.cause_base");
      case MANUAL -> visit.t("customer.cause_manual");
      case CLAMP -> visit.t("customer.cause_clamp");
    };
  }

  /// The title of an activity, else its name.
  String activity(@Nullable String name) {
    return model.activities().stream()
        .filter(each -> each.name().equals(name))
        .map(Activity::title)
        .map(title -> visit.text(title, String.valueOf(name)))
        .findFirst()
        .orElse(String.valueOf(name));
  }

  private String group(@Nullable String name) {
    return model.groups().stream()
        .filter(each -> each.name().equals(name))
        .map(each -> visit.text(each.title(), each.name()))
        .findFirst()
        .orElse(String.valueOf(name));
  }

  private List<String> details(ExplainedScore.Line line) {
    List<String> found = new ArrayList<>();
    Counts counts = line.why().counts();
    if (counts != null) {
      found.add(
          visit.t(
              "customer.units_counted",
              "counted",
              visit.figures().points(counts.counted()),
              "seen",
              visit.figures().points(counts.seen())));
      if (counts.uncountedDay() != 0) {
        found.add(
            visit.t("customer.over_day", "units", visit.figures().points(counts.uncountedDay())));
      }
      if (counts.uncountedWindow() != 0) {
        found.add(
            visit.t(
                "customer.over_window", "units", visit.figures().points(counts.uncountedWindow())));
      }
    }
    Breakdown.Contribution contribution = line.contribution();
    if (contribution != null) {
      found.add(
          visit.t(
              "customer.per_unit", "points", visit.figures().points(contribution.pointsPerUnit())));
      if (contribution.factor() != FULL) {
        found.add(
            visit.t(
                "customer.factor",
                "share",
                visit.figures().percent((double) contribution.factor() / FULL)));
      }
    }
    for (Map.Entry<Uncounted, Integer> each : line.evidence().uncounted().entrySet()) {
      found.add(
          visit.t("customer.uncounted", "n", each.getValue())
              + ": "
              + visit.t("customer.uncounted_" + each.getKey().code()));
    }
    return found;
  }
}
