package io.pulso.server.store;

import io.pulso.engine.time.LocalDays;
import io.pulso.server.event.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/// Keeps a store's file in order while it is in use: writes it anew, copies it, sorts it.
public final class Upkeep {
  private final Db db;
  private final Path file;
  private final LocalDays days;

  Upkeep(Db db, Path file, LocalDays days) {
    this.db = db;
    this.file = file;
    this.days = days;
  }

  /// Writes the store into a new file that takes the place of the old one.
  public Compaction.Sizes rewrite() {
    return Compaction.run(db, file);
  }

  /// Since when the store must be written anew because somebody was erased, in microseconds.
  public OptionalLong rewriteDue() {
    return Rewriting.since(db);
  }

  /// Puts the roll-ups of each subject side by side where they lie far apart, as after an import;
  /// tells how many were sorted.
  public long order() {
    return new RollUpOrder(db).orderIfDue();
  }

  /// Keeps rows of what metrics count.
  public FactKeeping facts() {
    return new FactKeeping(db, new KeptFacts(db, days));
  }

  /// Writes all tables, as of one moment, into a file beside the store.
  public TableCopy.Copied copy(Path to) {
    try {
      Takeover.remove(to);
      try (Db copying = db.duplicateSteady()) {
        return TableCopy.write(copying, to, false);
      }
    } catch (IOException e) {
      throw new InputException("cannot write " + to + ": " + e, e);
    }
  }

  /// Where such a copy is to be written.
  public Path copyFile() {
    return Takeover.beside(file, ".copy");
  }
}
