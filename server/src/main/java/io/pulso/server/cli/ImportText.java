package io.pulso.server.cli;

import io.pulso.engine.json.Json;
import io.pulso.server.ingest.ImportReport;
import io.pulso.server.store.RejectReason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The counts at the end of an import.
final class ImportText {
  private ImportText() {}

  static ImportReport sum(List<ImportReport> reports) {
    SortedMap<RejectReason, Long> rejected = new TreeMap<>();
    long files = 0;
    long read = 0;
    long stored = 0;
    long duplicates = 0;
    long replaced = 0;
    for (ImportReport report : reports) {
      files += report.files();
      read += report.read();
      stored += report.stored();
      duplicates += report.duplicates();
      replaced += report.replaced();
      report.rejected().forEach((reason, rows) -> rejected.merge(reason, rows, Long::sum));
    }
    return new ImportReport(files, read, stored, duplicates, replaced, rejected);
  }

  static Json json(ImportReport report) {
    Map<String, Json> rejected = new LinkedHashMap<>();
    report.rejected().forEach((reason, rows) -> rejected.put(reason.word(), new Json.Num(rows)));
    Map<String, Json> counts = new LinkedHashMap<>();
    counts.put("read", new Json.Num(report.read()));
    counts.put("stored", new Json.Num(report.stored()));
    counts.put("duplicates", new Json.Num(report.duplicates()));
    if (report.replaced() > 0) {
      counts.put("replaced", new Json.Num(report.replaced()));
    }
    counts.put("rejected", new Json.Obj(rejected));
    return new Json.Obj(counts);
  }

  static void print(Console console, ImportReport report) {
    row(console, "read", report.read());
    row(console, "stored", report.stored());
    row(console, "duplicates", report.duplicates());
    if (report.replaced() > 0) {
      row(console, "replaced totals", report.replaced());
    }
    row(console, "rejected", report.rejectedTotal());
    report.rejected().forEach((reason, rows) -> row(console, "  " + reason.word(), rows));
  }

  private static void row(Console console, String name, long count) {
    console.line("%s %s".formatted(Bar.pad(name, 20), Bar.right(Numbers.count(count), 14)));
  }

  /// How long it took, and where to look now.
  static void after(Console console, ImportReport report, double seconds) {
    console.note(
        String.format(
            Locale.ROOT,
            "%.1f s, %s records/s",
            seconds,
            Numbers.count(Math.round(report.read() / Math.max(seconds, 0.001)))));
    if (report.rejectedTotal() > 0) {
      console.note("`pulso rejected` shows the rejected rows, each with file, line and reason");
    }
  }

  static int status(ImportReport report) {
    return report.rejectedTotal() > 0 ? Commands.NOT_ALL : Commands.DONE;
  }
}
