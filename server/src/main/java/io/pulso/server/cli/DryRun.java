package io.pulso.server.cli;

import io.pulso.server.ingest.ImportReport;
import io.pulso.server.store.Incoming;
import io.pulso.server.store.Load;
import io.pulso.server.store.Rejected;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An import into nowhere: keeps the first records to show them, and counts the others.
final class DryRun implements Load {
  private static final int SHOWN = 5;

  private final List<Incoming> first = new ArrayList<>();
  private final List<Rejected> refused = new ArrayList<>();
  private long rows;

  @Override
  public void append(Incoming row) {
    rows++;
    if (first.size() < SHOWN) {
      first.add(row);
    }
  }

  @Override
  public void reject(Rejected rejected) {
    if (refused.size() < SHOWN) {
      refused.add(rejected);
    }
  }

  @Override
  public Counts commit() {
    return new Counts(rows, 0);
  }

  @Override
  public void close() {
    first.clear();
  }

  void print(Console console, ImportReport report) {
    if (!first.isEmpty()) {
      console.line("first records");
    }
    first.forEach(row -> console.line("  " + text(row)));
    if (!refused.isEmpty()) {
      console.line("first rejected rows");
    }
    for (Rejected row : refused) {
      console.line(
          Shown.text(
              "  %s:%d: %s: %s"
                  .formatted(row.file(), row.line(), row.reason().word(), row.detail())));
    }
    console.line("");
    ImportText.print(console, report);
  }

  private static String text(Incoming row) {
    StringBuilder line = new StringBuilder(row.type().word());
    field(line, " ", row.event() != null ? row.event() : row.name());
    field(line, "  customer ", row.userId());
    field(line, "  anonymous ", row.anonymousId());
    field(line, "  account ", row.groupId());
    field(line, "  ", instant(row.occurredAt()));
    field(line, "  channel ", row.channel());
    field(line, "  ", row.properties());
    field(line, "  ", row.traits());
    return Shown.text(line.toString());
  }

  private static void field(StringBuilder line, String before, @Nullable String text) {
    if (text != null) {
      line.append(before).append(text);
    }
  }

  static String instant(long micros) {
    return Instant.ofEpochSecond(
            Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000)
        .toString();
  }
}
