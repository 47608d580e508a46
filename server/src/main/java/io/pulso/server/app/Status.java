package io.pulso.server.app;

import io.pulso.engine.json.Json;
import io.pulso.server.api.Answer;
import io.pulso.server.ingest.Loader;
import io.pulso.server.journal.Journal;
import io.pulso.server.store.Exclusion;
import io.pulso.server.store.Quality;

/// How a server is doing.
final class Status {
  private final Journal journal;
  private final Loader loader;
  private final Totals totals;
  private final Quality quality;

  Status(Journal journal, Loader loader, Totals totals, Quality quality) {
    this.journal = journal;
    this.loader = loader;
    this.totals = totals;
    this.quality = quality;
  }

  Json.Obj json() {
    long loaded = loader.loaded();
    long acknowledged = journal.last();
    Answer excluded = new Answer();
    for (Exclusion reason : Exclusion.values()) {
      long records = quality.excludedSinceOpening(reason);
      if (records > 0) {
        excluded.put(reason.word(), records);
      }
    }
    Answer answer =
        new Answer()
            .put("ready", loader.fault() == null)
            .put("fault", loader.fault())
            .put("acknowledged_bytes", acknowledged)
            .put("loaded_bytes", loaded)
            .put("waiting_bytes", acknowledged - loaded);
    totals.json().fields().forEach(answer::put);
    return answer.put("excluded", excluded.json()).json();
  }
}
