package io.pulso.server.page.overview;

import io.pulso.server.page.Visit;
import io.pulso.server.store.DailyCounts;
import io.pulso.server.summary.Active;
import io.pulso.server.summary.Glance;
import io.pulso.server.summary.Present;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// The numbers above the charts: each of today, and as many days before as the period has.
final class Tiles {
  private final Visit visit;
  private final Onlooker onlooker;
  private final Glance glance;
  private final Present present;
  private final int days;

  Tiles(Visit visit, Onlooker onlooker, Present present, int days) {
    this.visit = visit;
    this.onlooker = onlooker;
    this.glance = onlooker.glance();
    this.present = present;
    this.days = days;
  }

  List<Tile> all() {
    return List.of(active(), median(), engaged(), atRisk(), stickiness());
  }

  private int before() {
    return present.day() - days;
  }

  /// The course of a number over the period, up to now.
  private List<@Nullable Double> course(
      Function<Glance.Day, @Nullable Double> of, @Nullable Double now) {
    List<@Nullable Double> values = new ArrayList<>();
    for (int day = before() + 1; day < present.day(); day++) {
      Glance.Day found = glance.day(day);
      values.add(found == null ? null : of.apply(found));
    }
    values.add(now);
    return values;
  }

  private Tile tile(
      String id,
      String icon,
      String value,
      Tile.@Nullable Change change,
      List<@Nullable Double> course,
      @Nullable String to,
      Object... parts) {
    String line = Course.line(course);
    return new Tile(
        id,
        icon,
        onlooker.t("overview." + id),
        value,
        change,
        onlooker.t("overview." + id + "_about", parts),
        line,
        Course.area(line),
        to);
  }

  private Tile active() {
    Glance.Day before = glance.day(before());
    return tile(
        "active",
        "users",
        visit.figures().count(present.active()),
        before == null ? null : relative(present.active(), before.counts().active(), 1),
        course(day -> (double) day.counts().active(), (double) present.active()),
        onlooker.behind("seen", String.valueOf(glance.model().window())),
        "days",
        glance.model().window());
  }

  private Tile median() {
    Glance.Day before = glance.day(before());
    Long now = present.median();
    Long then = before == null ? null : before.counts().median();
    return tile(
        "median",
        "gauge",
        now == null ? visit.t("frame.none") : visit.figures().points(now),
        now == null || then == null
            ? null
            : change(visit.figures().change(now - then), Long.signum(now - then), 1),
        course(day -> points(day.counts()), now == null ? null : (Double) (double) now),
        now == null ? null : onlooker.behind("most", BigDecimal.valueOf(now, 3).toPlainString()));
  }

  private static @Nullable Double points(DailyCounts.Scores counts) {
    Long median = counts.median();
    return median == null ? null : (Double) (double) median;
  }

  private Tile engaged() {
    ToDoubleFunction<Glance.Day> share =
        day -> (double) glance.engaged(day) / day.counts().scored();
    Glance.Day before = glance.day(before());
    boolean some = present.scored() > 0;
    double now = some ? (double) present.engaged() / present.scored() : 0;
    return tile(
        "engaged",
        "flame",
        some ? visit.figures().percent(now) : visit.t("frame.none"),
        !some || before == null || before.counts().scored() == 0
            ? null
            : difference(now, share.applyAsDouble(before)),
        course(
            day -> day.counts().scored() == 0 ? null : (Double) share.applyAsDouble(day),
            some ? (Double) now : null),
        onlooker.behind(glance.model().engagedBands()),
        "bands",
        titles(glance.model().engagedBands()));
  }

  private String titles(java.util.BitSet places) {
    List<BandLook> bands = onlooker.bands();
    return String.join(
        visit.t("overview.list_comma"),
        places.stream().mapToObj(place -> bands.get(place).title()).toList());
  }

  private Tile atRisk() {
    Glance.Day before = glance.day(before());
    return tile(
        "at_risk",
        "alert-triangle",
        visit.figures().count(present.atRisk()),
        before == null ? null : relative(present.atRisk(), glance.atRisk(before), -1),
        course(day -> (double) glance.atRisk(day), (double) present.atRisk()),
        onlooker.behind(Glance.atRisk(glance.model())),
        "bands",
        titles(Glance.atRisk(glance.model())));
  }

  private Tile stickiness() {
    Active active = onlooker.board().active().getOrDefault(onlooker.kind(), new Active(List.of()));
    int last = present.day() - 1;
    Double now = active.stickiness(last, days);
    Double then = active.stickiness(last - days, days);
    List<@Nullable Double> course = new ArrayList<>();
    for (DailyCounts.Active each : active.days()) {
      if (each.day() > last - days) {
        course.add(each.month() == 0 ? null : (Double) ((double) each.active() / each.month()));
      }
    }
    return tile(
        "stickiness",
        "repeat",
        now == null ? visit.t("frame.none") : visit.figures().percent(now),
        now == null || then == null ? null : difference(now, then),
        course,
        onlooker.behind("seen", String.valueOf(Active.MONTH)),
        "days",
        days);
  }

  /// The change of a count in percent.
  ///
  /// @param better 1 where more is good, -1 where less is
  private Tile.@Nullable Change relative(int now, int then, int better) {
    if (then == 0) {
      return null;
    }
    double share = (double) (now - then) / then;
    return change(signed(visit.figures().percent(share), now - then), now - then, better);
  }

  /// The change of a share in percentage points.
  private Tile.Change difference(double now, double then) {
    double points = Math.round((now - then) * 1000) / 10.0;
    return change(
        visit.t(
            "overview.percentage_points",
            "n",
            signed(visit.figures().decimal(points, 1), points > 0 ? 1 : 0)),
        (int) Math.signum(points),
        1);
  }

  private static String signed(String text, int sign) {
    return sign > 0 ? "+" + text : text;
  }

  private Tile.Change change(String text, int sign, int better) {
    int good = Integer.signum(sign) * better;
    String told = good > 0 ? "overview.better" : good < 0 ? "overview.worse" : "overview.same";
    return new Tile.Change(
        text,
        good > 0 ? "good" : good < 0 ? "bad" : "",
        sign > 0 ? "arrow-up-right" : sign < 0 ? "arrow-down-right" : "minus",
        visit.t(told, "days", days));
  }
}
