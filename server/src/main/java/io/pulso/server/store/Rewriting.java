package io.pulso.server.store;

import java.util.OptionalLong;

/// Whether the store must be written anew, so that what was erased is gone from its file too.
final class Rewriting {
  private static final String DUE = "rewrite_due";

  private Rewriting() {}

  /// Says so, unless it is said already.
  ///
  /// @param at since when, in microseconds
  static void want(Db db, long at) {
    if (since(db).isEmpty()) {
      db.run("INSERT INTO setting VALUES (?, ?)", DUE, String.valueOf(at));
    }
  }

  /// Since when, in microseconds; empty when nothing is to be done.
  static OptionalLong since(Db db) {
    return db.list("SELECT value FROM setting WHERE name = ?", row -> row.getLong(1), DUE).stream()
        .mapToLong(at -> at)
        .min();
  }

  static void done(Db db) {
    db.run("DELETE FROM setting WHERE name = ?", DUE);
  }
}
