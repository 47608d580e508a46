package io.pulso.server.ingest;

import io.pulso.server.store.Load;
import io.pulso.server.store.RejectedLane;
import io.pulso.server.store.Store;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/// Reads rejected rows again. What fails once more gets a new row in the lane; the old one is done.
public final class Replaying {
  private static final String FILES = "rejected rows";

  private Replaying() {}

  /// Reads them, those of each source in one import.
  ///
  /// @param rows their bodies may have been put right
  /// @param loads begins an import of a source and its files
  public static List<ImportReport> run(
      Store store,
      List<RejectedLane.Row> rows,
      ImportRequest request,
      Progress progress,
      BiFunction<String, String, Load> loads) {
    Map<String, List<RejectedLane.Row>> bySource = new LinkedHashMap<>();
    for (RejectedLane.Row row : rows) {
      bySource.computeIfAbsent(row.source(), source -> new ArrayList<>()).add(row);
    }
    List<ImportReport> reports = new ArrayList<>();
    bySource.forEach((source, those) -> {
      try (Load load = loads.apply(source, FILES)) {
        reports.add(
            Importer.replay(
                those.stream().map(RejectedLane.Row::rejected).toList(), request, load, progress));
      }
      store.rejected().markReplayed(those);
    });
    return reports;
  }
}
