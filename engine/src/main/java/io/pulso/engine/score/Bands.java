package io.pulso.engine.score;

import io.pulso.engine.model.Band;
import io.pulso.engine.model.Model;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The bands of a model, ready to sort many scores into.
public final class Bands {
  private final List<Band> bands;

  /// The lowest milli-point of each band but the first.
  private final long[] lowest;

  private Bands(List<Band> bands) {
    this.bands = bands;
    this.lowest = bands.stream().limit(bands.size() - 1L).mapToLong(Bands::above).toArray();
  }

  public static Bands of(Model model) {
    return of(model.bands());
  }

  public static Bands of(List<Band> bands) {
    return new Bands(List.copyOf(bands));
  }

  private static long above(Band band) {
    Long bound = band.bound();
    if (bound == null) {
      throw new IllegalArgumentException("only the last band has no bound, not " + band.id());
    }
    return band.including() ? bound + 1 : bound;
  }

  public int size() {
    return bands.size();
  }

  public Band get(int index) {
    return bands.get(index);
  }

  /// The lowest milli-point of a band that is not the first.
  public long lowest(int index) {
    return lowest[index - 1];
  }

  /// The place of the band that a score in milli-points falls in.
  public int index(long score) {
    int index = 0;
    while (index < lowest.length && score >= lowest[index]) {
      index++;
    }
    return index;
  }

  public Band band(long score) {
    return bands.get(index(score));
  }

  /// The lowest milli-point of the band above a score's own; nothing for the last band.
  public OptionalLong next(long score) {
    int index = index(score);
    return index < lowest.length ? OptionalLong.of(lowest[index]) : OptionalLong.empty();
  }

  /// The place of the band with that id.
  public OptionalInt find(String id) {
    for (int index = 0; index < bands.size(); index++) {
      if (bands.get(index).id().equals(id)) {
        return OptionalInt.of(index);
      }
    }
    return OptionalInt.empty();
  }
}
