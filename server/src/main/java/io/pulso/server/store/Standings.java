package io.pulso.server.store;

import io.pulso.engine.expr.Condition;
import io.pulso.engine.expr.Path;
import io.pulso.engine.model.Model;
import io.pulso.engine.sql.DuckDb;
import io.pulso.engine.sql.Scalar;
import io.pulso.engine.time.LocalDays;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What is asked of many subjects at once, by their numbers: when they were last seen, what they
/// did, what their traits say.
public final class Standings {
  /// Where there is no day.
  public static final int NEVER = Integer.MIN_VALUE;

  /// Who did an event, and in which account.
  private static final String DOER = "COALESCE(m.subject, e.person)";

  private static final String ACCOUNT = "COALESCE(e.account, b.account)";

  private final Db db;
  private final LocalDays days;
  private final Tables tables;
  private final Model.Subject kind;

  Standings(Db db, LocalDays days, Tables tables, Model.Subject kind) {
    this.db = db;
    this.days = days;
    this.tables = tables;
    this.kind = kind;
  }

  /// A number that is another one whenever what is stored has changed.
  public long state() {
    return db.number(
        """
        SELECT hash((SELECT MAX(no) FROM import), (SELECT COUNT(*) FROM event), (SELECT COUNT(*) FROM call),
          (SELECT COUNT(*) FROM subject), (SELECT COUNT(*) FROM model_version), (SELECT COUNT(*) + COUNT(ended_day) FROM adjustment),
          (SELECT COUNT(*) + COUNT(restored_at) FROM undone_link)) >> 1
        """);
  }

  /// A number that is another one whenever somebody objected, or took that back.
  public long objections() {
    return db.number("SELECT COUNT(*) + COUNT(withdrawn_at) FROM objection");
  }

  /// How many identified customers, or accounts, have a score on a day.
  ///
  /// @param condition who is scored; null for all
  public long scored(@Nullable Condition condition, int day) {
    boolean customer = kind == Model.Subject.CUSTOMER;
    return db.number(
        "SELECT COUNT(*) FROM %s s WHERE s.first_day <= %d%s%s"
            .formatted(
                tables.name(customer ? "subject" : "account_subject"),
                day,
                !customer
                    ? ""
                    : " AND s.identified AND s.no NOT IN (" + Objections.numbers(tables) + ")",
                condition == null
                    ? ""
                    : " AND s.no IN ("
                        + new StateQueries(tables, days).matching(kind, condition, day)
                        + ")"));
  }

  /// A number that grows whenever somebody is erased.
  public long erased() {
    return db.number("SELECT COUNT(*) FROM erased");
  }

  /// How many records are stored.
  public long records() {
    return db.number("SELECT (SELECT COUNT(*) FROM event) + (SELECT COUNT(*) FROM call)");
  }

  /// The last day up to `to` on which each was active, or anybody of it was.
  ///
  /// @param span one more than the greatest number of a subject
  public int[] lastDays(int span, int to) {
    int[] last = new int[span];
    Arrays.fill(last, NEVER);
    boolean customer = kind == Model.Subject.CUSTOMER;
    EventCounts.numbers(
        db,
        "SELECT %s, MAX(day) FROM %s WHERE activity = %d AND day <= %d GROUP BY 1"
            .formatted(
                customer ? "subject" : "account",
                tables.units(db),
                customer ? RollUps.ACTIVE : RollUps.ACTIVE_IN_ACCOUNT,
                to),
        (subject, day) -> EventCounts.put(last, subject, (int) day));
    return last;
  }

  /// The last day up to `to` on which a subject was active, or anybody of it was; null where there
  /// is none.
  public @Nullable Integer lastDay(int subject, int to) {
    boolean customer = kind == Model.Subject.CUSTOMER;
    return db
        .list(
            "SELECT MAX(day) FROM %s HAVING COUNT(*) > 0"
                .formatted(
                    tables.units(
                        db,
                        "activity = %d AND %s = %d AND day <= %d"
                            .formatted(
                                customer ? RollUps.ACTIVE : RollUps.ACTIVE_IN_ACCOUNT,
                                customer ? "subject" : "account",
                                subject,
                                to))),
            row -> row.getInt(1))
        .stream()
        .findFirst()
        .orElse(null);
  }

  /// How many track calls of a name each has between two days, both included.
  public int[] counts(int span, String event, int from, int to) {
    return new EventCounts(db, days, tables, kind).counts(span, event, from, to);
  }

  /// The last day up to `to` with a track call of a name.
  public int[] lastOf(int span, String event, int to) {
    return new EventCounts(db, days, tables, kind).lastOf(span, event, to);
  }

  private String ofAccounts() {
    return "LEFT JOIN %s m ON m.person = e.person LEFT JOIN %s b ON b.subject = %s AND e.occurred_at >= b.from_at AND e.occurred_at < b.to_at"
        .formatted(tables.name("merged"), tables.name("membership"), DOER);
  }

  /// The traits that are searched for a text.
  public static final List<String> NAMES = List.of("name", "email");

