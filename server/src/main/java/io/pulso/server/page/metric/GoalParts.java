package io.pulso.server.page.metric;

import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Metric;
import io.pulso.server.event.InputException;
import io.pulso.server.metric.Progress;
import io.pulso.server.page.Missing;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.people.AuditAction;
import io.pulso.server.people.Role;
import io.pulso.server.store.Goals;
import io.pulso.server.store.View;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// Goals of metrics: set, shown with their progress, removed.
public final class GoalParts {
  private static final int LONGEST = 3_660;

  private final Site site;

  public GoalParts(Site site) {
    this.site = site;
  }

  /// A goal and how far it is.
  ///
  /// @param width of the way, in percent
  /// @param pace where an even pace would be, in percent
  /// @param tone `good`, `bad` or empty
  public record GoalView(
      String id,
      String title,
      String value,
      String target,
      String until,
      String state,
      String tone,
      int width,
      int pace,
      String told) {}

  public void add(Pages pages) {
    pages.post("/metric/{id}/goal", Role.ANALYST, this::set);
    pages.post("/metric/{id}/goal/remove", Role.ANALYST, this::remove);
  }

  private Shown set(Visit visit) {
    Metric metric = MetricDesk.metric(site, visit.part("id"));
    double target = target(visit);
    int today = site.questions().today();
    int until = until(visit, today);
    long now = site.parts().clock().millis() * 1000;
    site.questions()
        .ask((store, view) -> {
          MetricDesk desk = new MetricDesk(site, visit, view);
          Double began = desk.ask(metric, Every.WHOLE, null).whole().figure().value();
          store
              .byHand()
              .goals()
              .set(
                  new Goals.Row(
                      metric.id(),
                      target,
                      visit.days(),
                      today,
                      until,
                      began,
                      visit.person().name()),
                  now);
          return metric;
        });
    visit.note(
        AuditAction.SETTING_CHANGED,
        null,
        Map.of("of", "goal " + metric.id(), "after", String.valueOf(target)));
    return Shown.redirect(MetricDesk.page(visit, metric.id()));
  }

  private static double target(Visit visit) {
    String text = Objects.requireNonNullElse(visit.form("target"), "").strip().replace(',', '.');
    if (!text.matches("-?[0-9]{1,12}([.][0-9]{1,3})?")) {
      throw new InputException("a target is a number such as 40 or 2.5");
    }
    return Double.parseDouble(text);
  }

  private static int until(Visit visit, int today) {
    try {
      String text = Objects.requireNonNullElse(visit.form("until"), "");
      long day = LocalDate.parse(text).toEpochDay();
      if (day <= today || day > today + LONGEST) {
        throw new InputException("the day of a goal lies after today and within 10 years");
      }
      return (int) day;
    } catch (DateTimeException e) {
      throw new InputException("the day of a goal is written as in 2026-12-31");
    }
  }

  private Shown remove(Visit visit) {
    Metric metric = MetricDesk.metric(site, visit.part("id"));
    boolean removed =
        site.questions().ask((store, view) -> store.byHand().goals().remove(metric.id()));
    if (!removed) {
      throw new Missing("there is no goal");
    }
    visit.note(AuditAction.SETTING_CHANGED, null, Map.of("of", "goal " + metric.id()));
    return Shown.redirect(MetricDesk.page(visit, metric.id()));
  }

  /// What is shown of some goals; those of metrics that are gone are left out.
  static List<GoalView> views(Site site, Visit visit, View view, List<Goals.Row> goals) {
    Map<String, Metric> all = site.parts().catalogue().all().get();
    MetricDesk desk = new MetricDesk(site, visit, view);
    int today = site.questions().today();
    return goals.stream()
        .filter(goal -> all.containsKey(goal.metric()))
        .map(goal -> view(visit, desk, goal, Objects.requireNonNull(all.get(goal.metric())), today))
        .toList();
  }

  private static GoalView view(
      Visit visit, MetricDesk desk, Goals.Row goal, Metric metric, int today) {
    Double value =
        desk.ask(metric, Progress.period(goal, today), Every.WHOLE, null).whole().figure().value();
    Progress progress = Progress.of(metric.direction(), goal, value, today);
    String state = progress.state().name().toLowerCase(Locale.ROOT);
    Double began = goal.began();
    return new GoalView(
        metric.id(),
        MetricTexts.title(visit, metric),
        value == null ? visit.t("frame.none") : MetricTexts.value(visit, metric.kind(), value),
        MetricTexts.value(visit, metric.kind(), goal.target()),
        visit.figures().day(goal.lastDay()),
        visit.t("goals." + state),
        switch (progress.state()) {
          case REACHED, ON_PACE -> "good";
          case BEHIND, MISSED -> "bad";
        },
        (int) Math.round(progress.share() * 100),
        (int) Math.round(progress.expected() * 100),
        visit.t(
            "goals.told",
            "days",
            goal.days(),
            "began",
            began == null ? visit.t("frame.none") : MetricTexts.value(visit, metric.kind(), began),
            "on",
            visit.figures().day(goal.firstDay()),
            "who",
            goal.author()));
  }
}
