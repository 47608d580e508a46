package io.pulso.server.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What each source has sent, and what became of it.
public final class SourceCounts {
  private final Db db;

  SourceCounts(Db db) {
    this.db = db;
  }

  /// One source; `received` = `stored` + `duplicates` + those that were rejected.
  ///
  /// @param trusted whether it is a server's
  /// @param last when something of it was stored last, in microseconds; null for never
  public record Row(
      String source,
      boolean trusted,
      long received,
      long stored,
      long duplicates,
      @Nullable Long last) {
    public long rejected() {
      return received - stored - duplicates;
    }
  }

  /// All of them, by name.
  public List<Row> list() {
    return db.list(
        """
        SELECT s.name, s.trusted, COALESCE(SUM(i.received), 0)::BIGINT, COALESCE(SUM(i.stored), 0)::BIGINT,
          COALESCE(SUM(i.duplicates), 0)::BIGINT, epoch_us(MAX(i.imported_at))
        FROM source s LEFT JOIN import i ON i.source = s.no GROUP BY s.name, s.trusted ORDER BY s.name
        """,
        row -> {
          long last = row.getLong(6);
          boolean never = row.wasNull();
          return new Row(
              row.getString(1),
              row.getBoolean(2),
              row.getLong(3),
              row.getLong(4),
              row.getLong(5),
              never ? null : (Long) last);
        });
  }
}
