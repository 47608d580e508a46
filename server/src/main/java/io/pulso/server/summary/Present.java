package io.pulso.server.summary;

import io.pulso.engine.score.Bands;
import io.pulso.engine.score.Distribution;
import io.pulso.engine.score.Histogram;
import io.pulso.engine.score.Kernel;
import io.pulso.server.score.InUse;
import io.pulso.server.score.LiveScores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The scores of the population on the day that is not over yet.
///
/// @param at when they were looked at
/// @param scored how many have a score
/// @param unavailable how many have one that is too great
/// @param active how many of both had an active event in the model's window
/// @param newcomers how many of both exist since that day
/// @param mean in milli-points; null where nobody has a score
/// @param median in milli-points; null where nobody has a score
/// @param bands how many are in each band, in the model's order
/// @param histogram all that have a score, by bins
public record Present(
    InUse use,
    int day,
    Instant at,
    int scored,
    int unavailable,
    int active,
    int newcomers,
    @Nullable Long mean,
    @Nullable Long median,
    List<Integer> bands,
    List<Histogram.Bin> histogram) {
  private static final int BINS = 48;

  public Present {
    bands = List.copyOf(bands);
    histogram = List.copyOf(histogram);
  }

  /// How many are in bands that are engaged.
  public int engaged() {
    return in(use.model().engagedBands());
  }

  /// How many are in bands that are at risk.
  public int atRisk() {
    return in(Glance.atRisk(use.model()));
  }

  private int in(BitSet places) {
    return places.stream().map(bands::get).sum();
  }

  static Present of(InUse use, LiveScores.Sheet sheet, Instant at) {
    Bands bands = Bands.of(use.model());
    int[] counts = new int[bands.size()];
    int unavailable = 0;
    int active = 0;
    int newcomers = 0;
    for (int subject = 0; subject < sheet.scores().length; subject++) {
      long score = sheet.scores()[subject];
      if (Kernel.isScore(score)) {
        counts[bands.index(score)]++;
      }
      if (score != Kernel.NONE) {
        unavailable += score == Kernel.UNAVAILABLE ? 1 : 0;
        active += sheet.active().get(subject) ? 1 : 0;
        newcomers += sheet.firstDays()[subject] == sheet.day() ? 1 : 0;
      }
    }
    Distribution spread = Distribution.of(sheet.scores());
    List<Integer> all = new ArrayList<>();
    Arrays.stream(counts).forEach(all::add);
    return new Present(
        use,
        sheet.day(),
        at,
        spread.size(),
        unavailable,
        active,
        newcomers,
        DayCounting.orNull(spread.mean()),
        DayCounting.orNull(spread.median()),
        all,
        spread.histogram(bands, BINS));
  }
}
