package io.pulso.server.page.journey;

import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.model.Band;
import io.pulso.engine.model.Model;
import io.pulso.server.journey.Tenure;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.page.journey.JourneyPages.Choice;
import io.pulso.server.page.metric.MetricPages;
import io.pulso.server.page.overview.BandLook;
import io.pulso.server.score.InUse;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks who leaves and how long they stay, of everybody or by band or segment.
final class TenureDesk {
  private final Site site;

  TenureDesk(Site site) {
    this.site = site;
  }

  /// What they can be told by; who sees some accounts only is told of no segments.
  private static List<String> ways(Model.Subject per, Visit visit) {
    if (per == Model.Subject.ACCOUNT) {
      return List.of();
    }
    return visit.sight().accounts() == null ? Tenure.WAYS : List.of("band");
  }

  private static @Nullable String by(Visit visit) {
    String by = visit.param("by");
    return by != null && ways(JourneyPages.per(visit), visit).contains(by) ? by : null;
  }

  static List<Choice> ways(Visit visit) {
    List<Choice> ways = new ArrayList<>();
    for (String way : ways(JourneyPages.per(visit), visit)) {
      ways.add(
          new Choice(visit.t("journeys.by_" + way), visit.with("by", way), way.equals(by(visit))));
    }
    if (!ways.isEmpty()) {
      ways.addFirst(
          new Choice(visit.t("journeys.by_all"), visit.with("by", "all"), by(visit) == null));
    }
    return ways;
  }

  /// The address of a file of what is shown.
  static String file(Visit visit, String at) {
    return "%s?by=%s&days=%d".formatted(at, by(visit), visit.days());
  }

  /// Everybody together.
  Tenure together(Visit visit, View view) {
    return Tenure.ask(
        view, silence(JourneyPages.per(visit)), period(visit), site.questions().today());
  }

  /// Group by group; null where everybody is told together.
  @Nullable TenureGroups groups(Visit visit, Store store, View view) {
    String by = by(visit);
    if (by == null) {
      return null;
    }
    List<Tenure.Group> groups =
        Tenure.ask(
            view,
            silence(Model.Subject.CUSTOMER),
            period(visit),
            site.questions().today(),
            MetricPages.audience(site, visit, view).groups(by));
    return new TenureGroups(
        visit, groups, by.equals("segment") ? segments(visit) : bands(visit, store));
  }

  private Map<String, TenureGroups.Look> segments(Visit visit) {
    Map<String, TenureGroups.Look> looks = new LinkedHashMap<>();
    site.parts()
        .segments()
        .segments()
        .forEach((name, segment) ->
            looks.put(name, new TenureGroups.Look(visit.text(segment.title(), name), null)));
    return looks;
  }

  private Map<String, TenureGroups.Look> bands(Visit visit, Store store) {
    InUse use =
        site.parts().models().primary(store, Model.Subject.CUSTOMER, site.questions().today());
    List<Band> bands = use == null ? List.of() : use.model().bands();
    Map<String, TenureGroups.Look> looks = new LinkedHashMap<>();
    bands.forEach(band ->
        looks.put(
            band.id(),
            new TenureGroups.Look(
                visit.text(band.title(), band.id()), BandLook.colour(bands, band))));
    return looks;
  }

  private Period period(Visit visit) {
    int today = site.questions().today();
    return new Period(today - visit.days(), today - 1);
  }

  private Measure.Loss silence(Model.Subject per) {
    return Tenure.silence(site.parts().catalogue().all().get(), per);
  }
}