  /// The numbers of those of whose traits one holds a text on a day, in whatever case.
  ///
  /// @param keys some of [#NAMES]
  public BitSet named(String text, int day, List<String> keys) {
    String like = new DuckDb().text(text);
    if (keys.isEmpty()) {
      return new BitSet();
    }
    return RollUps.numbers(
        db,
        NAMES.stream()
            .filter(keys::contains)
            .map(key -> "contains(lower(t.%s), lower(%s))".formatted(key, like))
            .collect(
                Collectors.joining(
                    " OR ",
                    "SELECT t.%s FROM %s t WHERE %s AND ("
                        .formatted(
                            kind == Model.Subject.CUSTOMER ? "subject" : "account",
                            tables.name(
                                kind == Model.Subject.CUSTOMER ? "trait_state" : "account_state"),
                            holds(day)),
                    ")")));
  }

  /// The traits of some subjects at the end of a day, canonical JSON.
  public Map<Integer, String> traits(int[] numbers, int day) {
    String key = kind == Model.Subject.CUSTOMER ? "subject" : "account";
    String table = kind == Model.Subject.CUSTOMER ? "trait_state" : "account_state";
    return texts(
        "SELECT t.%s, t.traits FROM %s t WHERE t.%s IN (%s) AND %s"
            .formatted(key, tables.name(table), key, list(numbers), holds(day)));
  }

  /// Takes the value of a trait of a subject.
  @FunctionalInterface
  public interface TraitValue {
    void take(int subject, String value);
  }

  /// The texts that stand under a trait of everybody at the end of a day.
  public void trait(String name, int day, TraitValue to) {
    String key = kind == Model.Subject.CUSTOMER ? "subject" : "account";
    String table = kind == Model.Subject.CUSTOMER ? "trait_state" : "account_state";
    String value = new DuckDb().scalar("t.traits", List.of(new Path.Step.Key(name)), Scalar.TEXT);
    db.chunks(
        "SELECT CAST(t.%s AS INTEGER) AS no, CAST(%s AS VARCHAR) AS value FROM %s t WHERE %s AND value IS NOT NULL"
            .formatted(key, value, tables.name(table), holds(day)),
        chunk -> {
          for (long i = 0; i < chunk.rowCount(); i++) {
            to.take(chunk.vector(0).getInt(i), chunk.vector(1).getString(i));
          }
        });
  }

  /// The names of traits that are in use now, as some of the newest states tell.
  ///
  /// @param most states that are looked at
  public List<String> traitNames(int most) {
    String table = kind == Model.Subject.CUSTOMER ? "trait_state" : "account_state";
    return db.list(
        "SELECT DISTINCT UNNEST(json_keys(traits)) AS name FROM (SELECT traits FROM %s LIMIT %d) ORDER BY 1"
            .formatted(tables.name(table), most),
        row -> row.getString(1));
  }

  /// The accounts of some customers at the end of a day.
  public Map<Integer, String> accounts(int[] numbers, int day) {
    return texts(
        "SELECT t.subject, a.id FROM %s t JOIN account a ON a.no = t.account WHERE t.subject IN (%s) AND %s"
            .formatted(tables.name("membership"), list(numbers), holds(day)));
  }

  /// The number of a customer's account at the end of a day; -1 where there is none.
  public int account(int subject, int day) {
    return db
        .list(
            "SELECT t.account FROM %s t WHERE t.subject = ? AND %s"
                .formatted(tables.name("membership"), holds(day)),
            row -> row.getInt(1),
            subject)
        .stream()
        .findFirst()
        .orElse(-1);
  }

  /// The numbers of an account's people at the end of a day, ascending.
  public int[] people(int account, int day) {
    return db
        .list(
            "SELECT t.subject FROM %s t JOIN %s s ON s.no = t.subject WHERE t.account = ? AND %s AND s.first_day <= ? ORDER BY 1"
                .formatted(tables.name("membership"), tables.name("subject"), holds(day)),
            row -> row.getInt(1),
            account,
            day)
        .stream()
        .mapToInt(number -> number)
        .toArray();
  }

  /// Takes a customer who belongs to an account.
  @FunctionalInterface
  public interface Member {
    void take(int account, int customer, boolean active);
  }

  /// The people of some accounts at the end of a day, and whether each was active in it since
  /// another day.
  public void members(int[] accounts, int since, int day, Member to) {
    for (long[] row :
        db.list(
            """
            SELECT t.account, t.subject, a.subject IS NOT NULL FROM %s t JOIN %s s ON s.no = t.subject
            LEFT JOIN (SELECT DISTINCT account, subject FROM %s WHERE activity = %d AND account IN (%s) AND day BETWEEN %d AND %d) a
              ON a.account = t.account AND a.subject = t.subject
            WHERE t.account IN (%5$s) AND %8$s AND s.first_day <= %7$d
            """
                .formatted(
                    tables.name("membership"),
                    tables.name("subject"),
                    tables.units(db),
                    RollUps.ACTIVE_IN_ACCOUNT,
                    list(accounts),
                    since,
                    day,
                    holds(day)),
            row -> new long[] {row.getInt(1), row.getInt(2), row.getBoolean(3) ? 1 : 0})) {
      to.take((int) row[0], (int) row[1], row[2] == 1);
    }
  }

