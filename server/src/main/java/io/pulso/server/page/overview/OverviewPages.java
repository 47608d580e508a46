package io.pulso.server.page.overview;

import io.pulso.engine.json.Json;
import io.pulso.engine.model.Band;
import io.pulso.engine.model.Model;
import io.pulso.engine.score.Bands;
import io.pulso.engine.score.Distribution;
import io.pulso.server.api.Answer;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.people.Role;
import io.pulso.server.score.InUse;
import io.pulso.server.score.Roster;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/// The overview of everybody's scores.
public final class OverviewPages {
  private static final int BARS = 40;

  private final Site site;

  public OverviewPages(Site site) {
    this.site = site;
  }

  public void add(Pages pages) {
    pages.get("/overview", Role.VIEWER, this::overview);
  }

  private Shown overview(Visit visit) {
    return site.questions().ask((store, view) -> shown(visit, store, view));
  }

  private Shown shown(Visit visit, Store store, View view) {
    int today = site.questions().today();
    InUse use = site.questions().usual(store, Model.Subject.CUSTOMER, today);
    if (use == null) {
      return Shown.view("overview/empty", visit);
    }
    Roster roster = site.parts().rosters().find(view, Model.Subject.CUSTOMER, use, today, false);
    long[] scores = new long[roster.size()];
    int size = 0;
    for (int row = 0; row < scores.length; row++) {
      Long score = roster.score(row);
      if (score != null) {
        scores[size++] = score;
      }
    }
    Distribution distribution = Distribution.of(LongStream.of(scores).limit(size).toArray());
    Bands bands = Bands.of(use.model());
    List<Json> bins = new ArrayList<>();
    for (Distribution.Bar bar : distribution.histogram(BARS)) {
      Band band = bands.band((bar.from() + bar.to()) / 2);
      bins.add(
          new Answer()
              .put("label", visit.figures().points(bar.from()))
              .put("n", bar.count())
              .put(
                  "text",
                  visit.t(
                      "overview.bin",
                      "n",
                      bar.count(),
                      "from",
                      visit.figures().points(bar.from()),
                      "to",
                      visit.figures().points(bar.to())))
              .put("color", "--band-" + band.id())
              .json());
    }
    return Shown.view(
        "overview/overview",
        new OverviewView(
            visit.text(use.model().title(), use.model().name()),
            size,
            new Answer().put("bins", new Json.Arr(bins)).json()));
  }

  /// What the page shows.
  public record OverviewView(String model, int customers, Json histogram) {}
}
