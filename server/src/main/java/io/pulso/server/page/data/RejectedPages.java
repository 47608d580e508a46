package io.pulso.server.page.data;

import io.pulso.engine.model.Model;
import io.pulso.server.event.InputException;
import io.pulso.server.ingest.ImportReport;
import io.pulso.server.ingest.ImportRequest;
import io.pulso.server.ingest.Progress;
import io.pulso.server.ingest.Replaying;
import io.pulso.server.page.Missing;
import io.pulso.server.page.Shown;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.people.AuditAction;
import io.pulso.server.people.Role;
import io.pulso.server.store.RejectReason;
import io.pulso.server.store.Rejected;
import io.pulso.server.store.RejectedLane;
import io.pulso.server.store.Store;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What was not stored and why; each record can be put right and read again.
public final class RejectedPages {
  private static final int ROWS = 50;
  private static final int LONGEST_BODY = 64 * 1024;

  private final Site site;

  RejectedPages(Site site) {
    this.site = site;
  }

  void add(DataPages.Gate gate) {
    gate.get("/data/rejected", Role.VIEWER, this::page);
    gate.get("/data/rejected/one", Role.MANAGER, this::one);
    gate.post("/data/rejected/replay", Role.MANAGER, this::replayAll);
    gate.post("/data/rejected/one", Role.MANAGER, this::replayOne);
  }

  /// The lane.
  ///
  /// @param reason that is asked for; empty for all
  /// @param source that is asked for; empty for all
  /// @param before what the next page begins before; 0 where there is none
  /// @param done what became of a replay; null where none was asked for
  /// @param opens whether the reader may see and replay records
  public record RejectedView(
      List<RejectedLane.Waiting> waiting,
      List<RejectedLane.Row> rows,
      String reason,
      String source,
      long before,
      @Nullable Done done,
      boolean opens) {
    public long total() {
      return waiting.stream().mapToLong(RejectedLane.Waiting::rows).sum();
    }

    public boolean isFilter() {
      return !reason.isEmpty() || !source.isEmpty();
    }

    /// How many records the replay of what is asked for would read.
    public long wanted() {
      return waiting.stream()
          .filter(one -> reason.isEmpty() || one.reason().word().equals(reason))
          .filter(one -> source.isEmpty() || one.source().equals(source))
          .mapToLong(RejectedLane.Waiting::rows)
          .sum();
    }

    /// The address of records of a reason and source.
    public String at(String otherReason, String otherSource) {
      return "/data/rejected?reason=%s&source=%s"
          .formatted(Visit.encode(otherReason), Visit.encode(otherSource));
    }
  }

  /// What became of records that were read again.
  public record Done(
      long read, long stored, long duplicates, SortedMap<RejectReason, Long> rejected) {
    static Done of(List<ImportReport> reports) {
      SortedMap<RejectReason, Long> rejected = new TreeMap<>();
      reports.forEach(report ->
          report.rejected().forEach((reason, rows) -> rejected.merge(reason, rows, Long::sum)));
      return new Done(
          reports.stream().mapToLong(ImportReport::read).sum(),
          reports.stream().mapToLong(ImportReport::stored).sum(),
          reports.stream().mapToLong(ImportReport::duplicates).sum(),
          rejected);
    }

    public boolean isGood() {
      return rejected.isEmpty();
    }
  }

  /// One record.
  ///
  /// @param body as it came, or as the reader left it
  /// @param done what became of it; null where it was not read again
  /// @param fault why it could not be read again; null for none
  public record OneView(
      RejectedLane.Row row, String body, @Nullable Done done, @Nullable String fault) {}

  private Shown page(Visit visit) {
    try (Store store = site.parts().store().beside()) {
      return Shown.view("data/rejected", view(visit, store, null));
    }
  }

