package io.pulso.server.ingest;

import io.pulso.server.ingest.Mapping.Assignment;
import io.pulso.server.ingest.Mapping.Rest;
import io.pulso.server.ingest.Target.Part;
import io.pulso.server.store.ParquetRows;
import io.pulso.server.store.PlainFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads one Parquet file.
final class ParquetFile {
  private static final int SAMPLED = 1_000;
  private static final int THREADS = 2;

  private final Reading reading;
  private final Intake intake;
  private final Input input;
  private final String name;
  private final long before;

  /// @param before the bytes of the files before this one
  ParquetFile(Reading reading, Intake intake, Input input, long before) {
    this.reading = reading;
    this.intake = intake;
    this.input = input;
    this.name = input.name();
    this.before = before;
  }

  void read(Path path) {
    try (ParquetRows rows = ParquetRows.open(name, path, THREADS)) {
      List<String> names = rows.columns().stream().map(ParquetRows.Column::name).toList();
      boolean plain = !reading.request.map().isEmpty() || reading.request.as() != As.EVENTS;
      boolean posthog =
          reading.request.format() == Format.POSTHOG
              || (!plain
                  && names.containsAll(List.of("distinct_id", "event", "properties", "uuid")));
      if (posthog) {
        reading.progress.file(name, "posthog, parquet", "");
        Times times = reading.times(Format.POSTHOG);
        RowReader reader = new ShapeReader(new PostHog(), times, reading.checks, reading.ids);
        decode(rows, reader, all(names), times, null);
      } else {
        Mapping mapping = reading.mapping(name, sample(rows, names), Format.PARQUET);
        reading.progress.file(name, "parquet", mapping.describe());
        Times times = reading.times(Format.PARQUET);
        long[] left =
            PlainColumns.of(mapping, rows, times).map(c -> load(plain(path, rows, c))).orElse(null);
        if (left == null || left.length > 0) {
          decode(rows, reading.rows(mapping, Format.PARQUET), wanted(mapping), times, left);
        }
      }
    }
  }

  private PlainFile plain(Path path, ParquetRows rows, PlainFile.Columns columns) {
    return new PlainFile(
        intake.file(),
        path,
        rows.count(),
        columns,
        new PlainRules(reading.checks),
        reading.checks.latest());
  }

  /// Gives the places of the rows that are left.
  private long[] load(PlainFile plain) {
    double perRow = (double) input.bytes() / Math.max(1, plain.rows());
    long read = intake.read();
    return intake.plain(
        plain, rows -> reading.progress.reached(before + (long) (perRow * rows), read + rows));
  }

  private static boolean[] all(List<String> names) {
    boolean[] all = new boolean[names.size()];
    Arrays.fill(all, true);
    return all;
  }

  /// The columns that are needed: all of them where expressions may look at any, or where the whole
  /// row makes the id.
  private static boolean[] wanted(Mapping mapping) {
    boolean[] wanted = all(mapping.columns());
    List<Assignment> parts = new ArrayList<>(mapping.common());
    mapping.variants().forEach(variant -> parts.addAll(variant.parts()));
    boolean computed = parts.stream().anyMatch(one -> one.source() instanceof Source.Computed);
    if (computed || !mapping.has(Part.MESSAGE_ID) || mapping.rest() != Rest.DROPPED) {
      return wanted;
    }
    Arrays.fill(wanted, false);
    for (Assignment one : parts) {
      if (one.source() instanceof Source.Column column) {
        wanted[column.index()] = true;
      }
    }
    return wanted;
  }

  private Table sample(ParquetRows rows, List<String> names) {
    ParquetRow row = new ParquetRow(rows, all(names), reading.times(Format.PARQUET));
    List<List<@Nullable String>> found = new ArrayList<>();
    rows.start(all(names), SAMPLED);
    while (rows.next()) {
      for (int i = 0; i < rows.rows(); i++) {
        row.set(i);
        List<@Nullable String> texts = new ArrayList<>();
        for (int column = 0; column < names.size(); column++) {
          texts.add(row.text(column));
        }
        found.add(texts);
      }
    }
    return new Table(names, found, true, false);
  }

  /// @param only the places from 0 of the rows to decode, ascending; null for all
  private void decode(
      ParquetRows rows, RowReader reader, boolean[] wanted, Times times, long @Nullable [] only) {
    int next = 0;
    ParquetRow row = new ParquetRow(rows, wanted, times);
    double perRow = (double) input.bytes() / Math.max(1, rows.count());
    long line = 0;
    rows.start(wanted);
    while (rows.next()) {
      for (int i = 0; i < rows.rows(); i++) {
        line++;
        if (only != null && (next == only.length || only[next] != line - 1)) {
          continue;
        }
        next++;
        row.set(i);
        reader.decode(row, row::json, line, intake);
      }
      if (Thread.currentThread().isInterrupted()) {
        throw Conveyor.cancelled();
      }
      reading.progress.reached(before + (long) (perRow * line), intake.read());
    }
  }
}
