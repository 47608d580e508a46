package io.pulso.server.store;

/// The subjects of a kind, sorted by id as UTF-8 bytes.
///
/// @param numbers their numbers in the store
/// @param firstDay the local day from which each exists
/// @param identified whether each id was given as a userId; always true for accounts
@SuppressWarnings("ArrayRecordComponent") // columns of many rows
public record Population(int[] numbers, String[] ids, int[] firstDay, boolean[] identified) {
  public int size() {
    return numbers.length;
  }

  /// One more than the greatest number.
  public int span() {
    int greatest = -1;
    for (int number : numbers) {
      greatest = Math.max(greatest, number);
    }
    return greatest + 1;
  }
}
