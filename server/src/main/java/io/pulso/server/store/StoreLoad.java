package io.pulso.server.store;

import io.pulso.engine.event.EventType;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/// An import in one transaction. Rows gather in a temporary table and move on in blocks sorted by
/// person, so that the events of a person lie close together.
final class StoreLoad implements Load {
  static final int FLAG_USER = 4;
  private static final int BLOCK = 1_000_000;

  private final Db db;
  private final int source;
  private final String files;
  private final Clock clock;
  private final IntConsumer renewal;
  private final int number;
  private final Dictionary people;
  private final Dictionary accounts;
  private final Kinds kinds;
  private final CallRows calls;
  private final RejectedRows rejects;
  private final Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);
  private @Nullable DuckDBAppender events;
  private long seq;
  private int block;
  private boolean open = true;

  /// @param renewal makes anew what is derived from the records of the import with that number
  StoreLoad(Db db, int source, String files, Clock clock, IntConsumer renewal) {
    this.db = db;
    this.source = source;
    this.files = files;
    this.clock = clock;
    this.renewal = renewal;
    db.run("BEGIN TRANSACTION");
    number = (int) db.number("SELECT COALESCE(MAX(no), 0) + 1 FROM import");
    people = Dictionary.read(db, "person");
    accounts = Dictionary.read(db, "account");
    kinds = Kinds.read(db);
    calls = new CallRows(db, source, number);
    rejects = new RejectedRows(db, source, number, clock.instant());
    db.run(
        "CREATE OR REPLACE TEMP TABLE incoming AS SELECT * EXCLUDE (source, import, excluded) FROM event LIMIT 0");
  }

  @Override
  public void append(Incoming row) {
    Integer user = row.userId() == null ? null : people.number(row.userId());
    Integer anonymous = row.anonymousId() == null ? null : people.number(row.anonymousId());
    Integer account = row.groupId() == null ? null : accounts.number(row.groupId());
    int flags = row.flags() | (user != null ? FLAG_USER : 0);
    Integer person = user != null ? user : anonymous;
    Integer beside = user != null ? anonymous : null;
    if (row.type().isEvent()) {
      event(row, person, beside, account, flags);
    } else {
      Integer previous =
          row.type() == EventType.ALIAS && row.previousId() != null
              ? people.number(row.previousId())
              : null;
      calls.add(row, new CallRows.Ids(person, beside, previous, account), flags, seq);
    }
    seq++;
  }

  private void event(
      Incoming row,
      @Nullable Integer person,
      @Nullable Integer beside,
      @Nullable Integer account,
      int flags) {
    int kind = kinds.number(row.type(), row.event(), row.name());
    UUID message = message(row.messageId());
    Db.tried(
        "append an event",
        () -> {
          DuckDBAppender out = appender();
          out.beginRow();
          out.append(person).append(beside).append(account).append(kind).append(seq);
          out.appendEpochMicros(row.occurredAt());
          if (row.receivedAt() == Incoming.ASSUMED) {
            out.appendNull();
          } else {
            out.appendEpochMicros(row.receivedAt());
          }
          out.append(message).append(messageText(row.messageId(), message)).append(row.channel());
          if (Double.isNaN(row.value())) {
            out.appendNull();
          } else {
            out.append(row.value());
          }
          out.append(flags).append(row.properties()).append(row.context()).endRow();
          return true;
        });
    if (++block == BLOCK) {
      move();
    }
  }

  private DuckDBAppender appender() {
    if (events == null) {
      events = db.appender("temp", "incoming");
    }
    return events;
  }

  /// Moves the gathered block into the store.
  private void move() {
    DuckDBAppender out = events;
    if (out == null) {
      return;
    }
    Db.tried(
        "flush",
        () -> {
          out.close();
          return true;
        });
    events = null;
    long moved =
        db.run(
            """
            INSERT INTO event
            SELECT person, anonymous, account, kind, %d, %d, seq, occurred_at, received_at, message, message_text,
              channel, value, flags, 0, properties, context
            FROM incoming ORDER BY person, occurred_at
            """
                .formatted(source, number));
    if (moved != block) {
      throw new IllegalStateException(
          "%d of %d appended events arrived in the store".formatted(moved, block));
    }
    block = 0;
    db.run("TRUNCATE incoming");
  }

  @Override
  public void reject(Rejected row) {
    rejected.merge(row.reason(), 1L, Long::sum);
    rejects.add(row);
  }

  @Override
  public Counts commit() {
    move();
    calls.close();
    rejects.close();
    people.write(db);
    accounts.write(db);
    long duplicates = new Duplicates(db, number).remove();
    long bad = rejected.values().stream().mapToLong(Long::longValue).sum();
    db.run(
        "INSERT INTO import VALUES (?, ?, ?, make_timestamptz(?), ?, ?, ?)",
        number,
        source,
        files,
        clock.millis() * 1000,
        seq + bad,
        seq - duplicates,
        duplicates);
    rejected.forEach((reason, rows) ->
        db.run("INSERT INTO import_rejected VALUES (?, ?, ?)", number, reason.word(), rows));
    renewal.accept(number);
    db.run("COMMIT");
    open = false;
    db.run("DROP TABLE IF EXISTS incoming");
    return new Counts(seq - duplicates, duplicates);
  }

  @Override
  public void close() {
    if (!open) {
      return;
    }
    open = false;
    List<AutoCloseable> parts = new ArrayList<>(List.of(calls, rejects));
    if (events != null) {
      parts.add(events);
    }
    parts.forEach(StoreLoad::abandon);
    db.rollback();
  }

  /// Closes a part of an import that is being undone; what it says no longer matters.
  private static void abandon(AutoCloseable part) {
    try {
      part.close();
    } catch (SQLException | StoreException e) {
      return;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /// The 128 bits a message id is compared by: itself when it is a UUID in canonical form, else its
  /// hash.
  static UUID message(String id) {
    if (id.length() == 36) {
      try {
        UUID uuid = UUID.fromString(id);
        if (uuid.toString().equals(id)) {
          return uuid;
        }
      } catch (IllegalArgumentException e) {
        return hash(id);
      }
    }
    return hash(id);
  }

  static @Nullable String messageText(String id, UUID message) {
    return message.toString().equals(id) ? null : id;
  }

  private static UUID hash(String id) {
    return UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8));
  }
}
