package io.pulso.server.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The records that were stored last, those that do not count too.
public final class RecentRecords {
  /// How far back a filter looks, so that it is quick in a store of any size.
  public static final int REACH = 100_000;

  /// As [#REACH], where there is no filter.
  private static final int NEAR = 1_000;

  /// How far back a filter looks first: most find enough there.
  private static final int NEARER = 5_000;

  private static final Pattern PLACE = Pattern.compile("([0-9]{1,9})-([0-9]{1,18})");

  private final Db db;

  RecentRecords(Db db) {
    this.db = db;
  }

  /// One of them.
  ///
  /// @param name of the event or page; null for calls
  /// @param id whose it is; null for nobody's
  /// @param subject the number of the customer to whom the id belongs; null for nobody's
  /// @param account null for none
  /// @param accountNumber null for none
  /// @param occurredAt in microseconds
  /// @param excluded why it does not count; null where it does
  /// @param contents its properties or traits, as JSON; null for none
  /// @param context as JSON; null for none
  public record Row(
      Place place,
      String source,
      String type,
      @Nullable String name,
      @Nullable String id,
      @Nullable Integer subject,
      @Nullable String account,
      @Nullable Integer accountNumber,
      long occurredAt,
      @Nullable Exclusion excluded,
      @Nullable String contents,
      @Nullable String context) {}

  /// Where a record stands: its import, and its place in it.
  public record Place(int importNumber, long seq) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparingInt(Place::importNumber).thenComparingLong(Place::seq);

    /// Before all records.
    public static final Place START = new Place(0, 0);

    /// Reads what [#toString] wrote; the start where it is anything else.
    public static Place of(@Nullable String text) {
      Matcher parts = PLACE.matcher(text == null ? "" : text);
      return parts.matches()
          ? new Place(Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2)))
          : START;
    }

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
      return importNumber + "-" + seq;
    }
  }

  /// Which of them are wanted.
  ///
  /// @param source null for all
  /// @param text a part of the name or of an id, in whatever case; null for all
  /// @param after only those that came later
  public record Question(@Nullable String source, @Nullable String text, Place after, int limit) {
    boolean isFilter() {
      return source != null || text != null;
    }
  }

  /// Whether nothing was ever stored.
  public boolean areNone() {
    return db.number("SELECT COUNT(*) FROM event") + db.number("SELECT COUNT(*) FROM call") == 0;
  }

  /// Some of them, the newest first.
  public List<Row> newest(Question question) {
    List<Row> events = read(question, "event", "kind", "NULL", "properties");
    List<Row> calls = read(question, "call", "NULL", "type", "traits");
    return Stream.concat(events.stream(), calls.stream())
        .sorted(Comparator.comparing(Row::place).reversed())
        .limit(question.limit())
        .toList();
  }

  private List<Row> read(
      Question question, String table, String kind, String type, String contents) {
    if (!question.isFilter()) {
      return read(question, table, kind, type, contents, NEAR);
    }
    List<Row> near = read(question, table, kind, type, contents, NEARER);
    return near.size() >= question.limit()
        ? near
        : read(question, table, kind, type, contents, REACH);
  }

  private List<Row> read(
      Question question, String table, String kind, String type, String contents, int reach) {
    // Rows stand in the order in which they came, so that the last ones are found by their place.
    String newest = "ORDER BY import DESC, seq DESC LIMIT " + question.limit();
    List<Object> values = new ArrayList<>();
    String which =
        """
        SELECT import, seq, source, %2$s AS kind, %3$s AS type, person, account, epoch_us(occurred_at) AS at, excluded,
          %4$s AS contents, context
        FROM %1$s WHERE rowid >= (SELECT COUNT(*) - %5$d FROM %1$s) AND (import > %6$d OR (import = %6$d AND seq > %7$d)) %8$s %9$s
        """
            .formatted(
                table,
                kind,
                type,
                contents,
                reach,
                question.after().importNumber(),
                question.after().seq(),
                filter(question, table, values),
                newest);
    return db.list(
        """
        SELECT r.import, r.seq, s.name, COALESCE(r.type, k.type), COALESCE(k.event, k.name), p.id, a.id, r.at, r.excluded,
          r.contents, r.context, COALESCE(m.subject, r.person), r.account
        FROM (%s) r JOIN source s ON s.no = r.source LEFT JOIN kind k ON k.no = r.kind
        LEFT JOIN person p ON p.no = r.person LEFT JOIN account a ON a.no = r.account
        LEFT JOIN merged m ON m.person = r.person
        %s
        """
            .formatted(which, newest),
        row -> {
          int excluded = row.getInt(9);
          return new Row(
              new Place(row.getInt(1), row.getLong(2)),
              row.getString(3),
              row.getString(4),
              row.getString(5),
              row.getString(6),
              row.getString(6) == null ? null : (Integer) row.getInt(12),
              row.getString(7),
              row.getString(7) == null ? null : (Integer) row.getInt(13),
              row.getLong(8),
              excluded == 0 ? null : Exclusion.of(excluded),
              row.getString(10),
              row.getString(11));
        },
        values.toArray());
  }

  /// What a question asks for: names and ids are looked for where each stands once, not in every
  /// record.
  private static String filter(Question question, String table, List<Object> values) {
    StringBuilder filter = new StringBuilder();
    if (question.source() != null) {
      filter.append(" AND source IN (SELECT no FROM source WHERE name = ?)");
      values.add(question.source());
    }
    if (question.text() != null) {
      String names =
          table.equals("event")
              ? "kind IN (SELECT no FROM kind WHERE contains(lower(concat_ws(chr(10), event, name)), ?))"
              : "contains(lower(type), ?)";
      filter.append(
          " AND (%s OR person IN (SELECT no FROM person WHERE contains(lower(id), ?)) OR account IN (SELECT no FROM account WHERE contains(lower(id), ?)))"
              .formatted(names));
      for (int i = 0; i < 3; i++) {
        values.add(question.text().toLowerCase(Locale.ROOT));
      }
    }
    return filter.toString();
  }
}
