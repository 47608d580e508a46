package io.pulso.server.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The rows that were not stored, newest first, with what is needed to try them again.
public final class RejectedLane {
  private static final int LONG_ENOUGH = 5;

  /// Numbers of rows that are read together: fewer where rows are long, which may have 32 KB.
  private static final int LEAST_AT_ONCE = 500;

  private static final int MOST_AT_ONCE = 4_000;
  private static final long CHARACTERS_AT_ONCE = 4_000_000;

  private final Db db;

  RejectedLane(Db db) {
    this.db = db;
  }

  /// One rejected row.
  ///
  /// @param rejectedAt in microseconds
  public record Row(long no, int importNumber, String source, Rejected rejected, long rejectedAt) {}

  /// How many rows of one import and reason were rejected.
  public record Count(int importNumber, String source, String reason, long rows) {}

  /// The newest rows that have not been replayed.
  ///
  /// @param reason only this one; empty for all
  public List<Row> list(String reason, int limit) {
    return rows("AND (? = '' OR reason = ?) ORDER BY no DESC LIMIT ?", reason, reason, limit);
  }

  /// All rows that have not been replayed, oldest first.
  public List<Row> waiting(String reason) {
    return rows("AND (? = '' OR reason = ?) ORDER BY no", reason, reason);
  }

  /// Hands over all rows that have not been replayed, oldest first, reading some at a time.
  public void each(String reason, Consumer<Row> to) {
    long last = db.number("SELECT MAX(no) FROM rejected WHERE NOT replayed");
    long next = db.number("SELECT MIN(no) FROM rejected WHERE NOT replayed");
    int step = LEAST_AT_ONCE;
    while (next <= last) {
      List<Row> rows =
          rows(
              "AND (? = '' OR reason = ?) AND r.no BETWEEN ? AND ? ORDER BY r.no",
              reason,
              reason,
              next,
              next + step - 1);
      rows.forEach(to);
      next += step;
      long characters = rows.stream().mapToLong(row -> row.rejected().body().length()).sum();
      step =
          Math.clamp(
              CHARACTERS_AT_ONCE * step / Math.max(characters, 1), LEAST_AT_ONCE, MOST_AT_ONCE);
    }
  }

  /// Which rows are wanted.
  ///
  /// @param reason empty for all
  /// @param source empty for all
  /// @param before only rows that came before the one of this number
  public record Question(String reason, String source, long before, int limit) {}

  /// Some of the rows that have not been replayed, newest first.
  public List<Row> list(Question question) {
    return rows(
        "AND (? = '' OR reason = ?) AND (? = '' OR s.name = ?) AND r.no < ? ORDER BY r.no DESC LIMIT ?",
        question.reason(),
        question.reason(),
        question.source(),
        question.source(),
        question.before(),
        question.limit());
  }

  /// A row that has not been replayed; null where there is none of that number.
  public @Nullable Row find(long no) {
    return rows("AND r.no = ?", no).stream().findFirst().orElse(null);
  }

  public List<Count> counts() {
    return db.list(
        """
        SELECT r.import, s.name, r.reason, r.rows FROM import_rejected r
        JOIN import i ON i.no = r.import JOIN source s ON s.no = i.source ORDER BY 1, 3
        """,
        row -> new Count(row.getInt(1), row.getString(2), row.getString(3), row.getLong(4)));
  }

  /// How many kept rows wait for a replay, by source and reason, the most first.
  public record Waiting(String source, RejectReason reason, long rows) {}

  public List<Waiting> waiting() {
    return db.list(
        """
        SELECT s.name, r.reason, COUNT(*) FROM rejected r JOIN source s ON s.no = r.source
        WHERE NOT r.replayed GROUP BY ALL ORDER BY 3 DESC, 1, 2
        """,
        row -> new Waiting(row.getString(1), reason(row.getString(2)), row.getLong(3)));
  }

  private static RejectReason reason(String word) {
    return RejectReason.valueOf(word.toUpperCase(Locale.ROOT));
  }

  /// Marks rows as replayed, whatever became of them: what failed again has a new row.
  public void markReplayed(List<Row> rows) {
    db.transaction(() -> mark(rows));
  }

  private void mark(List<Row> rows) {
    db.run("CREATE OR REPLACE TEMP TABLE replayed_now (no BIGINT)");
    Db.tried(
        "mark as replayed",
        () -> {
          try (var appender = db.appender("temp", "replayed_now")) {
            for (Row row : rows) {
              appender.beginRow().append(row.no()).endRow();
            }
          }
          return true;
        });
    db.run("UPDATE rejected SET replayed = TRUE WHERE no IN (SELECT no FROM replayed_now)");
    db.run("DROP TABLE replayed_now");
  }

  /// Removes the rows that name one of some ids, replayed ones too, and tells how many.
  long removeThoseThatName(Set<String> ids) {
    List<Long> found = thoseThatName(ids);
    found.forEach(no -> db.run("DELETE FROM rejected WHERE no = ?", no));
    return found.size();
  }

  /// Whether a row names one of some ids.
  boolean names(Set<String> ids) {
    return !thoseThatName(ids).isEmpty();
  }

  private List<Long> thoseThatName(Set<String> ids) {
    List<Long> found = new ArrayList<>();
    db.chunks(
        "SELECT no, body, detail FROM rejected",
        chunk -> {
          for (long i = 0; i < chunk.rowCount(); i++) {
            String body = chunk.vector(1).getString(i);
            String detail = chunk.vector(2).getString(i);
            if (names(body, ids) || ids.stream().anyMatch(id -> names(id, detail))) {
              found.add(chunk.vector(0).getLong(i));
            }
          }
        });
    return found;
  }

  private static boolean names(String body, Set<String> ids) {
    return ids.stream().anyMatch(id -> names(id, body))
        || Mentions.of(body).stream().anyMatch(ids::contains);
  }

  /// Short ids stand in every text.
  private static boolean names(String id, String text) {
    return id.length() >= LONG_ENOUGH && text.contains(id);
  }

  private List<Row> rows(String rest, Object... values) {
    return db.list(
        """
        SELECT r.no, r.import, s.name, r.file, r.line, r.reason, r.detail, r.body, epoch_us(r.rejected_at)
        FROM rejected r JOIN source s ON s.no = r.source WHERE NOT r.replayed
        """
            + rest,
        row ->
            new Row(
                row.getLong(1),
                row.getInt(2),
                row.getString(3),
                new Rejected(
                    row.getString(4),
                    row.getLong(5),
                    reason(row.getString(6)),
                    row.getString(7),
                    row.getString(8)),
                row.getLong(9)),
        values);
  }
}
