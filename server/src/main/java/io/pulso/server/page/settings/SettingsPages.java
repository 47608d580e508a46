package io.pulso.server.page.settings;

import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.people.Role;
import java.util.List;

/// The settings.
public final class SettingsPages {
  private static final List<Tab> TABS =
      List.of(
          new Tab("/settings/me", "settings.me", Role.VIEWER),
          new Tab("/settings/people", "settings.people", Role.ADMIN),
          new Tab("/settings/tokens", "settings.tokens", Role.ADMIN),
          new Tab("/settings/workspace", "settings.workspace", Role.VIEWER),
          new Tab("/settings/backup", "settings.backup", Role.ADMIN),
          new Tab("/settings/audit", "settings.audit", Role.ADMIN),
          new Tab("/settings/about", "settings.about", Role.VIEWER));

  private final Site site;

  public SettingsPages(Site site) {
    this.site = site;
  }

  /// A part of the settings.
  ///
  /// @param key of its name
  public record Tab(String path, String key, Role least) {}

  /// The parts that somebody may open.
  public static List<Tab> tabs(Visit visit) {
    return TABS.stream().filter(tab -> visit.may(tab.least())).toList();
  }

  public void add(Pages pages) {
    pages.get("/settings", Role.VIEWER, visit -> Shown.redirect(TABS.getFirst().path()));
    new MePages(site).add(pages);
    new PeoplePages(site).add(pages);
    new TokenPages(site).add(pages);
    new WorkspacePages(site).add(pages);
    new BackupPages(site).add(pages);
    new AuditPages(site).add(pages);
  }
}