  /// The other ids that belong to a customer, sorted.
  public List<String> merged(int subject) {
    return db.list(
        "SELECT p.id FROM %s m JOIN person p ON p.no = m.person WHERE m.subject = ? AND m.person <> m.subject ORDER BY p.id"
            .formatted(tables.name("merged")),
        row -> row.getString(1),
        subject);
  }

  /// Whether the customer's id was given as a user's.
  public boolean identified(int subject) {
    return db.number(
            "SELECT COUNT(*) FROM %s WHERE no = ? AND identified".formatted(tables.name("subject")),
            subject)
        > 0;
  }

  /// The number of the newest import.
  public int newestImport() {
    return (int) db.number("SELECT COALESCE(MAX(no), 0) FROM import");
  }

  /// Customers of whom anything came in after an import, some of them where there are many.
  public int[] touched(int after, int most) {
    return db
        .list(
            """
            SELECT DISTINCT COALESCE(m.subject, r.person) FROM (
              SELECT person FROM event WHERE import > ? UNION SELECT person FROM call WHERE import > ?) r
            LEFT JOIN %s m ON m.person = r.person WHERE r.person IS NOT NULL LIMIT ?
            """
                .formatted(tables.name("merged")),
            row -> row.getInt(1),
            after,
            after,
            most)
        .stream()
        .mapToInt(number -> number)
        .toArray();
  }

  private String holds(int day) {
    String end = "make_timestamptz(%d)".formatted(days.end(day) - 1);
    return "t.from_at <= %s AND t.to_at > %s".formatted(end, end);
  }

  private static String list(int[] numbers) {
    return numbers.length == 0
        ? "-1"
        : IntStream.of(numbers).mapToObj(String::valueOf).collect(Collectors.joining(", "));
  }

  private Map<Integer, String> texts(String sql) {
    Map<Integer, String> found = new HashMap<>();
    db.list(sql, row -> Map.entry(row.getInt(1), row.getString(2)))
        .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
    return found;
  }

  /// One event of a subject, as it is stored.
  ///
  /// @param occurredAt in microseconds
  /// @param customer the number of who did it
  /// @param properties canonical JSON, null when empty
  public record Told(
      int customer,
      String type,
      @Nullable String event,
      @Nullable String name,
      String source,
      @Nullable String channel,
      String id,
      long occurredAt,
      @Nullable Long receivedAt,
      String messageId,
      @Nullable String account,
      @Nullable String properties,
      boolean excluded) {}

  /// Which events of a subject are asked for.
  ///
  /// @param name of the event, page or screen; null for all
  /// @param source null for all
  /// @param from the first instant, in microseconds
  /// @param to the instant before which they end
  /// @param before the place after which the list goes on; null for its beginning
  public record Asked(
      @Nullable String name,
      @Nullable String source,
      long from,
      long to,
      @Nullable Place before,
      int limit) {}

  /// A place in the list of events: those that lie before it come after it in the list.
  public record Place(long occurredAt, String messageId, String source) {}

  /// The events of a customer, or those that people did in an account, newest first.
  public List<Told> events(int subject, Asked asked) {
    String people = new Subjects(db, tables).people(kind, subject);
    boolean account = kind == Model.Subject.ACCOUNT;
    Place before = asked.before();
    return db.list(
        """
        SELECT %s, k.type, k.event, k.name, s.name, e.channel, p.id, epoch_us(e.occurred_at), epoch_us(e.received_at),
          COALESCE(e.message_text, CAST(e.message AS VARCHAR)) AS message_id, a.id, e.properties, e.excluded <> 0
        FROM event e JOIN kind k ON k.no = e.kind JOIN source s ON s.no = e.source JOIN person p ON p.no = e.person
        LEFT JOIN account a ON a.no = e.account%s
        WHERE e.person IN %s%s AND e.occurred_at >= make_timestamptz(?) AND e.occurred_at < make_timestamptz(?)
          AND (CAST(? AS VARCHAR) IS NULL OR k.event = ? OR k.name = ?) AND (CAST(? AS VARCHAR) IS NULL OR s.name = ?)
          AND (epoch_us(e.occurred_at), message_id, s.name) < (CAST(? AS BIGINT), CAST(? AS VARCHAR), CAST(? AS VARCHAR))
        ORDER BY e.occurred_at DESC, message_id DESC, s.name DESC LIMIT ?
        """
            .formatted(
                account ? DOER : String.valueOf(subject),
                account ? " " + ofAccounts() : "",
                people,
                account ? " AND %s = %d".formatted(ACCOUNT, subject) : ""),
        row ->
            new Told(
                row.getInt(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getLong(8),
                Db.orNull(row, 9),
                row.getString(10),
                row.getString(11),
                row.getString(12),
                row.getBoolean(13)),
        asked.from(),
        asked.to(),
        asked.name(),
        asked.name(),
        asked.name(),
        asked.source(),
        asked.source(),
        before == null ? Long.MAX_VALUE : before.occurredAt(),
        before == null ? "" : before.messageId(),
        before == null ? "" : before.source(),
        asked.limit());
  }
}
