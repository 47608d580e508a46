package io.pulso.server.store;

import io.pulso.engine.event.EventType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;
import org.jspecify.annotations.Nullable;

/// The stored records, customers and accounts on their way out.
public final class Exports {
  private static final long ROWS_AT_ONCE = 1_000_000;

  private final Db db;

  Exports(Db db) {
    this.db = db;
  }

  /// The names of all sources, in the order in which they came.
  public List<String> sources() {
    return db.list("SELECT name FROM source ORDER BY no", row -> row.getString(1));
  }

  /// Hands over every record of a source: first the identify, group and alias calls, then the
  /// events. Its `file` is 0 and its `line` counts the records.
  public void records(String source, Consumer<Incoming> sink) {
    // Records come in meanwhile: those up to here have their words in what is read next.
    long calls = rows("call");
    long events = rows("event");
    Texts texts = new Texts(texts("person"), texts("account"), kinds(), new long[] {0});
    int number = (int) db.number("SELECT COALESCE(MAX(no), -1) FROM source WHERE name = ?", source);
    scan(
        """
        SELECT person, anonymous, account, epoch_us(occurred_at), epoch_us(received_at), COALESCE(message_text, CAST(message AS VARCHAR)),
          flags, context, traits, previous, type FROM call WHERE source = %d
        """
            .formatted(number),
        calls,
        (chunk, row) -> texts.call(chunk, row),
        sink);
    scan(
        """
        SELECT person, anonymous, account, epoch_us(occurred_at), epoch_us(received_at), COALESCE(message_text, CAST(message AS VARCHAR)),
          flags, context, properties, kind, channel, value FROM event WHERE source = %d
        """
            .formatted(number),
        events,
        (chunk, row) -> texts.event(chunk, row),
        sink);
  }

  private interface Reader {
    Incoming read(DuckDBDataChunkReader chunk, long row);
  }

  private long rows(String table) {
    return db.number("SELECT COALESCE(MAX(rowid), -1) + 1 FROM " + table);
  }

  private void scan(String sql, long end, Reader reader, Consumer<Incoming> sink) {
    for (long from = 0; from < end; from += ROWS_AT_ONCE) {
      db.chunks(
          sql
              + " AND rowid >= %d AND rowid < %d"
                  .formatted(from, Math.min(from + ROWS_AT_ONCE, end)),
          chunk -> {
            for (long row = 0; row < chunk.rowCount(); row++) {
              sink.accept(reader.read(chunk, row));
            }
          });
    }
  }

  private String[] texts(String table) {
    String[] texts = new String[(int) db.number("SELECT COALESCE(MAX(no), -1) + 1 FROM " + table)];
    Arrays.fill(texts, "");
    db.chunks(
        "SELECT no, id FROM %s WHERE no < %d".formatted(table, texts.length),
        chunk -> {
          for (long row = 0; row < chunk.rowCount(); row++) {
            texts[chunk.vector(0).getInt(row)] = chunk.vector(1).getString(row);
          }
        });
    return texts;
  }

  private List<Kinds.Kind> kinds() {
    return new ArrayList<>(
        db.list(
            "SELECT type, event, name FROM kind ORDER BY no",
            row -> new Kinds.Kind(row.getString(1), row.getString(2), row.getString(3))));
  }

  /// What the numbers of rows stand for.
  @SuppressWarnings("ArrayRecordComponent") // columns of many rows
  private record Texts(String[] people, String[] accounts, List<Kinds.Kind> kinds, long[] line) {
    Incoming event(DuckDBDataChunkReader chunk, long row) {
      Kinds.Kind kind = kinds.get(chunk.vector(9).getInt(row));
      DuckDBReadableVector value = chunk.vector(11);
      return record(
          chunk,
          row,
          new What(type(kind.type()), null, kind.event(), kind.name(), text(chunk, 10, row)),
          value.isNull(row) ? Double.NaN : value.getDouble(row));
    }

