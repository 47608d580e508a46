package io.pulso.server.store;

import java.nio.file.Path;

/// A question that has no answer in anybody's lifetime, and one that has.
public final class Endless {
  private static final String SUM =
      "(SELECT SUM(a.range * b.range) FROM range(100000000) a, range(1000000) b)";

  private Endless() {}

  /// Asks it over a connection of its own.
  public static String ask(Store store) {
    try (Store own = store.beside()) {
      return own.rowsAsText(SUM).toString();
    }
  }

  /// Asks the other one.
  public static String askLittle(Store store) {
    try (Store own = store.beside()) {
      return own.rowsAsText("(SELECT 1 AS one)").toString();
    }
  }

  /// A new store.
  public static Store store(Path file) {
    return Records.open(file);
  }
}
