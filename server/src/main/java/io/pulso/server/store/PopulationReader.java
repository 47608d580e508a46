package io.pulso.server.store;

import java.util.ArrayList;
import java.util.List;

/// Reads a population: columns no, id, first_day, identified.
final class PopulationReader {
  private final Db db;
  private int[] numbers = new int[1024];
  private int[] firstDay = new int[1024];
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
            firstDay[at] = chunk.vector(2).getInt(i);
            identified[at] = chunk.vector(3).getBoolean(i);
          }
        });
    int size = ids.size();
    return new Population(
        java.util.Arrays.copyOf(numbers, size),
        ids.toArray(String[]::new),
        java.util.Arrays.copyOf(firstDay, size),
        java.util.Arrays.copyOf(identified, size));
  }

  private void grow() {
    int size = numbers.length * 2;
    numbers = java.util.Arrays.copyOf(numbers, size);
    firstDay = java.util.Arrays.copyOf(firstDay, size);
    identified = java.util.Arrays.copyOf(identified, size);
  }
}
