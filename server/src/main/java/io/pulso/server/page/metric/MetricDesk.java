package io.pulso.server.page.metric;

import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.Cell;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Frequencies;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Metric;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Place;
import io.pulso.engine.segment.Segment;
import io.pulso.server.metric.Asked;
import io.pulso.server.metric.Audience;
import io.pulso.server.metric.Counted;
import io.pulso.server.metric.Metrics;
import io.pulso.server.metric.Told;
import io.pulso.server.page.Missing;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.page.overview.Course;
import io.pulso.server.page.overview.Tile;
import io.pulso.server.segment.Memberships;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Asks metrics for the days that a page looks at: the last ones that are over.
final class MetricDesk {
  private static final int LONG = 60;

  /// What people did who are behind a number, by the metric.
  private static final Map<String, String> BEHIND =
      Map.ofEntries(
          Map.entry("email.unique_opens", "Email Opened"),
          Map.entry("email.open_rate", "Email Opened"),
          Map.entry("email.unique_clicks", "Email Link Clicked"),
          Map.entry("email.click_rate", "Email Link Clicked"),
          Map.entry("email.click_to_open", "Email Link Clicked"),
          Map.entry("email.unsubscribes", "Unsubscribed"),
          Map.entry("email.unsubscribe_rate", "Unsubscribed"),
          Map.entry("social.likes", "Social Liked"),
          Map.entry("social.comments", "Social Commented"),
          Map.entry("social.shares", "Social Shared"),
          Map.entry("app.installs", "Application Installed"),
          Map.entry("app.uninstalls", "Application Uninstalled"),
          Map.entry("app.active_users", "Application Opened"),
          Map.entry("offline.registrations", "Event Registered"),
          Map.entry("offline.attendance", "Event Attended"),
          Map.entry("referral.referrals", "Referral Made"),
          Map.entry("referral.testimonials", "Testimonial Given"));

  private final Site site;
  private final Visit visit;
  private final View view;
  private final Counted counted = new Counted();

  MetricDesk(Site site, Visit visit, View view) {
    this.site = site;
    this.visit = visit;
    this.view = view;
  }

  /// The customers as metrics may tell of them: in segments whose rules the reader may see.
  static Audience audience(Site site, Visit visit, View view) {
    return new Audience(
        view,
        site.questions().inForce(),
        () -> {
          Map<String, Segment> found = new TreeMap<>();
          site.parts()
              .segments()
              .segments()
              .forEach((name, segment) -> {
                if (Memberships.isAllowed(visit.sight(), segment)) {
                  found.put(name, segment);
                }
              });
          return found;
        });
  }

  static Metric metric(Site site, String id) {
    Metric metric = site.parts().catalogue().all().get().get(id);
    if (metric == null) {
      throw new Missing("there is no such metric");
    }
    return metric;
  }

  /// How a period is cut where nothing else is asked.
  static Every usual(Visit visit) {
    return visit.days() > LONG ? Every.WEEK : Every.DAY;
  }

  Period period() {
    int today = site.questions().today();
    return new Period(today - visit.days(), today - 1);
  }

  Told ask(Metric metric, Every every, @Nullable Path by) {
    return ask(metric, period(), every, by);
  }

  Told ask(Metric metric, Period period, Every every, @Nullable Path by) {
    return Metrics.ask(
        view,
        asked(metric, period, every, by),
        site.parts().catalogue().kept(),
        audience(site, visit, view),
        counted);
  }

  /// Whether anything is known of a metric in the days that the page looks at.
  boolean rests(String id) {
    return ask(metric(site, id), Every.WHOLE, null).whole().figure().n() > 0;
  }

  /// The parts of a metric alone.
  List<Told.Part> parts(Metric metric, Path by) {
    return Metrics.parts(
        view,
        asked(metric, period(), Every.WHOLE, by),
        site.parts().catalogue().kept(),
        audience(site, visit, view),
        counted);
  }

  /// How often each answer was given.
  Frequencies answers(Measure.Numbers of) {
    Period period = period();
    Cell cell =
        view.facts()
            .count(of, Every.WHOLE, List.of(period), null)
            .getOrDefault(new Place(period.first(), null), Cell.NONE);
    return cell.numbers();
  }

  private Asked asked(Metric metric, Period period, Every every, @Nullable Path by) {
    return new Asked(
        metric,
        period,
        every,
        by,
        site.parts().catalogue().weekStart().get(),
        site.questions().today());
  }

  /// The tile of a metric: its value leads to those behind it where they can be listed, else to its
  /// page.
  Tile tile(String id, String icon) {
    Told told = ask(metric(site, id), usual(visit), null);
    Metric metric = told.asked().metric();
    Double value = told.whole().figure().value();
    List<@Nullable Double> course = new ArrayList<>();
    told.series().stream()
        .filter(Told.Point::complete)
        .forEach(point -> course.add(point.figure().value()));
    String line = Course.line(course);
    return new Tile(
        id.replace('.', '-'),
        icon,
        MetricTexts.title(visit, metric),
        value == null ? visit.t("frame.none") : MetricTexts.value(visit, metric.kind(), value),
        change(told),
        MetricTexts.definition(visit, metric),
        line,
        Course.area(line),
        to(id));
  }

  private Tile.@Nullable Change change(Told told) {
    MetricView.Change change = MetricPages.change(visit, told);
    return change == null
        ? null
        : new Tile.Change(change.text(), change.tone(), change.icon(), change.told());
  }

  private String to(String id) {
    String event = BEHIND.get(id);
    return event == null
        ? page(visit, id)
        : "/behind/customers?event=%s&within=%d".formatted(Visit.encode(event), visit.days());
  }

  static String page(Visit visit, String id) {
    return "/metric/%s?days=%d".formatted(id, visit.days());
  }
}
