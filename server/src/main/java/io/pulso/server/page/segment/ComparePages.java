package io.pulso.server.page.segment;

import io.pulso.engine.metric.Contrast;
import io.pulso.engine.metric.Interval;
import io.pulso.engine.metric.Metric;
import io.pulso.engine.metric.Period;
import io.pulso.engine.model.Model;
import io.pulso.engine.segment.Segment;
import io.pulso.server.event.InputException;
import io.pulso.server.page.Missing;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.page.metric.MetricTexts;
import io.pulso.server.page.overview.Grid;
import io.pulso.server.page.segment.CompareView.Group;
import io.pulso.server.page.segment.CompareView.Row;
import io.pulso.server.page.segment.CompareView.Side;
import io.pulso.server.page.segment.SegmentViews.Choice;
import io.pulso.server.people.Role;
import io.pulso.server.score.Roster;
import io.pulso.server.score.Sight;
import io.pulso.server.segment.Comparing;
import io.pulso.server.segment.Comparison;
import io.pulso.server.segment.Memberships;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Two segments compared.
final class ComparePages {
  private static final String AT = SegmentPages.AT + "/-compare";

  private final Site site;

  ComparePages(Site site) {
    this.site = site;
  }

  void add(Pages pages) {
    pages.get(AT, Role.VIEWER, this::show);
    pages.get(AT + ".csv", Role.VIEWER, this::csv);
  }

  private Shown show(Visit visit) {
    SegmentLook look = new SegmentLook(site, visit);
    List<Choice> choices = look.others(Model.Subject.CUSTOMER, "");
    String a = visit.shortParam("a");
    String b = visit.shortParam("b");
    if (a == null || b == null) {
      return Shown.view("segment/compare", empty(visit, choices, a, b, null));
    }
    try {
      Comparison comparison = compare(visit, a, b);
      return Shown.view("segment/compare", view(visit, look, choices, comparison));
    } catch (InputException e) {
      String fault = visit.fault(String.valueOf(e.getMessage()));
      return Shown.refused("segment/compare", empty(visit, choices, a, b, fault));
    }
  }

  private static CompareView empty(
      Visit visit,
      List<Choice> choices,
      @Nullable String a,
      @Nullable String b,
      @Nullable String fault) {
    return new CompareView(
        a == null ? "" : a,
        b == null ? "" : b,
        choices,
        fault,
        visit.t("segment.compare_sub"),
        null,
        null,
        "",
        "",
        List.of(),
        "");
  }

  private Comparison compare(Visit visit, String a, String b) {
    Map<String, Segment> all = site.parts().segments().segments();
    Segment one = all.get(a);
    Segment other = all.get(b);
    if (one == null || other == null) {
      throw new Missing("segment");
    }
    Memberships.allow(visit.sight(), one);
    Memberships.allow(visit.sight(), other);
    int today = site.questions().today();
    return site.questions()
        .ask((store, view) ->
            Comparing.of(
                view,
                site.questions().inForce(store),
                new Comparing.Question(
                    one,
                    other,
                    new Period(today - visit.days(), today - 1),
                    site.parts().catalogue().all().get().values(),
                    seen(visit, store, view, today),
                    today)));
  }

  /// The numbers of those whom the reader sees; null for all.
  private @Nullable BitSet seen(Visit visit, Store store, View view, int today) {
    Sight sight = visit.sight();
    if (sight.seesAll()) {
      return null;
    }
    Roster roster = new SegmentLook(site, visit).roster(store, view, Model.Subject.CUSTOMER, today);
    return Memberships.numbers(roster, sight.rows(view, roster));
  }

  private static CompareView view(
      Visit visit, SegmentLook look, List<Choice> choices, Comparison comparison) {
    String a = comparison.one().segment().name();
    String b = comparison.other().segment().name();
    List<Group> groups = new ArrayList<>();
    for (Comparison.Family family : Comparison.Family.values()) {
      List<Row> rows =
          comparison.rows().stream()
              .filter(row -> row.family() == family)
              .map(row -> row(visit, row))
              .toList();
      if (!rows.isEmpty()) {
        groups.add(
            new Group(visit.t("segment.family_" + family.name().toLowerCase(Locale.ROOT)), rows));
      }
    }
    return new CompareView(
        a,
        b,
        choices,
        null,
        visit.t(
            "segment.compare_when",
            "from",
            visit.figures().day(comparison.period().first()),
            "to",
            visit.figures().day(comparison.period().last())),
        side(look, comparison.one()),
        side(look, comparison.other()),
        comparison.both() == 0 ? "" : visit.t("segment.both", "n", comparison.both()),
        visit.t("segment.tested", "n", comparison.tested()),
        groups,
        "%s.csv?a=%s&b=%s&days=%d".formatted(AT, Visit.encode(a), Visit.encode(b), visit.days()));
  }

