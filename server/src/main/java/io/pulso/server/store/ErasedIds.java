package io.pulso.server.store;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The ids that may not come back, in memory.
final class ErasedIds {
  private final Set<String> hashes = new HashSet<>();
  private long rows;
  private @Nullable ErasureKey key;

  private ErasedIds() {}

  static ErasedIds read(Db db) {
    ErasedIds ids = new ErasedIds();
    ids.refresh(db);
    return ids;
  }

  /// Reads those that are new; tells whether there are any.
  boolean refresh(Db db) {
    long now = db.number("SELECT COUNT(*) FROM erased");
    if (now == rows) {
      return false;
    }
    key = ErasureKey.needed(db.database().folder());
    hashes.clear();
    hashes.addAll(db.list("SELECT hash FROM erased", row -> row.getString(1)));
    rows = now;
    return true;
  }

  boolean isEmpty() {
    return hashes.isEmpty();
  }

  boolean has(String id) {
    ErasureKey by = key;
    return by != null && !hashes.isEmpty() && hashes.contains(by.hash(id));
  }
}
