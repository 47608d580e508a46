package io.pulso.server.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What people wrote beside their answers to surveys.
public final class Comments {
  private final Db db;
  private final Tables tables;

  Comments(Db db, Tables tables) {
    this.db = db;
    this.tables = tables;
  }

  /// One of them.
  ///
  /// @param subject the number of the customer
  /// @param score the answer, as it stands there; null for none
  /// @param at in microseconds
  public record Row(int subject, @Nullable Double score, String text, long at) {}

  /// The newest first.
  ///
  /// @param kind of survey, such as `nps`
  /// @param text only those that hold it, in whatever case; empty for all
  /// @param from only those given at or after, in microseconds
  /// @param to only those given before
  public List<Row> find(String kind, String text, long from, long to, int most) {
    return db.list(
        """
        SELECT COALESCE(m.subject, e.person), TRY_CAST(json_extract_string(e.properties, '$.score') AS DOUBLE),
          json_extract_string(e.properties, '$.comment') AS comment, epoch_us(e.occurred_at)
        FROM event e JOIN kind k ON k.no = e.kind LEFT JOIN %s m ON m.person = e.person
        WHERE k.event = 'Survey Answered' AND e.excluded = 0 AND e.person IS NOT NULL
          AND e.occurred_at >= make_timestamptz(?) AND e.occurred_at < make_timestamptz(?)
          AND json_extract_string(e.properties, '$.kind') = ?
          AND json_type(e.properties, '$.comment') = 'VARCHAR'
          AND trim(json_extract_string(e.properties, '$.comment')) <> ''
          AND contains(lower(json_extract_string(e.properties, '$.comment')), lower(?))
        ORDER BY e.occurred_at DESC, e.message DESC LIMIT %d
        """
            .formatted(tables.name("merged"), most),
        row -> {
          double score = row.getDouble(2);
          return new Row(
              row.getInt(1),
              row.wasNull() ? null : (Double) score,
              row.getString(3),
              row.getLong(4));
        },
        from,
        to,
        kind,
        text);
  }
}
