package io.pulso.server.page.overview;

import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.page.customer.ShareLinks;
import io.pulso.server.people.Role;
import io.pulso.server.store.Shares;
import java.util.List;

/// Links with which others see the overview as it was, without signing in.
public final class OverviewShares {
  /// What its snapshots are called.
  public static final String PAGE = "overview";

  private final Site site;
  private final OverviewPages overview;

  public OverviewShares(Site site, OverviewPages overview) {
    this.site = site;
    this.overview = overview;
  }

  public void add(Pages pages) {
    pages.get("/overview/share", Role.MANAGER, this::list);
    pages.post("/overview/share", Role.MANAGER, this::make);
  }

  /// The links that there are.
  ///
  /// @param now in microseconds
  public record Links(List<Shares.Row> rows, long now) {}

  private Shown list(Visit visit) {
    return site.questions()
        .ask((store, view) ->
            Shown.view(
                "overview/share",
                new Links(store.byHand().shares().of(PAGE), site.parts().clock().millis() * 1000)));
  }

  private Shown make(Visit visit) {
    return overview.with(
        visit,
        view ->
            new ShareLinks(site)
                .make(
                    visit,
                    PAGE,
                    null,
                    SharedOverview.json(visit.language().code(), view),
                    "/overview"));
  }

  /// A frozen overview.
  public static Shown open(Visit visit, Shares.Snapshot snapshot) {
    return Shown.view(
        "overview/shared",
        SharedOverview.read(snapshot.json(), visit.figures().instant(snapshot.expiresAt())));
  }
}
