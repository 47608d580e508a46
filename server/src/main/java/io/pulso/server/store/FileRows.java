package io.pulso.server.store;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/// The tables of a store that no process has open.
public final class FileRows {
  private FileRows() {}

  /// How many rows each of some tables has.
  public static Map<String, Long> of(Path file, Collection<String> tables) {
    try (Db db = new Db(Store.connect(file, new Store.Limits(256L << 20, 2)))) {
      Map<String, Long> rows = new LinkedHashMap<>();
      for (String table : tables) {
        rows.put(
            table, db.number("SELECT COUNT(*) FROM \"%s\"".formatted(table.replace("\"", "\"\""))));
      }
      return rows;
    }
  }
}
