package io.pulso.server.store;

import io.pulso.server.event.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;

/// A store written into a new file, which then takes the place of the old one: the records of each
/// subject side by side, without the room that deleted rows leave and without what they said.
public final class Compaction {
  private Compaction() {}

  /// The size of the store's file.
  public record Sizes(long before, long after) {}

  /// Compacts the store in that file, which no process may have open.
  public static Sizes run(Path file, Store.Limits limits) {
    try (Store store = Store.openForRebuild(file, ZoneOffset.UTC, limits)) {
      return store.upkeep().rewrite();
    }
  }

  /// Compacts a store that is in use: nobody changes it meanwhile, who reads goes on, and only for
  /// the moment of the change of files everybody waits.
  static Sizes run(Db db, Path file) {
    Takeover takeover = new Takeover(file);
    db.lock();
    try {
      long before = Files.size(file);
      takeover.discard();
      try (Db copying = db.duplicateSteady()) {
        TableCopy.write(copying, takeover.fresh(), true);
      } catch (StoreException | InputException e) {
        takeover.discard();
        throw e;
      }
      db.database().reopen(takeover::finish);
      Rewriting.done(db);
      return new Sizes(before, Files.size(file));
    } catch (IOException e) {
      throw new InputException("cannot compact the store " + file + ": " + e, e);
    } finally {
      db.unlock();
    }
  }
}
