package io.pulso.server.page.journey;

import io.pulso.engine.metric.Every;
import io.pulso.engine.model.Model;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.page.overview.Grid;
import io.pulso.server.people.Role;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The pages of journeys and what they have in common.
public final class JourneyPages {
  static final String AT = "/journeys";

  private final Site site;

  public JourneyPages(Site site) {
    this.site = site;
  }

  public void add(Pages pages) {
    pages.get(AT, Role.VIEWER, visit -> Shown.view("journey/index", new Index(ways(visit))));
    new FunnelPages(site).add(pages);
    new RetentionPages(site).add(pages);
    new LifecyclePages(site).add(pages);
    new HighScorerPages(site).add(pages);
  }

  /// One of some ways to look, or pages.
  public record Choice(String title, String to, boolean chosen) {}

  /// What there is.
  public record Index(List<Way> ways) {}

  /// A page of journeys.
  public record Way(String title, String about, String icon, String to) {}

  private static List<Way> ways(Visit visit) {
    return List.of(
        way(visit, "funnel", "filter"),
        way(visit, "retention", "repeat"),
        way(visit, "lifecycle", "activity"),
        way(visit, "paths", "click"),
        way(visit, "high-scorers", "star"));
  }

  private static Way way(Visit visit, String name, String icon) {
    return new Way(
        visit.t("journeys." + name), visit.t("journeys." + name + "_sub"), icon, AT + "/" + name);
  }

  static Every every(Visit visit) {
    return switch (visit.param("every")) {
      case "day" -> Every.DAY;
      case "month" -> Every.MONTH;
      case null, default -> Every.WEEK;
    };
  }

  /// A day as programs write it; null where it is none.
  static @Nullable Integer day(@Nullable String text) {
    try {
      return text == null ? null : (Integer) Math.toIntExact(LocalDate.parse(text).toEpochDay());
    } catch (DateTimeParseException | ArithmeticException e) {
      return null;
    }
  }

  static String word(Enum<?> of) {
    return of.name().toLowerCase(Locale.ROOT);
  }

  static List<Choice> cuts(Visit visit, Every chosen) {
    List<Choice> cuts = new ArrayList<>();
    for (Every every : List.of(Every.DAY, Every.WEEK, Every.MONTH)) {
      cuts.add(
          new Choice(
              visit.t("metrics.by_" + word(every)),
              visit.with("every", word(every)),
              every == chosen));
    }
    return cuts;
  }

  static Model.Subject per(Visit visit) {
    return "account".equals(visit.param("per")) ? Model.Subject.ACCOUNT : Model.Subject.CUSTOMER;
  }

  static List<Choice> kinds(Visit visit, Model.Subject chosen) {
    List<Choice> kinds = new ArrayList<>();
    for (Model.Subject kind : Model.Subject.values()) {
      kinds.add(
          new Choice(
              visit.t(kind == Model.Subject.CUSTOMER ? "frame.customers" : "frame.accounts"),
              visit.with("per", word(kind)),
              kind == chosen));
    }
    return kinds;
  }

  /// A number with decimals where it needs them.
  static Grid.Cell cell(String shown, double number) {
    return new Grid.Cell(
        shown, BigDecimal.valueOf(number).stripTrailingZeros().toPlainString(), true);
  }
}
