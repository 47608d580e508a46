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
  /// @param place in the list
  public record Row(
      int subject, @Nullable Double score, String text, long at, Standings.Place place) {}

  /// Which comments are asked for.
  ///
  /// @param kind of survey, such as `nps`
  /// @param text only those that hold it, in whatever case; empty for all
  /// @param from only those given at or after, in microseconds
  /// @param to only those given before
  /// @param before the place after which the list goes on; null for its beginning
  public record Asked(
      String kind, String text, long from, long to, Standings.@Nullable Place before, int most) {}

  /// The newest first.
  public List<Row> find(Asked asked) {
    Standings.Place before = asked.before();
    return db.list(
        """
        SELECT COALESCE(m.subject, e.person), TRY_CAST(json_extract_string(e.properties, '$.score') AS DOUBLE),
          json_extract_string(e.properties, '$.comment') AS comment, epoch_us(e.occurred_at),
          COALESCE(e.message_text, CAST(e.message AS VARCHAR)) AS message_id, s.name
        FROM event e JOIN kind k ON k.no = e.kind JOIN source s ON s.no = e.source LEFT JOIN %s m ON m.person = e.person
        WHERE k.event = 'Survey Answered' AND e.excluded = 0 AND e.person IS NOT NULL
          AND e.occurred_at >= make_timestamptz(?) AND e.occurred_at < make_timestamptz(?)
          AND json_extract_string(e.properties, '$.kind') = ?
          AND json_type(e.properties, '$.comment') = 'VARCHAR'
          AND trim(json_extract_string(e.properties, '$.comment')) <> ''
          AND contains(lower(json_extract_string(e.properties, '$.comment')), lower(?))
          AND (epoch_us(e.occurred_at), message_id, s.name) < (CAST(? AS BIGINT), CAST(? AS VARCHAR), CAST(? AS VARCHAR))
        ORDER BY e.occurred_at DESC, message_id DESC, s.name DESC LIMIT ?
        """
            .formatted(tables.name("merged")),
        row -> {
          double score = row.getDouble(2);
          boolean known = !row.wasNull() && Double.isFinite(score);
          long at = row.getLong(4);
          return new Row(
              row.getInt(1),
              known ? (Double) score : null,
              row.getString(3),
              at,
              new Standings.Place(at, row.getString(5), row.getString(6)));
        },
        asked.from(),
        asked.to(),
        asked.kind(),
        asked.text(),
        before == null ? Long.MAX_VALUE : before.occurredAt(),
        before == null ? "" : before.messageId(),
        before == null ? "" : before.source(),
        asked.most());
  }
}
