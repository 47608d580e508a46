package io.pulso.server.page.data;

import io.pulso.engine.model.Model;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.people.Role;
import io.pulso.server.store.OpaqueIds;
import io.pulso.server.store.RecentRecords;
import io.pulso.server.store.RecentRecords.Place;
import io.pulso.server.store.Store;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The stream of records as they come in.
public final class LivePages {
  private static final int ROWS = 50;
  private static final String AREA = "data";
  private static final long RECENT = 12L * 3_600 * 1_000_000;

  private final Site site;
  private final StartPages start;

  LivePages(Site site, StartPages start) {
    this.site = site;
    this.start = start;
  }

  void add(DataPages.Gate gate) {
    gate.get("/data", Role.VIEWER, this::page);
    gate.post("/data/filter", Role.VIEWER, this::filter);
    gate.get("/data/live/new", Role.VIEWER, this::more);
  }

  /// What the stream shows.
  ///
  /// @param rows the newest first
  /// @param next asks for those that come after
  /// @param filter the id of what is asked for; empty for everything
  /// @param source that is asked for; empty for all
  /// @param text that is looked for; empty for all
  /// @param now in microseconds
  /// @param opens whether the reader may see what records hold
  /// @param page whether it is the whole page; else what came in since
  public record LiveView(
      List<RecentRecords.Row> rows,
      Place next,
      String filter,
      String source,
      String text,
      List<String> sources,
      long now,
      boolean opens,
      boolean page,
      OpaqueIds ids) {
    /// The page of the customer whose record it is; null where there is none.
    public @Nullable String customer(RecentRecords.Row row) {
      return row.subject() == null || row.excluded() != null
          ? null
          : "/customers/" + ids.of(Model.Subject.CUSTOMER, row.subject());
    }

    /// The page of the account that a record names; null where there is none.
    public @Nullable String company(RecentRecords.Row row) {
      return row.accountNumber() == null || row.excluded() != null
          ? null
          : "/accounts/" + ids.of(Model.Subject.ACCOUNT, row.accountNumber());
    }

    /// Whether the time of day tells when a record happened.
    public boolean isRecent(RecentRecords.Row row) {
      return Math.abs(now - row.occurredAt()) < RECENT;
    }

    /// The address of what comes after these.
    public String more() {
      return "/data/live/new?after=%s&view=%s&source=%s"
          .formatted(next, filter, Visit.encode(filter.isEmpty() ? source : ""));
    }

    public boolean isFilter() {
      return !source.isEmpty() || !text.isEmpty();
    }
  }

  private Shown page(Visit visit) {
    try (Store store = site.parts().store().beside()) {
      if (store.recent().areNone()) {
        return start.page(visit);
      }
      start.forget();
      return Shown.view("data/live", view(visit, store, Place.START, true));
    }
  }

  /// Keeps what is asked for, and goes on under its id.
  private Shown filter(Visit visit) {
    try (Store store = site.parts().store().beside()) {
      Filter kept = Filter.keep(visit, site, store, AREA, List.of("source", "q"));
      return Shown.redirect(kept.id().isEmpty() ? "/data" : "/data?view=" + kept.id());
    }
  }

  private Shown more(Visit visit) {
    try (Store store = site.parts().store().beside()) {
      Place after = Place.of(visit.shortParam("after"));
      return Shown.view("data/live-more", view(visit, store, after, false));
    }
  }

  private LiveView view(Visit visit, Store store, Place after, boolean page) {
    Filter filter = Filter.of(visit, store, AREA);
    String source = filter.id().isEmpty() ? visit.shortParam("source") : filter.get("source");
    String part = filter.get("q");
    List<RecentRecords.Row> rows =
        store.recent().newest(new RecentRecords.Question(source, part, after, ROWS));
    return new LiveView(
        rows,
        rows.isEmpty() ? after : rows.getFirst().place(),
        filter.id(),
        source == null ? "" : source,
        part == null ? "" : part,
        page ? store.exports().sources() : List.of(),
        site.parts().clock().millis() * 1_000,
        visit.may(Role.MANAGER),
        page,
        store.opaqueIds());
  }
}
