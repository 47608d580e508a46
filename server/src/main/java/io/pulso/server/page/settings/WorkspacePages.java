package io.pulso.server.page.settings;

import io.pulso.engine.json.Json;
import io.pulso.server.page.Pages;
import io.pulso.server.page.Setup;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.people.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the workspace is set to, and what it holds.
public final class WorkspacePages {
  private final Site site;

  WorkspacePages(Site site) {
    this.site = site;
  }

  /// What the page of the workspace shows.
  ///
  /// @param retention days by source, sorted
  /// @param personal traits, sorted
  public record WorkspaceView(Setup setup, Map<String, Integer> retention, List<String> personal) {}

  /// What the page about the program shows.
  ///
  /// @param counts how many there are, by the key of their name
  public record AboutView(String version, String java, List<Count> counts) {}

  /// How many there are of something.
  ///
  /// @param key of its name
  public record Count(String key, long number) {}

  void add(Pages pages) {
    pages.get("/settings/workspace", Role.VIEWER, visit -> workspace());
    pages.get("/settings/about", Role.VIEWER, this::about);
  }

  private Shown workspace() {
    Setup setup = site.setup();
    return Shown.view(
        "settings/workspace",
        new WorkspaceView(
            setup,
            new TreeMap<>(setup.retention()),
            setup.personal().stream().sorted(String.CASE_INSENSITIVE_ORDER).toList()));
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
