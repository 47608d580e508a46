package io.pulso.server.store;

import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/// One import into the store: all that is appended becomes visible at commit, or nothing does. Not
/// safe for use by several threads at once.
public interface Load extends AutoCloseable {
  void append(Incoming row);

  void reject(Rejected rejected);

  /// Takes the rows of a Parquet file that need nothing but a check, without a record of each, and
  /// gives the places (from 0, ascending) of those it left: they must be appended one by one. They
  /// may be all rows.
  ///
  /// @param done is told how many rows of the file are done
  default long[] plain(PlainFile file, LongConsumer done) {
    return LongStream.range(0, file.rows()).toArray();
  }

  /// Removes duplicates, makes everything visible and renews what is derived from it.
  Counts commit();

  /// Undoes everything unless it was committed.
  @Override
  void close();

  /// What became of the appended rows.
  ///
  /// @param erased were refused because an id of theirs was erased
  /// @param replaced daily totals, of this import or earlier ones, in whose place others were told
  record Counts(long stored, long duplicates, long erased, long replaced) {
    public Counts(long stored, long duplicates) {
      this(stored, duplicates, 0, 0);
    }
  }
}
