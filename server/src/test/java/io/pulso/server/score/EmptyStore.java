package io.pulso.server.score;

import io.pulso.server.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Stores with nothing in them, made once for each time zone and then copied: a random test opens
/// hundreds, and to make the tables takes an eighth of its time.
final class EmptyStore {
  private static final Store.Limits LIMITS = new Store.Limits(512L << 20, 2);
  private static final Map<ZoneId, byte[]> FILES = new ConcurrentHashMap<>();

  private EmptyStore() {}

  static Store open(Path folder, ZoneId zone) {
    Path file = folder.resolve("pulso.duckdb");
    byte[] empty = FILES.computeIfAbsent(zone, EmptyStore::made);
    try {
      Files.createDirectories(folder);
      Files.write(file, empty);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Store.open(file, zone, LIMITS);
  }

  private static byte[] made(ZoneId zone) {
    return Folders.with(folder -> {
      Path file = folder.resolve("pulso.duckdb");
      Store.open(file, zone, LIMITS).close();
      try {
        return Files.readAllBytes(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }
}
