package io.pulso.server.store;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/// What held when: traits of subjects and accounts, and memberships, in the tables `trait_state`,
/// `account_state` and `membership`.
final class StateRows {
  static final long FOREVER = 253_402_300_800_000_000L;
  private static final long CALLS_AT_ONCE = 200_000;

  private final Db db;
  private final Tables tables;

  StateRows(Db db, Tables tables) {
    this.db = db;
    this.tables = tables;
  }

  /// Makes all of them anew; links are known.
  void all() {
    for (String table : List.of("trait_state", "account_state", "membership")) {
      db.run("DELETE FROM " + tables.name(table));
    }
    subjects("");
    accounts("");
    memberships("");
  }

  /// Makes those of some subjects anew, and of some accounts.
  ///
  /// @param subjects a query of subjects
  /// @param people a query of their ids
  /// @param accounts a query of accounts
  void of(String subjects, String people, String accounts) {
    db.run("DELETE FROM trait_state WHERE subject IN (%s)".formatted(subjects));
    db.run("DELETE FROM membership WHERE subject IN (%s)".formatted(subjects));
    subjects("AND c.person IN (%s)".formatted(people));
    memberships("AND c.person IN (%s)".formatted(people));
    ofAccounts(accounts);
  }

  /// Makes those of some accounts anew.
  void ofAccounts(String accounts) {
    db.run("DELETE FROM account_state WHERE account IN (%s)".formatted(accounts));
    accounts("AND c.account IN (%s)".formatted(accounts));
  }

  private void subjects(String which) {
    states("trait_state", "identify", "COALESCE(m.subject, c.person)", "c.person", which);
  }

  private void accounts(String which) {
    states("account_state", "group", "c.account", "c.account", which);
  }

  /// @param owner of a call's traits, as SQL
  /// @param needed what must be given, as SQL
  /// @param which of the calls `c`; empty for all
  private void states(String table, String type, String owner, String needed, String which) {
    String calls =
        """
        FROM call c LEFT JOIN %s m ON m.person = c.person
        WHERE c.type = '%s' AND c.traits IS NOT NULL AND %s IS NOT NULL AND c.excluded = 0 %s %s
        """
            .formatted(tables.name("merged"), type, needed, tables.known(), which);
    long[] extent =
        db.list(
                "SELECT COUNT(*), COALESCE(MIN(%1$s), 0), COALESCE(MAX(%1$s), 0) %2$s"
                    .formatted(owner, calls),
                row -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3)})
            .getFirst();
    long parts = extent[0] / CALLS_AT_ONCE + 1;
    long width = (extent[2] - extent[1]) / parts + 1;
    for (long from = extent[1]; extent[0] > 0 && from <= extent[2]; from += width) {
      write(
          table,
          """
          SELECT %1$s AS owner, epoch_us(occurred_at), traits %2$s AND %1$s BETWEEN %3$d AND %4$d
          ORDER BY owner, c.occurred_at, COALESCE(c.received_at, c.occurred_at), COALESCE(c.message_text, c.message::VARCHAR)
          """
              .formatted(owner, calls, from, from + width - 1));
    }
  }

  /// What somebody said of an owner.
  private record Said(int owner, long at, String traits) {}

  /// Reads to the end before it writes: what is appended would end the answer to a question of the
  /// same connection in the middle.
  private void write(String table, String sql) {
    List<Said> all = new ArrayList<>();
    db.chunks(
        sql,
        chunk -> {
          for (long i = 0; i < chunk.rowCount(); i++) {
            all.add(
                new Said(
                    chunk.vector(0).getInt(i),
                    chunk.vector(1).getLong(i),
                    chunk.vector(2).getString(i)));
          }
        });
    Db.tried(
        "fill " + table,
        () -> {
          try (DuckDBAppender appender = db.appender(tables.catalog(), tables.name(table))) {
            Writer writer = new Writer(appender);
            all.forEach(said -> writer.add(said.owner(), said.at(), said.traits()));
            writer.flush();
          }
          return true;
        });
  }

  private final class Writer {
    private final DuckDBAppender appender;
    private States states = new States();
    private int owner = -1;

    Writer(DuckDBAppender appender) {
      this.appender = appender;
    }

    void add(int nextOwner, long occurredAt, String traits) {
      if (nextOwner != owner) {
        flush();
        owner = nextOwner;
        states = new States();
      }
      try {
        if (JsonText.read(traits) instanceof Json.Obj object) {
          states.add(occurredAt, object);
        }
      } catch (JsonFault e) {
        throw new IllegalStateException("stored traits are no JSON: " + traits, e);
      }
    }

    void flush() {
      List<States.State> all = states.all();
      for (int i = 0; i < all.size(); i++) {
        States.State state = all.get(i);
        long to = i + 1 < all.size() ? all.get(i + 1).from() : FOREVER;
        db.appending(() ->
            appender
                .beginRow()
                .append(owner)
                .appendEpochMicros(state.from())
                .appendEpochMicros(to)
                .append(JsonText.write(state.traits()))
                .append(text(state.traits(), "name"))
                .append(text(state.traits(), "email"))
                .endRow());
      }
    }
  }

  /// What stands under a trait, as a text.
  private static @Nullable String text(Json.Obj traits, String name) {
    return switch (traits.get(name)) {
      case null -> null;
      case Json.Null _ -> null;
      case Json.Str(String value) -> value;
      case Json other -> JsonText.write(other);
    };
  }

  /// @param which of the calls `c`; empty for all
  private void memberships(String which) {
    db.run(
        """
        INSERT INTO %1$s
        WITH moves AS (
          SELECT COALESCE(m.subject, c.person) AS subject, occurred_at, account,
            LEAD(occurred_at, 1, make_timestamptz(%4$d)) OVER (
              PARTITION BY COALESCE(m.subject, c.person)
              ORDER BY occurred_at, COALESCE(received_at, occurred_at), COALESCE(message_text, message::VARCHAR)) AS to_at
          FROM call c LEFT JOIN %2$s m ON m.person = c.person
          WHERE c.type = 'group' AND c.account IS NOT NULL AND c.person IS NOT NULL AND c.excluded = 0 %3$s %5$s)
        SELECT subject, occurred_at, to_at, account FROM moves WHERE occurred_at < to_at ORDER BY subject, occurred_at
        """
            .formatted(
                tables.name("membership"), tables.name("merged"), tables.known(), FOREVER, which));
  }
}
