package io.pulso.server.store;

/// A set of 128-bit numbers: open addressing, half full at most. Zero stands for an empty place, so
/// the number zero is kept beside.
final class SeenIds {
  private static final int SMALLEST = 1 << 10;

  private long[] places = new long[2 * SMALLEST];
  private int mask = SMALLEST - 1;
  private int size;
  private boolean zero;

  int size() {
    return size;
  }

  boolean contains(long high, long low) {
    if (high == 0 && low == 0) {
      return zero;
    }
    int at = find(high, low);
    return places[at] == high && places[at + 1] == low;
  }

  /// Adds a number; false when it was there.
  boolean add(long high, long low) {
    if (high == 0 && low == 0) {
      boolean is = !zero;
      zero = true;
      size += is ? 1 : 0;
      return is;
    }
    int at = find(high, low);
    if (places[at] == high && places[at + 1] == low) {
      return false;
    }
    places[at] = high;
    places[at + 1] = low;
    size++;
    if (2L * size > mask) {
      grow();
    }
    return true;
  }

  /// Where the number is, or the empty place where it would be.
  private int find(long high, long low) {
    int at = 2 * ((int) mix(high ^ Long.rotateLeft(low, 32)) & mask);
    while ((places[at] != 0 || places[at + 1] != 0)
        && (places[at] != high || places[at + 1] != low)) {
      at = at + 2 & 2 * mask + 1;
    }
    return at;
  }

  /// The finaliser of MurmurHash3.
  private static long mix(long bits) {
    long h = (bits ^ bits >>> 33) * 0xff51afd7ed558ccdL;
    h = (h ^ h >>> 33) * 0xc4ceb9fe1a85ec53L;
    return h ^ h >>> 33;
  }

  private void grow() {
    long[] old = places;
    places = new long[2 * old.length];
    mask = 2 * mask + 1;
    for (int i = 0; i < old.length; i += 2) {
      if (old[i] != 0 || old[i + 1] != 0) {
        int at = find(old[i], old[i + 1]);
        places[at] = old[i];
        places[at + 1] = old[i + 1];
      }
    }
  }
}
