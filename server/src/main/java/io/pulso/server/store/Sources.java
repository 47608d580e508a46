package io.pulso.server.store;

import java.util.List;

/// The numbers of sources.
final class Sources {
  private final Db db;

  Sources(Db db) {
    this.db = db;
  }

  /// The number of a source, which is made when there is none.
  ///
  /// @param trusted whether a new source is a server's
  int number(String name, boolean trusted) {
    List<Integer> found =
        db.list("SELECT no FROM source WHERE name = ?", row -> row.getInt(1), name);
    if (!found.isEmpty()) {
      return found.getFirst();
    }
    int next = (int) db.number("SELECT COUNT(*) FROM source");
    db.run("INSERT INTO source VALUES (?, ?, ?)", next, name, trusted);
    return next;
  }
}
