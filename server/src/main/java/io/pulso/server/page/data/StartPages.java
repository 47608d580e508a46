package io.pulso.server.page.data;

import io.pulso.server.access.WriteKeys;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.people.AuditAction;
import io.pulso.server.people.Role;
import io.pulso.server.store.Store;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an empty workspace shows: the ways to get events in, until the first one is there.
public final class StartPages {
  private final Site site;
  private volatile @Nullable Keys made;

  StartPages(Site site) {
    this.site = site;
  }

  void add(DataPages.Gate gate) {
    gate.get("/data/start/wait", Role.VIEWER, this::await);
    gate.post("/data/start", Role.ADMIN, this::make);
  }

  /// The first keys, whose values are kept in memory until the first event is there.
  record Keys(String browser, String server) {}

  /// What is shown.
  ///
  /// @param browser the value of a browser key; null where it is not known
  /// @param server the value of a server key; null where it is not known
  /// @param makes whether the first keys are to be made at once
  public record StartView(
      String host, @Nullable String browser, @Nullable String server, boolean makes) {
    public boolean hasKeys() {
      return server != null;
    }
  }

  Shown page(Visit visit) {
    return Shown.view("data/start", view(visit));
  }

  private StartView view(Visit visit) {
    Keys known = visit.may(Role.ADMIN) ? made : null;
    boolean makes = known == null && visit.may(Role.ADMIN) && site.parts().keys().list().isEmpty();
    return known == null
        ? new StartView(Snippets.host(visit), null, null, makes)
        : new StartView(Snippets.host(visit), known.browser(), known.server(), false);
  }

  /// Asked again and again until the first event is there.
  private Shown await(Visit visit) {
    try (Store store = site.parts().store().beside()) {
      return store.recent().areNone()
          ? Shown.view("data/start-wait", visit)
          : Shown.redirect("/data");
    }
  }

  private Shown make(Visit visit) {
    synchronized (this) {
      if (made == null) {
        WriteKeys keys = site.parts().keys();
        visit.note(AuditAction.KEY_CHANGED, null, Map.of("of", "website, server", "after", "made"));
        made =
            new Keys(
                keys.create(new WriteKeys.Wanted("website", true, Set.of(), 0), null).value(),
                keys.create(new WriteKeys.Wanted("server", false, Set.of(), 0), null).value());
      }
    }
    return Shown.view("data/start-ways", view(visit));
  }

  /// Events are there, so nobody needs these values any more.
  void forget() {
    made = null;
  }
}
