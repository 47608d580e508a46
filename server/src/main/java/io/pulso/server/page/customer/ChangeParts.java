package io.pulso.server.page.customer;

import io.pulso.server.page.Shown;
import io.pulso.server.page.Visit;
import io.pulso.server.score.ExplainedScore;
import io.pulso.server.score.Explaining;
import io.pulso.server.score.InUse;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why a score changed between two days, as a part of a page.
public final class ChangeParts {
  private final Area area;

  ChangeParts(Area area) {
    this.area = area;
  }

  /// What the part shows.
  ///
  /// @param here the address of the page
  /// @param fault why there is nothing; null where there is something
  /// @param change with its sign
  public record Changed(
      String here,
      String from,
      String to,
      List<Reasons.Line> lines,
      String scoreFrom,
      String scoreTo,
      String bandFrom,
      String bandTo,
      String change,
      @Nullable String fault) {}

  Shown show(Visit visit, SubjectPages.About about) {
    Integer from = day(visit.shortParam("from"));
    Integer to = day(visit.shortParam("to"));
    String here = Area.at(about.store().opaqueIds(), about.who().kind(), about.who().number());
    InUse use = about.use();
    String fault =
        from == null || to == null || from > to || to > about.day()
            ? visit.t("customer.change_days")
            : use == null || !about.isScored() ? visit.t("customer.not_scored") : null;
    if (fault != null || from == null || to == null || use == null) {
      return Shown.view(
          "customer/change",
          new Changed(here, "", "", List.of(), "", "", "", "", "", String.valueOf(fault)));
    }
    return Shown.view("customer/change", changed(visit, about, use, here, from, to));
  }

  private Changed changed(
      Visit visit, SubjectPages.About about, InUse use, String here, int from, int to) {
    String name = use.model().name();
    var models = area.site().parts().models();
    InUse first = models.find(about.store(), name, null, from);
    InUse last = models.find(about.store(), name, null, to);
    ExplainedScore explained =
        new Explaining(about.view())
            .between(
                about.who(), new Explaining.Side(first, from), new Explaining.Side(last, to), null);
    Long before = explained.scoreFrom();
    Long after = explained.scoreTo();
    if (before == null || after == null) {
      String culprit = String.valueOf(explained.culprit());
      return new Changed(
          here,
          "",
          "",
          List.of(),
          "",
          "",
          "",
          "",
          "",
          visit.t(
              "customer.unavailable",
              "activity",
              new Reasons(visit, use.model()).activity(culprit)));
    }
    return new Changed(
        here,
        visit.figures().isoDay(from),
        visit.figures().isoDay(to),
        new Reasons(visit, last.model()).lines(explained),
        visit.figures().points(before),
        visit.figures().points(after),
        band(visit, explained.bandFrom()),
        band(visit, explained.bandTo()),
        visit.figures().change(after - before),
        null);
  }

  private static String band(Visit visit, io.pulso.engine.model.@Nullable Band band) {
    return band == null ? "" : visit.text(band.title(), band.id());
  }

  static @Nullable Integer day(@Nullable String text) {
    try {
      return text == null ? null : (Integer) Math.toIntExact(LocalDate.parse(text).toEpochDay());
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }
}
