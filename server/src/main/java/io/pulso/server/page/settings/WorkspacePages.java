package io.pulso.server.page.settings;

import io.pulso.engine.json.Json;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Setup;
import io.pulso.server.page.SetupFile;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.people.AuditAction;
import io.pulso.server.people.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the workspace is set to, for administrators to change, and what it holds.
public final class WorkspacePages {
  private static final String PAGE = "/settings/workspace";
  private static final int CONFLICT = 409;
  private static final int REFUSED = 422;

  private final Site site;

  WorkspacePages(Site site) {
    this.site = site;
  }

  /// What the page of the workspace shows.
  ///
  /// @param retention days by source, sorted
  /// @param personal traits, sorted
  /// @param form null for those who may not change anything
  public record WorkspaceView(
      Setup setup,
      Map<String, Integer> retention,
      List<String> personal,
      @Nullable WorkspaceForm form) {}

  /// What the page about the program shows.
  ///
  /// @param counts how many there are, by the key of their name
  public record AboutView(String version, String java, List<Count> counts) {}

  /// How many there are of something.
  ///
  /// @param key of its name
  public record Count(String key, long number) {}

  void add(Pages pages) {
    pages.get(PAGE, Role.VIEWER, this::workspace);
    pages.post(PAGE, Role.ADMIN, this::change);
    pages.get("/settings/about", Role.VIEWER, this::about);
  }

  private Shown workspace(Visit visit) {
    if (!visit.may(Role.ADMIN)) {
      return shown(200, null);
    }
    SetupFile.Written written = site.setupFile().read();
    String told =
        written.fault() != null
            ? visit.t("settings.file_wrong", "fault", visit.fault(written.fault()))
            : written.writable() ? null : visit.t("settings.file_locked");
    return shown(
        200,
        WorkspaceForm.of(site, written, Map.of(), Map.of())
            .telling(told, visit.param("done") != null));
  }

  private Shown shown(int status, @Nullable WorkspaceForm form) {
    Setup setup = site.setup();
    return new Shown.View(
        status,
        "settings/workspace",
        new WorkspaceView(
            setup,
            new TreeMap<>(setup.retention()),
            setup.personal().stream().sorted(String.CASE_INSENSITIVE_ORDER).toList(),
            form));
  }

  private Shown change(Visit visit) {
    SetupFile.Written written = site.setupFile().read();
    Map<String, String> wanted = WorkspaceForm.wanted(visit);
    String zone = wanted.getOrDefault("time_zone", "");
    if (!zone.isEmpty()
        && !zone.equals(written.values().get("time_zone"))
        && !zone.equals(site.setup().zone().getId())
        && visit.form("zone_sure") == null) {
      return shown(
          REFUSED,
          WorkspaceForm.of(
              site, written, wanted, Map.of("time_zone", visit.t("settings.zone_unsure"))));
    }
    String hash = visit.form("hash");
    return switch (site.setupFile().change(hash == null ? "" : hash, wanted)) {
      case SetupFile.Done(List<SetupFile.Change> changes) -> done(visit, changes);
      case SetupFile.Wrong(Map<String, String> faults) ->
          shown(REFUSED, WorkspaceForm.of(site, written, wanted, told(visit, faults)));
      case SetupFile.Overtaken() ->
          shown(
              CONFLICT,
              WorkspaceForm.of(site, written, wanted, Map.of())
                  .telling(visit.t("settings.file_overtaken"), false));
      case SetupFile.Unwritable(String why) ->
          shown(
              REFUSED,
              WorkspaceForm.of(site, written, wanted, Map.of())
                  .telling(visit.t("settings.file_unwritable", "why", why), false));
    };
  }

  private static Map<String, String> told(Visit visit, Map<String, String> faults) {
    Map<String, String> told = new TreeMap<>();
    faults.forEach((field, fault) -> told.put(field, visit.fault(fault)));
    return told;
  }

  private static Shown done(Visit visit, List<SetupFile.Change> changes) {
    for (SetupFile.Change each : changes) {
      visit.note(
          AuditAction.SETTING_CHANGED,
          null,
          Map.of(
              "of",
              each.field(),
              "before",
              each.before().replace("\n", ", "),
              "after",
              each.after().replace("\n", ", ")));
    }
    return Shown.redirect(PAGE + "?done=saved");
  }

  private Shown about(Visit visit) {
    List<Count> counts = new ArrayList<>();
    site.questions()
        .ask((store, view) -> {
          counts.add(new Count("settings.count_events", store.count("event")));
          counts.add(new Count("settings.count_calls", store.count("call")));
          counts.add(new Count("settings.count_customers", store.count("subject")));
          counts.add(new Count("settings.count_accounts", store.count("account")));
          counts.add(new Count("settings.count_versions", store.count("model_version")));
          counts.add(new Count("settings.count_erased", store.erasures().count()));
          return Json.Obj.EMPTY;
        });
    return Shown.view(
        "settings/about",
        new AboutView(site.setup().version(), Runtime.version().toString(), counts));
  }
}
