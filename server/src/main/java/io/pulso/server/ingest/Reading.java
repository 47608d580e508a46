package io.pulso.server.ingest;

import io.pulso.engine.time.LocalDays;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the files of one import share: the rules, the ids, and one mapping for all tables with the
/// same columns, so that a column has one type in all files.
final class Reading {
  final ImportRequest request;
  final Checks checks;
  final RowIds ids = new RowIds();
  final Progress progress;

  private final LocalDays days;
  private final Times times;
  private final Times utc;
  private final Map<Columns, Mapping> mappings = new HashMap<>();
  private final Map<List<String>, List<CsvRow.ColumnType>> types = new HashMap<>();

  private record Columns(List<String> names, boolean typed) {}

  Reading(ImportRequest request, Progress progress) {
    this.request = request;
    this.progress = progress;
    this.checks = new Checks(request.now(), request.channel());
    ZoneId zone = request.zone() != null ? request.zone() : request.workspaceZone();
    ZoneId exported = request.zone() != null ? request.zone() : ZoneOffset.UTC;
    this.days = new LocalDays(request.workspaceZone());
    this.times = new Times(zone, request.timeFormat());
    this.utc = new Times(exported, request.timeFormat());
  }

  /// Times without an offset: those of other products' exports are UTC.
  Times times(Format format) {
    return switch (format) {
      case POSTHOG, MIXPANEL, AMPLITUDE, MAUTIC -> utc;
      case CSV, TSV, JSON, SEGMENT, PARQUET -> times;
    };
  }

  Mapping mapping(String file, Table table, Format format) {
    boolean preset = format == Format.MAUTIC && request.map().isEmpty();
    Map<String, String> map = preset ? Mautic.mapping(table.names()) : request.map();
    return mappings.computeIfAbsent(
        new Columns(table.names(), table.typed()),
        columns -> Mapper.make(file, table, request.as(), map, times(format)));
  }

  List<CsvRow.ColumnType> types(Table table) {
    return types.computeIfAbsent(table.names(), names -> table.types());
  }

  RowReader rows(Mapping mapping, Format format) {
    TotalIds totals =
        mapping.as() == As.METRICS_DAILY ? new TotalIds(days, checks.now(), ids) : null;
    return new TableDecoder(mapping, times(format), checks, ids, totals);
  }
}
