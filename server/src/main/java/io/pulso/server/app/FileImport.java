package io.pulso.server.app;

import io.pulso.engine.model.Model;
import io.pulso.server.ingest.ImportReport;
import io.pulso.server.ingest.ImportRequest;
import io.pulso.server.ingest.Importer;
import io.pulso.server.ingest.Progress;
import io.pulso.server.ingest.Replaying;
import io.pulso.server.store.Load;
import io.pulso.server.store.Store;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/// Imports files into the store of a workspace and keeps the roll-ups of its models up to date.
public final class FileImport {
  private final Store store;
  private final List<Model> models;
  private final Clock clock;

  /// @param warnings takes what is wrong with models that are left out
  public FileImport(Models models, Store store, Clock clock, Consumer<String> warnings) {
    this.store = store;
    this.models = models.usable(warnings);
    this.clock = clock;
  }

  /// Imports what the request names, whole or not at all.
  public ImportReport run(ImportRequest request, String source, Progress progress) {
    judgeAgain();
    try (Load load = load(source, String.join(" ", request.inputs()))) {
      return Importer.run(request, load, progress);
    }
  }

  /// Where the quality rules have changed, what is stored is judged by them first.
  private void judgeAgain() {
    if (!store.quality().isApplied()) {
      store.quality().apply(() -> models);
    }
  }

  private Load load(String source, String files) {
    return store.load(source, true, files, clock, models);
  }

  /// Reads rejected rows again, by the rules of the request.
  ///
  /// @param reason only rows rejected for it; empty for all
  public List<ImportReport> replay(ImportRequest request, String reason, Progress progress) {
    judgeAgain();
    return Replaying.run(store, store.rejected().waiting(reason), request, progress, this::load);
  }
}
