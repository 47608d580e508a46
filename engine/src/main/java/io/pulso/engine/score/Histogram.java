package io.pulso.engine.score;

import java.util.ArrayList;
import java.util.List;

/// How many scores lie where, in bins that each belong to one band: where one band ends a bin ends.
public final class Histogram {
  private static final long POINT = 1000;
  private static final long[] STEPS = {1, 2, 5};

  private Histogram() {}

  /// The scores from one milli-point to another, both included.
  ///
  /// @param from the first bin also has all lower scores
  /// @param to the last bin also has all higher scores
  /// @param band the place of the band
  public record Bin(long from, long to, int band, int count) {}

  /// About so many bins of one width in points; those beside the end of a band may be narrower.
  ///
  /// The bins reach over the middle 99 % of the scores, so that a few far away do not flatten the
  /// rest.
  ///
  /// @param sorted milli-points, ascending
  static List<Bin> of(long[] sorted, Bands bands, int most) {
    if (sorted.length == 0) {
      return List.of();
    }
    int cut = (int) (sorted.length * 5L / 1000);
    long low = sorted[cut];
    long high = sorted[sorted.length - 1 - cut];
    List<Bin> bins = new ArrayList<>();
    long width = width(bands, low, high, most);
    for (int band = bands.index(low); band <= bands.index(high); band++) {
      addBand(bins, bands, band, width, low, high);
    }
    return counted(bins, sorted);
  }

  /// Ends of bins lie at whole widths from the band's lower end; in the first band from its upper.
  private static void addBand(
      List<Bin> bins, Bands bands, int band, long width, long low, long high) {
    boolean first = band == 0;
    boolean last = band == bands.size() - 1;
    long begin = first ? start(bands, low, width) : bands.lowest(band);
    long end = last ? Math.max(high, begin) : bands.lowest(band + 1) - 1;
    long from = begin + Math.max(0, low - begin) / width * width;
    while (from <= Math.min(end, high)) {
      long to = from + width - 1;
      // What is left of a bound that is included, one milli-point, is no bin.
      to = !last && end - to <= 1 ? end : to;
      bins.add(new Bin(from, to, band, 0));
      from = to + 1;
    }
  }

  private static long start(Bands bands, long low, long width) {
    long upper = bands.size() == 1 ? 0 : bands.lowest(1);
    return upper - Math.ceilDiv(upper - low, width) * width;
  }

  private static List<Bin> counted(List<Bin> bins, long[] sorted) {
    int[] counts = new int[bins.size()];
    int bin = 0;
    for (long score : sorted) {
      while (bin < counts.length - 1 && score > bins.get(bin).to()) {
        bin++;
      }
      counts[bin]++;
    }
    List<Bin> found = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      found.add(new Bin(bins.get(i).from(), bins.get(i).to(), bins.get(i).band(), counts[i]));
    }
    return found;
  }

  /// The least width that gives few enough bins; one up to five times as wide where all bands are
  /// whole numbers of it.
  private static long width(Bands bands, long low, long high, int most) {
    long least = 0;
    long unit = high - low < 10 * POINT ? POINT / 100 : POINT;
    while (true) {
      for (long step : STEPS) {
        long width = step * unit;
        if ((high - low) / width < most) {
          least = least == 0 ? width : least;
          if (fills(bands, width)) {
            return width;
          }
        }
        if (least > 0 && width >= 5 * least) {
          return least;
        }
      }
      unit *= 10;
    }
  }

  /// Whether all bands but the open ones are whole numbers of a width; a bound that is included and
  /// one that is not differ by a milli-point.
  private static boolean fills(Bands bands, long width) {
    for (int band = 1; band < bands.size() - 1; band++) {
      long wide = bands.lowest(band + 1) - bands.lowest(band);
      if (Math.floorMod(wide + 1, width) > 2) {
        return false;
      }
    }
    return true;
  }
}
