package io.pulso.server.score;

import io.pulso.engine.event.EventType;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.ModelReader;
import io.pulso.server.store.ExcludedRecords;
import io.pulso.server.store.Incoming;
import io.pulso.server.store.LiveLoad;
import io.pulso.server.store.Load;
import io.pulso.server.store.QualityRules;
import io.pulso.server.store.Store;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A store on disk that judges by quality rules, and records to put into it.
final class QualityWorld implements AutoCloseable {
  static final Instant START = Instant.parse("2026-03-02T10:00:00Z");

  private static final String CUSTOMERS =
      """
      name: customers
      activities:
        - {name: opened, match: event == "Email Opened", points: 1}
        - {name: clicked, match: event == "Email Link Clicked", points: 2}
        - {name: login, match: event == "Login", points: 3}
        - {name: paid, match: event == "Login" && traits.plan == "pro", points: 4}
      """;
  private static final String ACCOUNTS =
      """
      name: accounts
      subject: account
      activities:
        - {name: login, match: event == "Login", points: 3}
        - {name: big, match: event == "Login" && account.size == "big", points: 3}
      """;
  static final List<Model> MODELS =
      List.of(
          ModelReader.read("customers.yaml", CUSTOMERS).model(),
          ModelReader.read("accounts.yaml", ACCOUNTS).model());

  private final Path file;
  private @Nullable Store store;
  private @Nullable LiveLoad live;
  private long position;
  private final List<LiveScoresCheck> checks = new ArrayList<>();

  /// A record and the source that sends it; sources whose name begins with `web` are browsers.
  record Sent(String source, Incoming row) {}

  QualityWorld(Path folder, QualityRules rules) {
    this.file = folder.resolve("pulso.duckdb");
    reopen(rules);
  }

  void reopen(QualityRules rules) {
    if (store != null) {
      store.close();
    }
    Store opened = Store.open(file, ZoneId.of("Europe/Berlin"), new Store.Limits(256L << 20, 2));
    opened.quality().use(rules);
    opened.quality().apply(() -> MODELS);
    live =
        opened.live(
            Clock.systemUTC(),
            () -> MODELS,
            change -> checks.forEach(check -> check.apply(change)));
    store = opened;
  }

  Store store() {
    if (store == null) {
      throw new IllegalStateException("closed");
    }
    return store;
  }

  /// Compares scores in memory with those of the store after each batch from now on.
  void check(Model model, LocalDate day) {
    checks.add(new LiveScoresCheck(store(), model, day));
  }

  /// Loads records as one batch of a server.
  QualityWorld send(Sent... records) {
    List<LiveLoad.Part> parts = new ArrayList<>();
    for (Sent each : records) {
      parts.add(
          new LiveLoad.Part(
              each.source(),
              !each.source().startsWith("web"),
              each.row().receivedAt(),
              List.of(each.row()),
              List.of()));
    }
    if (live != null && !parts.isEmpty()) {
      live.load(parts, ++position);
    }
    return this;
  }

  /// Imports records of one source.
  void imported(String source, Sent... records) {
    try (Load load = store().load(source, true, "test", Clock.systemUTC(), MODELS)) {
      for (Sent each : records) {
        load.append(each.row());
      }
      load.commit();
    }
  }

  /// The message ids that are left out, with the reason.
  Map<String, String> excluded() {
    Map<String, String> found = new TreeMap<>();
    store()
        .quality()
        .excluded()
        .list(new ExcludedRecords.Question(null, null, null, 10_000))
        .forEach(row -> found.put(row.messageId(), row.reason().word()));
    return found;
  }

  Verifying.Report verify() {
    List<InUse> uses = MODELS.stream().map(model -> new InUse(model, InUse.DRAFT)).toList();
    return new Verifying(store(), new SplittableRandom(1)).run(uses, 0, 20_520);
  }