  private static Side side(SegmentLook look, Comparison.Side side) {
    return new Side(
        side.segment().name(),
        look.title(side.segment()),
        look.size(side.segment().of(), side.size()));
  }

  private static Row row(Visit visit, Comparison.Row row) {
    Contrast contrast = row.contrast();
    Interval interval = contrast.interval();
    boolean differs = Boolean.TRUE.equals(row.differs());
    return new Row(
        title(visit, row),
        row.family() == Comparison.Family.ACTIVITIES ? "" : "/metric/" + row.id(),
        row.per() == Comparison.Per.SEGMENT
            ? ""
            : visit.t("segment.per_" + row.per().name().toLowerCase(Locale.ROOT)),
        value(visit, row, contrast.one()),
        value(visit, row, contrast.other()),
        signed(visit, row, contrast.difference()),
        interval == null
            ? ""
            : visit.t(
                "segment.between",
                "low",
                signed(visit, row, interval.low()),
                "high",
                signed(visit, row, interval.high())),
        differs ? tone(row) : "",
        differs,
        said(visit, row),
        contrast.standardised() == null ? "" : signed(visit, row, contrast.standardised()));
  }

  private static String title(Visit visit, Comparison.Row row) {
    return visit.text(row.title(), row.id());
  }

  private static String tone(Comparison.Row row) {
    Double difference = row.contrast().difference();
    int sign = difference == null ? 0 : (int) Math.signum(difference);
    int good =
        switch (row.direction()) {
          case UP -> sign;
          case DOWN -> -sign;
          case NEITHER -> 0;
        };
    return good > 0 ? "good" : good < 0 ? "bad" : "";
  }

  private static String said(Visit visit, Comparison.Row row) {
    if (row.contrast().turns()) {
      return visit.t("segment.turns");
    }
    return row.differs() == null
        ? row.isSmall() ? visit.t("segment.too_few") : visit.t("segment.no_interval")
        : row.differs() ? visit.t("segment.differs") : visit.t("segment.cannot_tell");
  }

  private static String value(Visit visit, Comparison.Row row, @Nullable Double value) {
    if (value == null) {
      return visit.t("frame.none");
    }
    return switch (row.per()) {
      case SHARE -> visit.figures().percent(value / 100);
      case CUSTOMER -> visit.figures().decimal(value, decimals(value));
      case SEGMENT -> MetricTexts.value(visit, row.kind(), value);
    };
  }

  private static String signed(Visit visit, Comparison.Row row, @Nullable Double value) {
    if (value == null) {
      return visit.t("frame.none");
    }
    boolean percent =
        row.per() == Comparison.Per.SHARE
            || (row.per() == Comparison.Per.SEGMENT && row.kind() == Metric.Kind.PERCENT);
    int decimals = percent ? 1 : decimals(value);
    boolean zero = Math.abs(value) * Math.pow(10, decimals) < 0.5;
    String shown = visit.figures().decimal(zero ? 0 : value, decimals);
    String plus = value > 0 && !zero ? "+" + shown : shown;
    return percent ? visit.t("segment.points", "value", plus) : plus;
  }

  /// Small numbers need more of them.
  private static int decimals(double value) {
    return Math.abs(value) < 0.1 ? 3 : 2;
  }

  private Shown csv(Visit visit) {
    String a = visit.shortParam("a");
    String b = visit.shortParam("b");
    if (a == null || b == null) {
      throw new Missing("segment");
    }
    Comparison comparison = compare(visit, a, b);
    List<List<Grid.Cell>> rows = new ArrayList<>();
    for (Comparison.Row row : comparison.rows()) {
      Contrast contrast = row.contrast();
      Interval interval = contrast.interval();
      rows.add(
          List.of(
              Grid.Cell.text(row.id()),
              Grid.Cell.text(title(visit, row)),
              Grid.Cell.text(row.per().name().toLowerCase(Locale.ROOT)),
              number(contrast.one()),
              Grid.Cell.number("", contrast.nOne()),
              number(contrast.other()),
              Grid.Cell.number("", contrast.nOther()),
              number(contrast.difference()),
              number(interval == null ? null : (Double) interval.low()),
              number(interval == null ? null : (Double) interval.high()),
              number(contrast.p()),
              Grid.Cell.text(row.differs() == null ? "" : String.valueOf(row.differs())),
              number(contrast.standardised())));
    }
    return new Grid(
            List.of(
                "id",
                "title",
                "per",
                "one",
                "n_one",
                "other",
                "n_other",
                "difference",
                "low",
                "high",
                "p",
                "differs",
                "standardised"),
            rows,
            "")
        .download("compare-%s-%s.csv".formatted(a, b));
  }

  private static Grid.Cell number(@Nullable Double value) {
    return value == null
        ? Grid.Cell.text("")
        : new Grid.Cell("", BigDecimal.valueOf(value).stripTrailingZeros().toPlainString(), true);
  }
}
