package io.pulso.server.store;

import java.time.Instant;
import java.util.Map;

/// The list of imports and of batches that came over the network: what each received and what
/// became of it.
final class Imports {
  private Imports() {}

  /// One import, or what one source sent of a batch.
  ///
  /// @param appended without the rejected records
  record Row(
      int number,
      int source,
      String files,
      Instant at,
      long appended,
      long duplicates,
      Map<RejectReason, Long> rejected) {}

  /// The number of the next one.
  static int next(Db db) {
    return (int) db.number("SELECT COALESCE(MAX(no), 0) + 1 FROM import");
  }

  static void add(Db db, Row row) {
    long bad = row.rejected().values().stream().mapToLong(Long::longValue).sum();
    db.run(
        "INSERT INTO import VALUES (?, ?, ?, make_timestamptz(?), ?, ?, ?)",
        row.number(),
        row.source(),
        row.files(),
        row.at().toEpochMilli() * 1000,
        row.appended() + bad,
        row.appended() - row.duplicates(),
        row.duplicates());
    row.rejected()
        .forEach((reason, rows) ->
            db.run(
                "INSERT INTO import_rejected VALUES (?, ?, ?)", row.number(), reason.word(), rows));
  }
}