  /// Everything derived, in words that do not depend on numbers; closes the store meanwhile.
  List<String> derived() {
    QualityRules rules = store().quality().rules();
    store().close();
    List<String> lines = new ArrayList<>();
    try (Connection raw = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = raw.createStatement()) {
      for (String query :
          List.of(
              "SELECT 'unit', a.key, p.id, COALESCE(c.id, ''), r.day, SUM(r.units) FROM (SELECT activity, subject, account, day, SUM(units) AS units FROM (FROM rollup UNION ALL FROM rollup_tail) GROUP BY ALL HAVING SUM(units) <> 0) r JOIN rollup_activity a ON a.no = r.activity JOIN person p ON p.no = r.subject LEFT JOIN account c ON c.no = r.account AND a.per_account GROUP BY ALL",
              "SELECT 'link', a.id, b.id FROM merged m JOIN person a ON a.no = m.person JOIN person b ON b.no = m.subject",
              "SELECT 'refused', a.id, b.id, r.reason FROM refused_link r JOIN person a ON a.no = r.person JOIN person b ON b.no = r.target",
              "SELECT 'subject', p.id, s.first_at, s.first_day, s.identified FROM subject s JOIN person p ON p.no = s.no",
              "SELECT 'account', p.id, s.first_at, s.first_day FROM account_subject s JOIN account p ON p.no = s.no",
              "SELECT 'traits', p.id, s.from_at, s.to_at, s.traits FROM trait_state s JOIN person p ON p.no = s.subject",
              "SELECT 'account traits', p.id, s.from_at, s.to_at, s.traits FROM account_state s JOIN account p ON p.no = s.account",
              "SELECT 'member', p.id, s.from_at, s.to_at, c.id FROM membership s JOIN person p ON p.no = s.subject JOIN account c ON c.no = s.account")) {
        try (ResultSet rows = statement.executeQuery(query)) {
          int columns = rows.getMetaData().getColumnCount();
          while (rows.next()) {
            StringBuilder line = new StringBuilder();
            for (int i = 1; i <= columns; i++) {
              line.append(rows.getString(i)).append(" | ");
            }
            lines.add(line.toString());
          }
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    store = null;
    reopen(rules);
    lines.sort(null);
    return lines;
  }

  /// Forgets the ids that are kept in memory; those of all stored records are older than a week.
  void forgetIds() {
    live = store().live(Clock.systemUTC(), () -> MODELS);
  }

  /// How many records are stored.
  long records() {
    return sums().stream().mapToLong(sum -> sum[4]).sum();
  }

  /// Received, stored, duplicates and rejected of each import, and the records that it has.
  List<long[]> sums() {
    QualityRules rules = store().quality().rules();
    store().close();
    List<long[]> sums = new ArrayList<>();
    try (Connection raw = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = raw.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT received, stored, duplicates,
                  (SELECT COALESCE(SUM(rows), 0) FROM import_rejected r WHERE r.import = i.no),
                  (SELECT COUNT(*) FROM event e WHERE e.import = i.no) + (SELECT COUNT(*) FROM call c WHERE c.import = i.no)
                FROM import i ORDER BY no
                """)) {
      while (rows.next()) {
        sums.add(
            new long[] {
              rows.getLong(1), rows.getLong(2), rows.getLong(3), rows.getLong(4), rows.getLong(5)
            });
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    store = null;
    reopen(rules);
    return sums;
  }

  static Sent track(String source, String message, String who, String event, double second) {
    return track(source, message, who, null, event, second, null, null);
  }

  static Sent track(
      String source,
      String message,
      @Nullable String user,
      @Nullable String anonymous,
      String event,
      double second,
      @Nullable String properties,
      @Nullable String context) {
    return sent(
        source,
        message,
        EventType.TRACK,
        new String @Nullable [] {user, anonymous, null, null},
        event,
        second,
        new String @Nullable [] {properties, context, null});
  }

  static Sent identify(
      String source,
      String message,
      @Nullable String user,
      @Nullable String anonymous,
      double second,
      String traits) {
    return sent(
        source,
        message,
        EventType.IDENTIFY,
        new String @Nullable [] {user, anonymous, null, null},
        null,
        second,
        new String @Nullable [] {null, null, traits});
  }

  static Sent group(
      String source, String message, String user, String account, double second, String traits) {
    return sent(
        source,
        message,
        EventType.GROUP,
        new String @Nullable [] {user, null, null, account},
        null,
        second,
        new String @Nullable [] {null, null, traits});
  }

  static Sent alias(String source, String message, String previous, String user, double second) {
    return sent(
        source,
        message,
        EventType.ALIAS,
        new String @Nullable [] {user, null, previous, null},
        null,
        second,
        new String @Nullable [] {null, null, null});
  }

  /// @param ids user, anonymous, previous, group
  /// @param json properties, context, traits
  static Sent sent(
      String source,
      String message,
      EventType type,
      @Nullable String[] ids,
      @Nullable String event,
      double second,
      @Nullable String[] json) {
    long at = START.getEpochSecond() * 1_000_000 + Math.round(second * 1_000_000);
    return new Sent(
        source,
        new Incoming(
            type,
            ids[0],
            ids[1],
            ids[2],
            ids[3],
            event,
            null,
            null,
            at,
            at,
            message,
            Double.NaN,
            0,
            json[0],
            json[1],
            json[2],
            0,
            1));
  }

  @Override
  public void close() {
    if (store != null) {
      store.close();
      store = null;
    }
  }
}
