package io.pulso.server.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The records that were stored last, those that do not count too.
public final class RecentRecords {
  /// How far back a filter looks, so that it is quick in a store of any size.
  public static final int REACH = 100_000;

  /// As [#REACH], where there is no filter.
  private static final int NEAR = 1_000;

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
    String newest = "ORDER BY import DESC, seq DESC LIMIT " + question.limit();
    List<Object> values = new ArrayList<>();
    return db.list(
        """
        %s, r AS MATERIALIZED (%s UNION ALL %s %s)
        SELECT r.import, r.seq, s.name, COALESCE(r.type, k.type), COALESCE(k.event, k.name), p.id, a.id, r.at, r.excluded,
          r.contents, r.context, COALESCE(m.subject, r.person), r.account
        FROM r JOIN source s ON s.no = r.source LEFT JOIN kind k ON k.no = r.kind
        LEFT JOIN person p ON p.no = r.person LEFT JOIN account a ON a.no = r.account
        LEFT JOIN merged m ON m.person = r.person
        %s
        """
            .formatted(
                looked(question, values),
                which(question, "event", "kind", "NULL", "properties"),
                which(question, "call", "NULL", "type", "traits"),
                newest,
                newest),
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

  /// The names and ids in which a text is found: it is looked for where each stands once, not in
  /// every record.
  private static String looked(Question question, List<Object> values) {
    if (question.source() != null) {
      values.add(question.source());
    }
    String text = question.text();
    if (text != null) {
      for (int i = 0; i < 4; i++) {
        values.add(text.toLowerCase(Locale.ROOT));
      }
    }
    String source = "SELECT no FROM source" + (question.source() == null ? "" : " WHERE name = ?");
    return text == null
        ? "WITH sent AS MATERIALIZED (" + source + ")"
        : """
        WITH sent AS MATERIALIZED (%s), called AS MATERIALIZED (SELECT no FROM kind WHERE contains(lower(concat_ws(chr(10), event, name)), ?)),
          who AS MATERIALIZED (SELECT no FROM person WHERE contains(lower(id), ?)),
          firm AS MATERIALIZED (SELECT no FROM account WHERE contains(lower(id), ?)), looked AS (SELECT CAST(? AS VARCHAR) AS text)\
        """
            .formatted(source);
  }

  /// Rows stand in the order in which they came, so that the last ones are found by their place.
  private static String which(
      Question question, String table, String kind, String type, String contents) {
    String text =
        question.text() == null
            ? ""
            : "AND (%s OR person IN (SELECT no FROM who) OR account IN (SELECT no FROM firm))"
                .formatted(
                    table.equals("event")
                        ? "kind IN (SELECT no FROM called)"
                        : "contains(lower(type), (SELECT text FROM looked))");
    return """
    SELECT import, seq, source, %2$s AS kind, %3$s AS type, person, account, epoch_us(occurred_at) AS at, excluded,
      %4$s AS contents, context
    FROM %1$s WHERE rowid >= (SELECT COUNT(*) - %5$d FROM %1$s) AND (import > %6$d OR (import = %6$d AND seq > %7$d))
      %8$s %9$s
    """
        .formatted(
            table,
            kind,
            type,
            contents,
            question.isFilter() ? REACH : NEAR,
            question.after().importNumber(),
            question.after().seq(),
            question.source() == null ? "" : "AND source IN (SELECT no FROM sent)",
            text);
  }
}
