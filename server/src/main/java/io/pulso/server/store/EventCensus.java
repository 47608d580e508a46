package io.pulso.server.store;

import io.pulso.engine.sql.DaySql;
import io.pulso.engine.sql.DuckDb;
import io.pulso.engine.time.LocalDays;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What happened between two days: each kind of event with how often, and by day what customers
/// did; where there are many, of a sample of them, which is always the same one.
public final class EventCensus {
  /// So many active customers are enough to tell how scores are spread.
  public static final int SAMPLE = 10_000;

  /// Below this all are read.
  private static final int FEW = 2 * SAMPLE;

  /// Spreads numbers that follow each other over all of 32 bits.
  private static final long SPREAD = 2_654_435_761L;

  private static final long SEED = 40_503;
  private static final long RANGE = 1L << 32;

  private final Db db;
  private final LocalDays days;
  private final Tables tables;

  EventCensus(Db db, LocalDays days, Tables tables) {
    this.db = db;
    this.days = days;
    this.tables = tables;
  }

  /// A kind of event.
  ///
  /// @param type track, page or screen
  /// @param event the name of a track call
  /// @param name of a page or screen
  /// @param passive whether it is never done by the customer
  /// @param events how many there are, whoever did them
  public record Kind(
      int no,
      String type,
      @Nullable String event,
      @Nullable String name,
      boolean passive,
      long events) {}

  /// How often customers did things on days: a row for each kind, customer and day.
  ///
  /// @param share of all customers that were read, at most 1
  @SuppressWarnings("ArrayRecordComponent") // columns of many rows
  public record Rows(double share, int[] kinds, int[] subjects, int[] days, int[] counts) {
    public int size() {
      return kinds.length;
    }
  }

  /// The kinds of what happened between two days, both included, by number.
  public List<Kind> kinds(int from, int to) {
    return db.list(
        """
        SELECT k.no, k.type, k.event, k.name, k.passive = 1, n.events FROM kind k JOIN (
          SELECT e.kind, COUNT(*) AS events FROM event e WHERE %s GROUP BY e.kind) n ON n.kind = k.no ORDER BY k.no
        """
            .formatted(within(from, to)),
        row ->
            new Kind(
                row.getInt(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getBoolean(5),
                row.getLong(6)));
  }

  /// What customers did between two days, both included. What an agent did for them is left out,
  /// and so is whoever objected to being scored.
  ///
  /// @param all anonymous visitors too
  public Rows rows(int from, int to, boolean all) {
    double share = share(from, to, all);
    Columns columns = new Columns();
    columns.read(db, rows(from, to, "k.passive <> 2", sample(to, all, share)));
    // Apart, so that the properties of no other events are read.
    if (db.number("SELECT COUNT(*) FROM kind WHERE passive = 2") > 0) {
      String own = "k.passive = 2 AND (e.properties ->> '$.agent') IS NULL";
      columns.read(db, rows(from, to, own, sample(to, all, share)));
    }
    return columns.rows(share);
  }

  /// The share of customers of which about [#SAMPLE] did something.
  private double share(int from, int to, boolean all) {
    if (db.number("SELECT COUNT(*) FROM (%s)".formatted(sample(to, all, 1))) <= FEW) {
      return 1;
    }
    long active =
        db.number(
            "SELECT approx_count_distinct(COALESCE(m.subject, e.person)) FROM event e LEFT JOIN %s m ON m.person = e.person WHERE %s AND COALESCE(m.subject, e.person) IN (%s)"
                .formatted(tables.name("merged"), within(from, to), sample(to, all, 1)));
    return active <= FEW ? 1 : (double) SAMPLE / active;
  }

  private String rows(int from, int to, String which, String people) {
    String day =
        DaySql.print("e.occurred_at", days.offsets(days.start(from), days.end(to)), new DuckDb());
    return """
    SELECT e.kind, COALESCE(m.subject, e.person) AS subject, CAST(%s AS INTEGER) AS day, CAST(COUNT(*) AS INTEGER) AS events
    FROM event e JOIN kind k ON k.no = e.kind LEFT JOIN %s m ON m.person = e.person
    WHERE %s AND %s AND COALESCE(m.subject, e.person) IN (%s)
    GROUP BY 1, 2, 3 HAVING day BETWEEN %d AND %d ORDER BY 1, 2, 3
    """
        .formatted(day, tables.name("merged"), which, within(from, to), people, from, to);
  }

  private String within(int from, int to) {
    return "e.excluded = 0 AND e.person IS NOT NULL AND e.occurred_at >= make_timestamptz(%d) AND e.occurred_at < make_timestamptz(%d)"
        .formatted(days.start(from), days.end(to));
  }

  /// The query of the customers that are read.
  private String sample(int to, boolean all, double share) {
    return "SELECT s.no FROM %s s WHERE s.first_day <= %d%s%s%s"
        .formatted(
            tables.name("subject"),
            to,
            all ? "" : " AND s.identified",
            Objections.any(db) ? " AND s.no NOT IN (" + Objections.numbers(tables) + ")" : "",
            share >= 1
                ? ""
                : " AND (CAST(s.no AS BIGINT) * %d + %d) %% %d < %d"
                    .formatted(SPREAD, SEED, RANGE, (long) (share * RANGE)));
  }

  /// Rows in the making.
  private static final class Columns {
    private int[] kinds = new int[1024];
    private int[] subjects = new int[1024];
    private int[] days = new int[1024];
    private int[] counts = new int[1024];
    private int size;

    void read(Db db, String sql) {
      db.chunks(
          sql,
          chunk -> {
            for (long i = 0; i < chunk.rowCount(); i++) {
              add(
                  chunk.vector(0).getInt(i),
                  chunk.vector(1).getInt(i),
                  chunk.vector(2).getInt(i),
                  chunk.vector(3).getInt(i));
            }
          });
    }

    private void add(int kind, int subject, int day, int count) {
      if (size == kinds.length) {
        kinds = Arrays.copyOf(kinds, 2 * size);
        subjects = Arrays.copyOf(subjects, 2 * size);
        days = Arrays.copyOf(days, 2 * size);
        counts = Arrays.copyOf(counts, 2 * size);
      }
      kinds[size] = kind;
      subjects[size] = subject;
      days[size] = day;
      counts[size++] = count;
    }

    Rows rows(double share) {
      return new Rows(
          share,
          Arrays.copyOf(kinds, size),
          Arrays.copyOf(subjects, size),
          Arrays.copyOf(days, size),
          Arrays.copyOf(counts, size));
    }
  }
}
