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
  private static final String PROPERTIES_FUNCTION = "pulso_properties";
  private static final String PLAIN_FUNCTION = "pulso_plain";
  private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

  /// Whether the id, the times and the message id of a row `r` are as they must be.
  private static final String GOOD =
      """
      strlen(r.id) BETWEEN 1 AND %d AND r.time <= %%1$d AND COALESCE(r.received, r.time) <= %%1$d
        AND regexp_full_match(r.message, '%s')\
      """
          .formatted(LONGEST_ID, UUID);

  /// A number as it is stored, where that is certain: at most fifteen digits in all are the
  /// shortest that stand for their double.
  private static final String SHORT =
      """
      CASE
        WHEN abs(number) < 1e15 AND number = trunc(number) THEN CAST(CAST(number AS BIGINT) AS VARCHAR)
        WHEN abs(number) BETWEEN 0.001 AND 1e11 AND CAST(CAST(number AS DECIMAL(15, 3)) AS DOUBLE) = number THEN CAST(number AS VARCHAR)
      END\
      """;

  private static final String IS_SIMPLE =
      "(number IS NULL OR short IS NOT NULL) AND (json IS NULL OR " + PLAIN_FUNCTION + "(json))";

  /// The properties of a simple row as they are stored.
  private static final String SIMPLE =
      """
      CASE WHEN number IS NULL THEN json WHEN json IS NULL THEN concat('{"value":', short, '}')
        ELSE concat(substr(json, 1, length(json) - 1), ',"value":', short, '}') END\
      """;

  /// Those of any row; empty where it must be looked at.
  private static final String ANY =
      "CASE WHEN json IS NOT NULL OR number IS NOT NULL THEN %s(json, number) END"
          .formatted(PROPERTIES_FUNCTION);

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

  /// What is known of all rows of the file.
  ///
  /// @param good whether ids, times, message ids and names are as they must be
  /// @param simple whether properties and values are
  private record Survey(boolean good, boolean simple) {}

  /// Loads the rows that are as they must be.
  ///
  /// @param base the place in the import of the first row
  /// @return the places in the file of the rows that were left
  long[] load(long base, LongConsumer done) {
    db.function(
        PROPERTIES_FUNCTION,
        new Class<?>[] {String.class, Double.class},
        String.class,
        (in, out) -> properties(file.rules(), in, out));
    db.function(
        PLAIN_FUNCTION,
        new Class<?>[] {String.class},
        Boolean.class,
        (in, out) -> plain(file.rules(), in, out));
    Survey survey = survey();
    if (survey == null) {
      return LongStream.range(0, file.rows()).toArray();
    }
    LongStream left = LongStream.empty();
    for (long from = 0; from < file.rows(); from += ROWS_AT_ONCE) {
      long to = Math.min(file.rows(), from + ROWS_AT_ONCE);
      if (survey.good() && erased.isEmpty()) {
        people(parts(from, to, false));
      } else {
        goodPeople(parts(from, to, false));
      }
      left = LongStream.concat(left, range(base, from, to, survey));
      done.accept(to);
    }
    db.run("DROP TABLE plain_head");
    return left.toArray();
  }

  private record Found(@Nullable String event, @Nullable String said, Survey survey) {}

  /// Looks at all rows once, and finds what the names and channels of the file stand for; null when
  /// there are too many. What is certain of all of them need not be asked again.
  private @Nullable Survey survey() {
    List<Found> found =
        db.list(
            "SELECT event, said, BOOL_AND(COALESCE(%s, FALSE)), BOOL_AND(%s) FROM (%s) r GROUP BY event, said LIMIT %d"
                .formatted(
                    GOOD.formatted(file.latest()),
                    IS_SIMPLE,
                    numbered(parts(0, file.rows(), true)),
                    MOST_HEADS + 1),
            row ->
                new Found(
                    row.getString(1),
                    row.getString(2),
                    new Survey(row.getBoolean(3), row.getBoolean(4))));
    if (found.size() > MOST_HEADS) {
      return null;
    }
    db.run(
        "CREATE OR REPLACE TEMP TABLE plain_head (event VARCHAR, said VARCHAR, kind INTEGER, channel VARCHAR, flags INTEGER)");
    boolean known = true;
    for (Found one : found) {
      PlainFile.Head head = file.rules().head(one.event(), one.said());
      if (head != null && head.type().isEvent()) {
        db.run(
            "INSERT INTO plain_head VALUES (?, ?, ?, ?, ?)",
            one.event(),
            one.said(),
            kinds.number(head.type(), head.event(), head.name()),
            head.channel(),
            head.flags() | RecordRows.FLAG_USER);
      } else {
        known = false;
      }
    }
    return new Survey(
        known && found.stream().allMatch(one -> one.survey().good()),
        found.stream().allMatch(one -> one.survey().simple()));
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
    %s
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
            from == 0 && to == file.rows()
                ? ""
                : "WHERE file_row_number >= %d AND file_row_number < %d".formatted(from, to));
  }

  /// Some parts with the number of each row, and how it is written where that is certain.
  private static String numbered(String parts) {
    return "SELECT *, %s AS short FROM (SELECT *, CASE WHEN isfinite(value) THEN value + 0 END AS number FROM (%s))"
        .formatted(SHORT, parts);
  }

  /// Numbers the ids that are new, in the order in which they come.
  private void people(String rows) {
    giveNumbers(
        "SELECT id, place FROM (%s) f WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.id = f.id)"
            .formatted(rows));
  }

  /// As [#people], of good rows alone.
  private void goodPeople(String rows) {
    db.run(
        "CREATE OR REPLACE TEMP TABLE plain_new AS SELECT * FROM (%s) f WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.id = f.id)"
            .formatted(rows));
    leaveErased();
    giveNumbers(
        "SELECT id, place FROM plain_new r JOIN plain_head h ON h.event = r.event AND h.said IS NOT DISTINCT FROM r.said WHERE "
            + GOOD.formatted(file.latest()));
    db.run("DROP TABLE plain_new");
  }

  private void giveNumbers(String rows) {
    long more =
        db.run(
            "INSERT INTO person SELECT %d - 1 + ROW_NUMBER() OVER (ORDER BY MIN(place)), id FROM (%s) GROUP BY id"
                .formatted(people.size(), rows));
    people.grown(more);
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

  private LongStream range(long base, long from, long to, Survey survey) {
    long stored =
        db.run(
            """
            INSERT INTO event
            SELECT p.no, NULL, NULL, h.kind, %1$d, %2$d, %3$d + r.place, make_timestamptz(r.time), make_timestamptz(r.received),
              CAST(r.message AS UUID), NULL, h.channel, r.number, h.flags, 0, r.properties, NULL
            FROM (SELECT *, %4$s AS properties FROM (%5$s)) r
            JOIN plain_head h ON h.event = r.event AND h.said IS NOT DISTINCT FROM r.said
            JOIN person p ON p.id = r.id
            WHERE %6$s AND %7$s
            ORDER BY p.no, r.place
            """
                .formatted(
                    source,
                    number,
                    base,
                    survey.simple() ? SIMPLE : ANY,
                    numbered(parts(from, to, true)),
                    survey.good() ? "TRUE" : GOOD.formatted(file.latest()),
                    survey.simple() ? "TRUE" : "r.properties IS DISTINCT FROM ''"));
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

  private static void plain(
      PlainFile.Rules rules, DuckDBDataChunkReader in, DuckDBWritableVector out) {
    DuckDBReadableVector texts = in.vector(0);
    for (long i = 0; i < in.rowCount(); i++) {
      out.setBoolean(i, !texts.isNull(i) && rules.isPlain(texts.getString(i)));
    }
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
