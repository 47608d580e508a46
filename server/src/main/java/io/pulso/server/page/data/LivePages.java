package io.pulso.server.page.data;

import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.people.Role;
import io.pulso.server.store.RecentRecords;
import io.pulso.server.store.RecentRecords.Place;
import io.pulso.server.store.Store;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The stream of records as they come in.
public final class LivePages {
  private static final int ROWS = 50;
  private static final int LONGEST_TEXT = 200;
  private static final long RECENT = 12L * 3_600 * 1_000_000;

  private final Site site;
  private final StartPages start;

  LivePages(Site site, StartPages start) {
    this.site = site;
    this.start = start;
  }

  void add(DataPages.Gate gate) {
    gate.get("/data", Role.VIEWER, this::page);
    gate.get("/data/live/new", Role.VIEWER, this::more);
  }

  /// What the stream shows.
  ///
  /// @param rows the newest first
  /// @param next asks for those that come after
  /// @param source that is asked for; empty for all
  /// @param text that is looked for; empty for all
  /// @param now in microseconds
  /// @param opens whether the reader may see what records hold
  /// @param page whether it is the whole page; else what came in since
  public record LiveView(
      List<RecentRecords.Row> rows,
      Place next,
      String source,
      String text,
      List<String> sources,
      long now,
      boolean opens,
      boolean page) {
    /// Whether the time of day tells when a record happened.
    public boolean isRecent(RecentRecords.Row row) {
      return Math.abs(now - row.occurredAt()) < RECENT;
    }

    /// The address of what comes after these.
    public String more() {
      return "/data/live/new?after=%s&source=%s&q=%s"
          .formatted(next, Visit.encode(source), Visit.encode(text));
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

  private Shown more(Visit visit) {
    try (Store store = site.parts().store().beside()) {
      Place after = Place.of(visit.shortParam("after"));
      return Shown.view("data/live-more", view(visit, store, after, false));
    }
  }

  private LiveView view(Visit visit, Store store, Place after, boolean page) {
    String source = visit.shortParam("source");
    String text = visit.shortParam("q");
    @Nullable String part = text == null ? null : text.strip();
    if (part != null && (part.isEmpty() || part.length() > LONGEST_TEXT)) {
      part = null;
    }
    List<RecentRecords.Row> rows =
        store.recent().newest(new RecentRecords.Question(source, part, after, ROWS));
    return new LiveView(
        rows,
        rows.isEmpty() ? after : rows.getFirst().place(),
        source == null ? "" : source,
        part == null ? "" : part,
        page ? store.exports().sources() : List.of(),
        site.parts().clock().millis() * 1_000,
        visit.may(Role.MANAGER),
        page);
  }
}