    Incoming call(DuckDBDataChunkReader chunk, long row) {
      EventType type = type(chunk.vector(10).getString(row));
      return record(
          chunk, row, new What(type, id(people, chunk, 9, row), null, null, null), Double.NaN);
    }

    private record What(
        EventType type,
        @Nullable String previous,
        @Nullable String event,
        @Nullable String name,
        @Nullable String channel) {}

    private Incoming record(DuckDBDataChunkReader chunk, long row, What what, double value) {
      int flags = chunk.vector(6).getInt(row);
      boolean user = (flags & RecordRows.FLAG_USER) != 0;
      String person = id(people, chunk, 0, row);
      String rest = text(chunk, 8, row);
      boolean event = what.type.isEvent();
      return new Incoming(
          what.type,
          user ? person : null,
          user ? id(people, chunk, 1, row) : person,
          what.previous,
          id(accounts, chunk, 2, row),
          what.event,
          what.name,
          what.channel,
          micros(chunk, 3, row),
          chunk.vector(4).isNull(row) ? Incoming.ASSUMED : micros(chunk, 4, row),
          chunk.vector(5).getString(row),
          value,
          flags & ~RecordRows.FLAG_USER,
          event ? rest : null,
          text(chunk, 7, row),
          event ? null : rest,
          0,
          ++line[0]);
    }

    private static @Nullable String id(
        String[] texts, DuckDBDataChunkReader chunk, int column, long row) {
      return chunk.vector(column).isNull(row) ? null : texts[chunk.vector(column).getInt(row)];
    }

    private static @Nullable String text(DuckDBDataChunkReader chunk, int column, long row) {
      return chunk.vector(column).isNull(row) ? null : chunk.vector(column).getString(row);
    }

    private static long micros(DuckDBDataChunkReader chunk, int column, long row) {
      return chunk.vector(column).getLong(row);
    }

    private static EventType type(String word) {
      for (EventType type : EventType.values()) {
        if (type.word().equals(word)) {
          return type;
        }
      }
      throw new IllegalStateException("stored type " + word);
    }
  }

  /// A customer or an account.
  ///
  /// @param firstDay the local day from which it exists
  /// @param traits those that hold now, canonical JSON
  /// @param processing whether a customer objected to being scored; null for an account
  public record Somebody(
      String id,
      int firstDay,
      boolean identified,
      @Nullable String account,
      String traits,
      @Nullable String processing) {}

  /// All customers, by id.
  public List<Somebody> customers() {
    return db.list(
        """
        SELECT p.id, s.first_day, s.identified, a.id, COALESCE(t.traits, '{}'), CASE WHEN s.no IN (%s) THEN 'objected' ELSE 'normal' END
        FROM subject s JOIN person p ON p.no = s.no
        LEFT JOIN (SELECT subject, MAX_BY(traits, from_at) AS traits FROM trait_state GROUP BY subject) t ON t.subject = s.no
        LEFT JOIN (SELECT subject, MAX_BY(account, from_at) AS account FROM membership GROUP BY subject) m ON m.subject = s.no
        LEFT JOIN account a ON a.no = m.account ORDER BY p.id
        """
            .formatted(Objections.numbers(Tables.NOW)),
        Exports::somebody);
  }

  /// All accounts, by id.
  public List<Somebody> accounts() {
    return db.list(
        """
        SELECT p.id, s.first_day, TRUE, NULL, COALESCE(t.traits, '{}'), NULL
        FROM account_subject s JOIN account p ON p.no = s.no
        LEFT JOIN (SELECT account, MAX_BY(traits, from_at) AS traits FROM account_state GROUP BY account) t ON t.account = s.no
        ORDER BY p.id
        """,
        Exports::somebody);
  }

  private static Somebody somebody(java.sql.ResultSet row) throws java.sql.SQLException {
    return new Somebody(
        row.getString(1),
        row.getInt(2),
        row.getBoolean(3),
        row.getString(4),
        row.getString(5),
        row.getString(6));
  }
}
