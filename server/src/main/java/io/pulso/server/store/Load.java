package io.pulso.server.store;

/// One import into the store: all that is appended becomes visible at commit, or nothing does. Not
/// safe for use by several threads at once.
public interface Load extends AutoCloseable {
  void append(Incoming row);

  void reject(Rejected rejected);

  /// Removes duplicates, makes everything visible and renews what is derived from it.
  Counts commit();

  /// Undoes everything unless it was committed.
  @Override
  void close();

  /// What became of the appended rows.
  record Counts(long stored, long duplicates) {}
}