  private static RejectedView view(Visit visit, Store store, @Nullable Done done) {
    String reason = reason(done == null ? visit.shortParam("reason") : visit.form("reason"));
    String asked = done == null ? visit.shortParam("source") : visit.form("source");
    String source = asked == null ? "" : asked;
    String from = visit.shortParam("before");
    long before = from != null && from.matches("[0-9]{1,18}") ? Long.parseLong(from) : 0;
    List<RejectedLane.Row> rows =
        store
            .rejected()
            .list(
                new RejectedLane.Question(
                    reason, source, before == 0 ? Long.MAX_VALUE : before, ROWS));
    return new RejectedView(
        store.rejected().waiting(),
        rows,
        reason,
        source,
        rows.size() < ROWS ? 0 : rows.getLast().no(),
        done,
        visit.may(Role.MANAGER));
  }

  private static String reason(@Nullable String word) {
    for (RejectReason reason : RejectReason.values()) {
      if (reason.word().equals(word)) {
        return reason.word();
      }
    }
    return "";
  }

  private Shown one(Visit visit) {
    try (Store store = site.parts().store().beside()) {
      RejectedLane.Row row = row(store, visit.shortParam("no"));
      return Shown.view("data/rejected-one", new OneView(row, row.rejected().body(), null, null));
    }
  }

  private static RejectedLane.Row row(Store store, @Nullable String no) {
    RejectedLane.Row row =
        no != null && no.matches("[0-9]{1,18}") ? store.rejected().find(Long.parseLong(no)) : null;
    if (row == null) {
      throw new Missing("record");
    }
    return row;
  }

  private Shown replayAll(Visit visit) {
    try (Store store = site.parts().store().beside()) {
      String reason = reason(visit.form("reason"));
      String source = visit.form("source");
      List<RejectedLane.Row> rows =
          store.rejected().waiting(reason).stream()
              .filter(row -> source == null || row.source().equals(source))
              .toList();
      Done done = Done.of(replay(store, rows));
      note(visit, source == null ? "" : source, done);
      return Shown.view("data/rejected-part", view(visit, store, done));
    }
  }

  private Shown replayOne(Visit visit) {
    String given = visit.form("body");
    // Fields of forms have lines that end as those of mails do.
    String body = given == null ? "" : given.replace("\r\n", "\n").strip();
    try (Store store = site.parts().store().beside()) {
      RejectedLane.Row row = row(store, visit.form("no"));
      if (body.isEmpty() || body.length() > LONGEST_BODY) {
        String fault = visit.t("data.body_needed");
        return Shown.refused("data/rejected-one", new OneView(row, body, null, fault));
      }
      try {
        Done done = Done.of(replay(store, List.of(with(row, body))));
        note(visit, row.source(), done);
        return Shown.view("data/rejected-one", new OneView(row, body, done, null));
      } catch (InputException e) {
        return Shown.refused("data/rejected-one", new OneView(row, body, null, e.getMessage()));
      }
    }
  }

  private static void note(Visit visit, String source, Done done) {
    visit.note(
        AuditAction.DATA_CHANGED,
        null,
        Map.of(
            "of",
            "rejected records " + source,
            "after",
            "%d read again, %d stored".formatted(done.read(), done.stored())));
  }

  private static RejectedLane.Row with(RejectedLane.Row row, String body) {
    Rejected old = row.rejected();
    return new RejectedLane.Row(
        row.no(),
        row.importNumber(),
        row.source(),
        new Rejected(old.file(), old.line(), old.reason(), old.detail(), body),
        row.rejectedAt());
  }

  private List<ImportReport> replay(Store store, List<RejectedLane.Row> rows) {
    List<Model> models = site.parts().quality().models().apply(store);
    ImportRequest request =
        ImportRequest.of(List.of(), site.parts().clock().instant())
            .withZones(null, site.parts().days().zone());
    List<ImportReport> reports =
        Replaying.run(
            store,
            rows,
            request,
            Progress.NONE,
            (source, files) -> store.load(source, true, files, site.parts().clock(), models));
    site.parts().quality().changed().run();
    return reports;
  }

  /// The key of a text about a reason.
  public static String key(String what, RejectReason reason) {
    return "data." + what + "_" + reason.name().toLowerCase(Locale.ROOT);
  }
}
