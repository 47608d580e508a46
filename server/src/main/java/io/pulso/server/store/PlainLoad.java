package io.pulso.server.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;

/// Loads the rows of a [PlainFile] by the database itself. What a row must keep is asked in a way
/// that is certain; rows of which it is not certain are left.
final class PlainLoad {
  private static final long ROWS_AT_ONCE = 4_000_000;
  private static final int MOST_HEADS = 10_000;
  private static final int LONGEST_ID = 200;
  private static final String FUNCTION = "pulso_properties";
  private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

  private final Db db;
  private final PlainFile file;
  private final Kinds kinds;
  private final Dictionary people;
  private final ErasedIds erased;
  private final int source;
  private final int number;

  /// @param source the number of the source of all rows
  /// @param number that of their import
  PlainLoad(Db db, PlainFile file, RecordRows records, int source, int number) {
    this.db = db;
    this.file = file;
    this.kinds = records.kinds;
    this.people = records.people;
    this.erased = records.erased;
    this.source = source;
    this.number = number;
  }

  /// Loads the rows that are as they must be.
  ///
  /// @param base the place in the import of the first row
  /// @return the places in the file of the rows that were left
  long[] load(long base, LongConsumer done) {
    if (!heads()) {
      return LongStream.range(0, file.rows()).toArray();
    }
    db.function(FUNCTION, (in, out) -> properties(file.rules(), in, out));
    LongStream left = LongStream.empty();
    for (long from = 0; from < file.rows(); from += ROWS_AT_ONCE) {
      long to = Math.min(file.rows(), from + ROWS_AT_ONCE);
      people(from, to);
      left = LongStream.concat(left, range(base, from, to));
      done.accept(to);
    }
    db.run("DROP TABLE plain_head");
    return left.toArray();
  }

  /// Finds what the names and channels of the file stand for; false when there are too many.
  private boolean heads() {
    PlainFile.Columns columns = file.columns();
    List<@Nullable String[]> found =
        db.list(
            "SELECT DISTINCT %s, %s FROM read_parquet(%s) LIMIT %d"
                .formatted(
                    columns.event(),
                    orNull(columns.channel(), "VARCHAR"),
                    ParquetRows.literal(file.path()),
                    MOST_HEADS + 1),
            row -> new @Nullable String[] {row.getString(1), row.getString(2)});
    if (found.size() > MOST_HEADS) {
      return false;
    }
    db.run(
        "CREATE OR REPLACE TEMP TABLE plain_head (event VARCHAR, said VARCHAR, kind INTEGER, channel VARCHAR, flags INTEGER)");
    for (@Nullable String[] one : found) {
      PlainFile.Head head = file.rules().head(one[0], one[1]);
      if (head != null && head.type().isEvent()) {
        db.run(
            "INSERT INTO plain_head VALUES (?, ?, ?, ?, ?)",
            one[0],
            one[1],
            kinds.number(head.type(), head.event(), head.name()),
            head.channel(),
            head.flags() | RecordRows.FLAG_USER);
      }
    }
    return true;
  }

  private static String orNull(@Nullable String expression, String type) {
    return expression == null ? "CAST(NULL AS " + type + ")" : expression;
  }

  /// The parts of the rows of a range, as the file has them.
  ///
  /// @param whole also those that say nothing of whether the row is good
  private String parts(long from, long to, boolean whole) {
    PlainFile.Columns c = file.columns();
    return """
    SELECT %s AS id, file_row_number AS place, %s AS event, %s AS said, %s AS time, CAST(%s AS BIGINT) AS received,
      %s AS message, %s AS value, NULLIF(%s, '') AS json
    FROM read_parquet(%s, file_row_number = true)
    WHERE file_row_number >= %d AND file_row_number < %d
    """
        .formatted(
            c.userId(),
            c.event(),
            orNull(c.channel(), "VARCHAR"),
            c.time(),
            orNull(c.received(), "BIGINT"),
            c.messageId(),
            orNull(whole ? c.value() : null, "DOUBLE"),
            orNull(whole ? c.properties() : null, "VARCHAR"),
            ParquetRows.literal(file.path()),
            from,
            to);
  }

