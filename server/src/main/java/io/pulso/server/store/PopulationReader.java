package io.pulso.server.store;

import java.util.ArrayList;
import java.util.List;

/// Reads a population: columns no, id, first_at in microseconds, identified.
final class PopulationReader {
  private final Db db;
  private int[] numbers = new int[1024];
  private long[] firstAt = new long[1024];
  private boolean[] identified = new boolean[1024];
  private final List<String> ids = new ArrayList<>();

  PopulationReader(Db db) {
    this.db = db;
  }

  Population read(String sql) {
    db.chunks(
        sql,
        chunk -> {
          for (long i = 0; i < chunk.rowCount(); i++) {
            int at = ids.size();
            if (at == numbers.length) {
              grow();
            }
            numbers[at] = chunk.vector(0).getInt(i);
            ids.add(chunk.vector(1).getString(i));
            firstAt[at] = chunk.vector(2).getLong(i);
            identified[at] = chunk.vector(3).getBoolean(i);
          }
        });
    int size = ids.size();
    return new Population(
        java.util.Arrays.copyOf(numbers, size),
        ids.toArray(String[]::new),
        java.util.Arrays.copyOf(firstAt, size),
        java.util.Arrays.copyOf(identified, size));
  }

  private void grow() {
    int size = numbers.length * 2;
    numbers = java.util.Arrays.copyOf(numbers, size);
    firstAt = java.util.Arrays.copyOf(firstAt, size);
    identified = java.util.Arrays.copyOf(identified, size);
  }
}
