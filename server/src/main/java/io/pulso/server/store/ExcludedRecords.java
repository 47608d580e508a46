package io.pulso.server.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Stored records that do not count, and why.
public final class ExcludedRecords {
  private final Db db;

  ExcludedRecords(Db db) {
    this.db = db;
  }

  /// How many records are left out for a reason.
  public record Count(Exclusion reason, long records) {}

  /// One of them.
  ///
  /// @param place where it stands, for [Question#before]
  /// @param name of the event or page; null for calls
  /// @param id whose it is; null for nobody's
  /// @param occurredAt in microseconds
  public record Row(
      Place place,
      Exclusion reason,
      String source,
      String type,
      @Nullable String name,
      @Nullable String id,
      String messageId,
      long occurredAt,
      @Nullable String userAgent,
      @Nullable String address) {}

  /// Where a record stands: its import, and its place in it.
  public record Place(int importNumber, long seq) {}

  /// Which of them are wanted.
  ///
  /// @param rule the name of a rule; null for all
  /// @param id only of this person; null for all
  /// @param before only those that stand before it; null for the newest
  public record Question(
      @Nullable String rule, @Nullable String id, @Nullable Place before, int limit) {}

  /// How many there are, by reason.
  public List<Count> counts() {
    return db.list(
        """
        SELECT excluded, COUNT(*) FROM (
          SELECT excluded FROM event WHERE excluded <> 0 UNION ALL SELECT excluded FROM call WHERE excluded <> 0)
        GROUP BY 1 ORDER BY 1
        """,
        row -> new Count(Exclusion.of(row.getInt(1)), row.getLong(2)));
  }

  /// Whether some record has that id.
  public boolean knows(String id) {
    return db.number("SELECT COUNT(*) FROM person WHERE id = ?", id) > 0;
  }

  /// Some of them, the newest first.
  public List<Row> list(Question question) {
    StringBuilder which = new StringBuilder("excluded <> 0");
    List<Object> values = new ArrayList<>();
    String rule = question.rule();
    if (rule != null) {
      List<String> numbers = new ArrayList<>();
      for (Exclusion each : Exclusion.values()) {
        if (each.rule().equals(rule)) {
          numbers.add(String.valueOf(each.number()));
        }
      }
      which.append(" AND excluded IN (").append(String.join(", ", numbers)).append(')');
    }
    if (question.id() != null) {
      which.append(" AND person = (SELECT no FROM person WHERE id = ?)");
    }
    Place before = question.before();
    if (before != null) {
      which.append(
          " AND (import < %1$d OR (import = %1$d AND seq < %2$d))"
              .formatted(before.importNumber(), before.seq()));
    }
    for (int i = 0; question.id() != null && i < ChangedRecords.TABLES.size(); i++) {
      values.add(question.id());
    }
    return db.list(
        """
        SELECT r.import, r.seq, r.excluded, s.name, COALESCE(r.type, k.type), COALESCE(k.event, k.name), p.id, r.message, r.at, %2$s, %3$s
        FROM (
          SELECT import, seq, excluded, source, kind, CAST(NULL AS VARCHAR) AS type, person,
            COALESCE(message_text, message::VARCHAR) AS message, epoch_us(occurred_at) AS at, context FROM event WHERE %1$s
          UNION ALL
          SELECT import, seq, excluded, source, NULL, type, person,
            COALESCE(message_text, message::VARCHAR), epoch_us(occurred_at), context FROM call WHERE %1$s) r
        JOIN source s ON s.no = r.source LEFT JOIN kind k ON k.no = r.kind LEFT JOIN person p ON p.no = r.person
        ORDER BY r.import DESC, r.seq DESC LIMIT %4$d
        """
            .formatted(
                which,
                Verdicts.text("r.context", "userAgent"),
                Verdicts.text("r.context", "ip"),
                question.limit()),
        row ->
            new Row(
                new Place(row.getInt(1), row.getLong(2)),
                Exclusion.of(row.getInt(3)),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getLong(9),
                row.getString(10),
                row.getString(11)),
        values.toArray());
  }
}
