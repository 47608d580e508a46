package io.pulso.server.summary;

import java.util.Arrays;
import java.util.List;

/// What happened between two completed days under the version in force on the later one.
///
/// @param from a completed day
/// @param to a later one
/// @param matrix how many went from one band (row) to another (column), by places; those who have a
///   score on both days
/// @param came how many have a score on the later day only
/// @param went how many have one on the earlier day only
/// @param rose how many have a higher score than before
/// @param fell how many have a lower one
/// @param up the greatest rises
/// @param down the greatest falls
/// @param crossedUp those who rose into another band, the greatest rises first; not all of many
/// @param crossedDown those who fell into another one, the greatest falls first; not all of many
@SuppressWarnings("ArrayRecordComponent") // counts by places
public record Movement(
    int from,
    int to,
    int[][] matrix,
    int came,
    int went,
    int rose,
    int fell,
    List<Mover> up,
    List<Mover> down,
    List<Mover> crossedUp,
    List<Mover> crossedDown) {
  public Movement {
    up = List.copyOf(up);
    down = List.copyOf(down);
    crossedUp = List.copyOf(crossedUp);
    crossedDown = List.copyOf(crossedDown);
  }

  /// How many rose into another band.
  public int ups() {
    return sum(true);
  }

  /// How many fell into another one.
  public int downs() {
    return sum(false);
  }

  private int sum(boolean up) {
    int sum = 0;
    for (int from = 0; from < matrix.length; from++) {
      sum +=
          up
              ? Arrays.stream(matrix[from], from + 1, matrix.length).sum()
              : Arrays.stream(matrix[from], 0, from).sum();
    }
    return sum;
  }
}
