package io.pulso.server.app;

import io.pulso.server.api.Turns;
import io.pulso.server.door.Counters;
import io.pulso.server.ingest.Loader;
import io.pulso.server.journal.Journal;
import io.pulso.server.store.Exclusion;
import io.pulso.server.store.Quality;
import io.pulso.server.store.RejectReason;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.Locale;

/// How a server is doing, as Prometheus reads it. No label holds what a sender wrote.
final class Metrics {
  private final Journal journal;
  private final Loader loader;
  private final Totals totals;
  private final Counters doors;
  private final Quality quality;
  private final Turns turns;

  Metrics(
      Journal journal, Loader loader, Totals totals, Counters doors, Quality quality, Turns turns) {
    this.journal = journal;
    this.loader = loader;
    this.totals = totals;
    this.doors = doors;
    this.quality = quality;
    this.turns = turns;
  }

  String text() {
    long loaded = loader.loaded();
    long waiting = journal.last() - loaded;
    Totals.Now now = totals.now();
    Page page = new Page();
    page.counter("pulso_events_received_total", "Events loaded, of whatever kind", now.received());
    page.counter("pulso_events_stored_total", "Events stored", now.stored());
    page.counter("pulso_events_duplicate_total", "Events that repeat one", now.duplicates());
    page.head("pulso_events_rejected_total", "counter", "Events kept in the rejected lane");
    for (RejectReason reason : RejectReason.values()) {
      page.row("reason", reason.word(), now.rejected().getOrDefault(reason, 0L));
    }
    page.head("pulso_events_excluded_total", "counter", "Events stored that do not count");
    for (Exclusion reason : Exclusion.values()) {
      page.row("reason", reason.word(), quality.excludedSinceOpening(reason));
    }
    steps(page, now);
    page.counter(
        "pulso_duplicates_swept_total",
        "Stored events found to repeat one later",
        quality.sweptSinceOpening());
    page.head("pulso_requests_refused_total", "counter", "Requests of which nothing was kept");
    for (Counters.Turned reason : Counters.Turned.values()) {
      page.row("reason", reason.name().toLowerCase(Locale.ROOT), doors.turned(reason));
    }
    page.counter(
        "pulso_reads_refused_total", "Heavy reads that had no turn in time", turns.refused());
    page.counter(
        "pulso_reads_abandoned_total", "Reads whose reader left before", turns.abandoned());
    page.gauge("pulso_journal_waiting_bytes", "Acknowledged bytes not loaded yet", waiting);
    page.gauge("pulso_ready", "1 when events are loaded, else 0", loader.fault() == null ? 1L : 0L);
    heap(page, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage());
    return page.text.toString();
  }

  /// Where in the pipeline events ended: all but the step `quality`, whose events are stored too,
  /// add up to what was received.
  private void steps(Page page, Totals.Now now) {
    page.head("pulso_step_events_total", "counter", "Events by the step that decided on them");
    for (RejectReason reason : RejectReason.values()) {
      page.step(step(reason), reason.word(), now.rejected().getOrDefault(reason, 0L));
    }
    for (Exclusion reason : Exclusion.values()) {
      page.step("quality", reason.word(), quality.excludedSinceOpening(reason));
    }
    page.step("deduplicate", "duplicate", now.duplicates());
    page.step("store", "stored", now.stored());
  }

  private static String step(RejectReason reason) {
    return switch (reason) {
      case BAD_JSON,
          BAD_ENCODING,
          BAD_ROW,
          NOT_AN_OBJECT,
          TOO_LARGE,
          TOO_DEEP,
          TOO_MANY_KEYS,
          DUPLICATE_KEY,
          UNSUPPORTED,
          MAPPING_FAILED ->
          "decode";
      case FORBIDDEN -> "authenticate";
      case BAD_TIMESTAMP, FUTURE, BACKDATED -> "clock";
      case NO_ID, BAD_ID, NO_GROUP_ID, NO_PREVIOUS_ID -> "identify";
      default -> "check";
    };
  }

  private static void heap(Page page, MemoryUsage heap) {
    page.head("jvm_memory_used_bytes", "gauge", "Memory in use");
    page.row("area", "heap", heap.getUsed());
    page.head("jvm_memory_committed_bytes", "gauge", "Memory taken from the system");
    page.row("area", "heap", heap.getCommitted());
    page.head("jvm_memory_max_bytes", "gauge", "Memory that may be taken; -1 for any amount");
    page.row("area", "heap", heap.getMax());
  }

  /// The text form, version 0.0.4.
  private static final class Page {
    private final StringBuilder text = new StringBuilder();
    private String name = "";

    void counter(String of, String help, long value) {
      head(of, "counter", help);
      line("", value);
    }

    void gauge(String of, String help, long value) {
      head(of, "gauge", help);
      line("", value);
    }

    void head(String of, String type, String help) {
      name = of;
      text.append("# HELP %s %s\n# TYPE %s %s\n".formatted(of, help, of, type));
    }

    void row(String label, String word, long value) {
      line("{%s=\"%s\"}".formatted(label, word), value);
    }

    void step(String step, String reason, long value) {
      line("{step=\"%s\",reason=\"%s\"}".formatted(step, reason), value);
    }

    private void line(String labels, long value) {
      text.append(name).append(labels).append(' ').append(value).append('\n');
    }
  }
}