  /// Those of some parts whose ids, time and name are as they must be.
  private String good(String parts) {
    return """
    SELECT id, place, h.kind, h.channel, h.flags, time, received, message, value, json FROM (%1$s) r
    JOIN plain_head h ON h.event = r.event AND h.said IS NOT DISTINCT FROM r.said
    WHERE strlen(id) BETWEEN 1 AND %2$d AND time <= %3$d AND COALESCE(received, time) <= %3$d
      AND regexp_full_match(message, '%4$s')
    """
        .formatted(parts, LONGEST_ID, file.latest(), UUID);
  }

  /// Numbers the ids that are new, in the order in which they come.
  private void people(long from, long to) {
    db.run(
        """
        CREATE OR REPLACE TEMP TABLE plain_new AS
        SELECT * FROM (%s) f WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.id = f.id)
        """
            .formatted(parts(from, to, false)));
    leaveErased();
    long more =
        db.run(
            "INSERT INTO person SELECT %d - 1 + ROW_NUMBER() OVER (ORDER BY MIN(place)), id FROM (%s) GROUP BY id"
                .formatted(people.size(), good("SELECT * FROM plain_new")));
    people.grown(more);
    db.run("DROP TABLE plain_new");
  }

  /// Rows of erased ids get no number, so that they are left, and refused one by one.
  private void leaveErased() {
    if (!erased.isEmpty()) {
      db
          .list("SELECT DISTINCT id FROM plain_new WHERE id IS NOT NULL", row -> row.getString(1))
          .stream()
          .filter(erased::has)
          .forEach(id -> db.run("DELETE FROM plain_new WHERE id = ?", id));
    }
  }

  private LongStream range(long base, long from, long to) {
    long stored =
        db.run(
            """
            INSERT INTO event
            SELECT p.no, NULL, NULL, r.kind, %1$d, %2$d, %3$d + r.place, make_timestamptz(r.time), make_timestamptz(r.received),
              CAST(r.message AS UUID), NULL, r.channel, r.number, r.flags, 0, r.properties, NULL
            FROM (
              SELECT *, CASE WHEN json IS NOT NULL OR number IS NOT NULL THEN %4$s(json, number) END AS properties
              FROM (SELECT *, CASE WHEN isfinite(value) THEN value + 0 END AS number FROM (%5$s))) r
            JOIN person p ON p.id = r.id
            WHERE r.properties IS DISTINCT FROM ''
            ORDER BY p.no, r.place
            """
                .formatted(source, number, base, FUNCTION, good(parts(from, to, true))));
    return stored == to - from ? LongStream.empty() : left(base, from, to);
  }

  private LongStream left(long base, long from, long to) {
    List<Long> places = new ArrayList<>();
    db.chunks(
        """
        SELECT place FROM range(%1$d, %2$d) t(place)
        WHERE %3$d + place NOT IN (SELECT seq FROM event WHERE import = %4$d AND seq >= %3$d + %1$d AND seq < %3$d + %2$d)
        ORDER BY place
        """
            .formatted(from, to, base, number),
        chunk -> {
          for (long i = 0; i < chunk.rowCount(); i++) {
            places.add(chunk.vector(0).getLong(i));
          }
        });
    return places.stream().mapToLong(Long::longValue);
  }

  private static void properties(
      PlainFile.Rules rules, DuckDBDataChunkReader in, DuckDBWritableVector out) {
    DuckDBReadableVector texts = in.vector(0);
    DuckDBReadableVector numbers = in.vector(1);
    byte[][] answers = new byte[Math.toIntExact(in.rowCount())][];
    for (int i = 0; i < answers.length; i++) {
      String text = texts.isNull(i) ? null : texts.getString(i);
      answers[i] =
          rules.properties(text, numbers.getDouble(i, Double.NaN)).getBytes(StandardCharsets.UTF_8);
    }
    out.setStringUtf8Batch(0, answers);
  }
}
