package io.pulso.server.page.customer;

import io.pulso.engine.json.Json;
import io.pulso.engine.model.Band;
import io.pulso.engine.score.Cause;
import io.pulso.engine.score.Kernel;
import io.pulso.engine.score.NextStep;
import io.pulso.server.api.Answer;
import io.pulso.server.page.Visit;
import io.pulso.server.score.ExplainedScore;
import io.pulso.server.score.Explaining;
import io.pulso.server.score.Histories;
import io.pulso.server.score.InUse;
import io.pulso.server.score.Individual;
import io.pulso.server.score.NextSteps;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parts of a page that speak of one score.
final class ScoreParts {
  private static final int MOST_STEPS = 4;
  private static final List<String> BUILT_IN =
      List.of("churn_risk", "very_disengaged", "somewhat_engaged", "highly_engaged", "power_user");

  private final Visit visit;
  private final View view;
  private final InUse use;
  private final Individual who;
  private final int day;

  ScoreParts(Visit visit, View view, InUse use, Individual who, int day) {
    this.visit = visit;
    this.view = view;
    this.use = use;
    this.who = who;
    this.day = day;
  }

  private List<Band> bands() {
    return use.model().bands();
  }

  SubjectView.@Nullable Score score(ExplainedScore explained) {
    Long score = explained.scoreTo();
    Band band = explained.bandTo();
    if (score == null || band == null) {
      return null;
    }
    boolean byHand =
        explained.lines().stream().anyMatch(line -> line.why().cause() == Cause.MANUAL);
    return new SubjectView.Score(
        visit.figures().points(score),
        Meter.percent(bands(), score),
        visit.text(band.title(), band.id()),
        BandStyle.of(bands(), band),
        visit.text(band.meaning(), ""),
        visit.text(band.advice(), ""),
        byHand ? visit.figures().points(new Explaining(view).withoutManual(use, who, day)) : "");
  }

  SubjectView.Why why(ExplainedScore explained) {
    Long score = explained.scoreTo();
    String culprit = explained.culprit();
    Reasons reasons = new Reasons(visit, use.model());
    return new SubjectView.Why(
        reasons.lines(explained),
        score == null ? "" : visit.figures().points(score),
        culprit == null ? "" : reasons.activity(culprit));
  }

  SubjectView.@Nullable Next next() {
    NextSteps.Ways ways = new NextSteps(view).of(use, who, day);
    Band next = ways.next();
    if (next == null) {
      return null;
    }
    Reasons reasons = new Reasons(visit, use.model());
    List<SubjectView.Next.Step> steps = new ArrayList<>();
    for (NextStep step : ways.steps()) {
      Long units = step.units();
      if (steps.size() < MOST_STEPS) {
        steps.add(
            new SubjectView.Next.Step(
                reasons.activity(step.activity()),
                units == null ? "" : visit.figures().points(units),
                visit.figures().points(step.usualWeekly()),
                step.isCapped()));
      }
    }
    return new SubjectView.Next(
        visit.text(next.title(), next.id()),
        BandStyle.of(bands(), next),
        visit.figures().points(ways.missing()),
        steps);
  }

  /// The scores of some days, one after another.
  SubjectView.History history(List<Histories.Period> periods) {
    List<Json> labels = new ArrayList<>();
    List<Json> values = new ArrayList<>();
    List<Json> texts = new ArrayList<>();
    List<SubjectView.History.Day> days = new ArrayList<>();
    new Histories(view)
        .one(
            periods,
            who,
            (id, on, score, band) -> {
              boolean there = Kernel.isScore(score);
              String text = there ? visit.figures().points(score) : visit.t("frame.none");
              String title = band == null ? "" : visit.text(band.title(), band.id());
              labels.add(new Json.Str(visit.figures().shortDay(on)));
              values.add(there ? new Json.Num(score / 1000.0) : new Json.Null());
              texts.add(
                  new Json.Str(
                      visit.t(
                          "customer.history_day",
                          "day",
                          visit.figures().day(on),
                          "score",
                          text,
                          "band",
                          title)));
              days.add(new SubjectView.History.Day(visit.figures().day(on), text, title));
            });
    return new SubjectView.History(chart(periods, labels, values, texts), days);
  }

  private Json chart(
      List<Histories.Period> periods, List<Json> labels, List<Json> values, List<Json> texts) {
    List<Json> marks = new ArrayList<>();
    for (Histories.Period period : periods.subList(1, periods.size())) {
      marks.add(
          new Answer()
              .put("at", visit.figures().shortDay(period.first()))
              .put("text", visit.t("customer.version", "version", period.use().version()))
              .json());
    }
    return new Answer()
        .put("x", new Json.Arr(labels))
        .put(
            "series",
            new Json.Arr(
                List.of(
                    new Answer()
                        .put("name", visit.t("customers.column_score"))
                        .put("color", "--accent")
                        .put("values", new Json.Arr(values))
                        .json())))
        .put("texts", new Json.Arr(texts))
        .put("marks", new Json.Arr(marks))
        .put("areas", new Json.Arr(areas(values)))
        .json();
  }

  /// The bands as far as the line reaches, as stripes behind it.
  private List<Json> areas(List<Json> values) {
    double least =
        values.stream().mapToDouble(v -> v instanceof Json.Num n ? n.value() : 0).min().orElse(0);
    double most =
        values.stream().mapToDouble(v -> v instanceof Json.Num n ? n.value() : 0).max().orElse(0);
    List<Json> areas = new ArrayList<>();
    double from = Math.min(least, 0) - 1_000;
    for (Band band : bands()) {
      Long bound = band.bound();
      double to = bound == null ? Math.max(most, 0) + 1_000 : bound / 1000.0;
      areas.add(
          new Answer()
              .put("from", new Json.Num(from))
              .put("to", new Json.Num(to))
              .put("color", chartColour(band))
              .json());
      from = to;
    }
    return areas;
  }

  private String chartColour(Band band) {
    if (band.color() != null || BUILT_IN.contains(band.id())) {
      return band.color() == null ? "--band-" + band.id() : band.color();
    }
    return "--scale-" + (1 + Math.min(4, bands().indexOf(band)));
  }
}
