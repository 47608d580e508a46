package io.pulso.server.page.data;

import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.people.Role;

/// All pages on what comes in and what becomes of it.
public final class DataPages {
  private final Site site;

  public DataPages(Site site) {
    this.site = site;
  }

  public void add(Pages pages) {
    Gate gate = new Gate(pages);
    StartPages start = new StartPages(site);
    start.add(gate);
    new LivePages(site, start).add(gate);
    new SourcePages(site).add(gate);
    new RejectedPages(site).add(gate);
    new ImportPages(site).add(gate);
    new QualityPages(site).add(gate);
    new CoveragePages(site).add(gate);
  }

  /// Lets in who may see all accounts: what comes in is everybody's.
  static final class Gate {
    private final Pages pages;

    private Gate(Pages pages) {
      this.pages = pages;
    }

    void get(String path, Role least, Pages.Showing showing) {
      pages.get(path, least, visit -> show(visit, showing));
    }

    void post(String path, Role least, Pages.Showing showing) {
      pages.post(path, least, visit -> show(visit, showing));
    }

    private static Shown show(Visit visit, Pages.Showing showing) throws java.io.IOException {
      if (visit.person().accounts().isBlank()) {
        return showing.show(visit);
      }
      return new Shown.View(403, visit.isFragment() ? "data/closed-part" : "data/closed", visit);
    }
  }
}
