package io.pulso.server.page.settings;

import io.pulso.server.api.Keeping;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.people.Audit;
import io.pulso.server.people.AuditAction;
import io.pulso.server.people.Role;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/// Backups: to make one, and which were made.
public final class BackupPages {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'pulso-backup-'yyyyMMdd-HHmmss'.zip'").withZone(ZoneOffset.UTC);
  private static final int LISTED = 50;

  private final Site site;

  BackupPages(Site site) {
    this.site = site;
  }

  /// What the page shows.
  ///
  /// @param erased how many ids may not come back
  public record BackupView(List<BackupRow> backups, long erased) {}

  /// A backup that was made.
  ///
  /// @param at in microseconds
  /// @param actor who made it
  /// @param since how many ids were erased after it; -1 where that is not known
  public record BackupRow(long at, String actor, long since) {}

  void add(Pages pages) {
    pages.get("/settings/backup", Role.ADMIN, this::shown);
    pages.post("/settings/backup", Role.ADMIN, this::make);
  }

  private long erased() {
    return site.questions().ask((store, view) -> store.erasures().count());
  }

  private Shown shown(Visit visit) {
    long now = erased();
    Actors actors = new Actors(site);
    List<BackupRow> rows =
        site.team().audit().list(null, AuditAction.BACKUP_MADE, Long.MAX_VALUE, LISTED).stream()
            .map(entry -> row(visit, actors, entry, now))
            .toList();
    return Shown.view("settings/backup", new BackupView(rows, now));
  }

  private static BackupRow row(Visit visit, Actors actors, Audit.Told entry, long now) {
    String then = entry.what().getOrDefault("after", "");
    return new BackupRow(
        entry.at().getEpochSecond() * 1_000_000,
        actors.name(visit, entry.actor()),
        then.matches("[0-9]{1,15}") ? Math.max(0, now - Long.parseLong(then)) : -1);
  }

  private Shown make(Visit visit) {
    visit.note(
        AuditAction.BACKUP_MADE, null, Map.of("of", "page", "after", String.valueOf(erased())));
    Keeping.Download backup = site.parts().keeping().backup();
    return new Shown.Download(
        NAME.format(site.parts().clock().instant()),
        "application/zip",
        out -> {
          try (backup) {
            backup.write(out);
          }
        });
  }
}
