package io.pulso.server.score;

/// Sorts many rows by a number each; rows with the same one keep their order.
final class MergeSort {
  private static final int SHORT = 32;

  private MergeSort() {}

  /// @param rows places in `keys`
  static void sort(int[] rows, long[] keys) {
    int[] other = rows.clone();
    sort(other, rows, 0, rows.length, keys);
  }

  /// Sorts a part of `from`, which holds the same as `into`, into `into`.
  private static void sort(int[] from, int[] into, int low, int high, long[] keys) {
    if (high - low <= SHORT) {
      insert(into, low, high, keys);
      return;
    }
    int middle = (low + high) >>> 1;
    sort(into, from, low, middle, keys);
    sort(into, from, middle, high, keys);
    int left = low;
    int right = middle;
    for (int i = low; i < high; i++) {
      boolean takeLeft = right >= high || (left < middle && keys[from[left]] <= keys[from[right]]);
      into[i] = takeLeft ? from[left++] : from[right++];
    }
  }

  private static void insert(int[] rows, int low, int high, long[] keys) {
    for (int i = low + 1; i < high; i++) {
      int row = rows[i];
      int at = i;
      while (at > low && keys[rows[at - 1]] > keys[row]) {
        rows[at] = rows[at - 1];
        at--;
      }
      rows[at] = row;
    }
  }
}
