package io.pulso.server.store;

import io.pulso.engine.model.Model;
import io.pulso.engine.yaml.Nearest;
import io.pulso.server.event.InputException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What people let back in although a quality rule leaves it out: all records of an id, or one
/// message.
public final class Readmissions {
  private static final int LONGEST_NOTE = 1_000;

  private final Db db;
  private final Quality quality;

  Readmissions(Db db, Quality quality) {
    this.db = db;
    this.quality = quality;
  }

  /// What is to be let in: give either an id or a message.
  ///
  /// @param rule the name of a rule; empty for all rules
  /// @param id of a person, as records have it
  /// @param messageId of one record
  /// @param source that sent the message; null where only one source sent one of that id
  public record Wanted(
      String rule,
      @Nullable String id,
      @Nullable String messageId,
      @Nullable String source,
      String note) {}

  /// What was let in.
  ///
  /// @param at in microseconds
  public record Row(
      int no,
      String rule,
      @Nullable String id,
      @Nullable String messageId,
      @Nullable String source,
      String note,
      long at) {}

  /// How a change went.
  ///
  /// @param no of the readmission
  /// @param changed how many verdicts it changed
  public record Done(int no, long changed) {}

  /// All of them, the newest first.
  public List<Row> list() {
    return db.list(
        """
        SELECT r.no, r.rule, CASE WHEN r.message IS NULL THEN p.id END, COALESCE(r.message_text, r.message::VARCHAR), s.name, r.note, epoch_us(r.readmitted_at)
        FROM readmitted r LEFT JOIN person p ON p.no = r.person LEFT JOIN source s ON s.no = r.source ORDER BY r.no DESC
        """,
        row ->
            new Row(
                row.getInt(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getLong(7)));
  }

  /// Lets something in, and judges everything again.
  public Done add(Wanted wanted, Clock clock, Supplier<List<Model>> models) {
    check(wanted);
    String id = wanted.id();
    String message = wanted.messageId();
    Integer person = id == null ? null : (Integer) person(id);
    MessageId bits = message == null ? null : MessageId.of(message);
    String uuid = bits == null ? null : new UUID(bits.high(), bits.low()).toString();
    Integer source =
        uuid == null ? null : (Integer) source(String.valueOf(message), uuid, wanted.source());
    int[] no = {0};
    long changed =
        quality.changing(
            models,
            () -> {
              no[0] = (int) db.number("SELECT COALESCE(MAX(no), 0) + 1 FROM readmitted");
              db.run(
                  "INSERT INTO readmitted VALUES (?, ?, ?, ?, CAST(? AS UUID), ?, ?, make_timestamptz(?))",
                  no[0],
                  wanted.rule(),
                  person != null ? person : whose(source, uuid),
                  source,
                  uuid,
                  bits == null ? null : bits.text(),
                  wanted.note(),
                  clock.millis() * 1000);
            });
    return new Done(no[0], changed);
  }

  private static void check(Wanted wanted) {
    if (!wanted.rule().isEmpty() && !Exclusion.rules().contains(wanted.rule())) {
      throw new InputException(
          "there is no quality rule '%s'%s"
              .formatted(wanted.rule(), Nearest.hint(wanted.rule(), Exclusion.rules())));
    }
    if ((wanted.id() == null) == (wanted.messageId() == null)) {
      throw new InputException("say who or what to let back in: an id, or a message id");
    }
    if (wanted.source() != null && wanted.messageId() == null) {
      throw new InputException("a source goes with a message id alone");
    }
    if (wanted.note().length() > LONGEST_NOTE) {
      throw new InputException("a note has at most %d characters".formatted(LONGEST_NOTE));
    }
  }

  /// Whose record a message is, so that a readmission goes with the person when it is forgotten.
  private @Nullable Integer whose(@Nullable Integer source, @Nullable String uuid) {
    String same = "source = ? AND message = CAST(? AS UUID) AND person IS NOT NULL";
    return db
        .list(
            "SELECT person FROM event WHERE %1$s UNION ALL SELECT person FROM call WHERE %1$s"
                .formatted(same),
            row -> row.getInt(1),
            source,
            uuid,
            source,
            uuid)
        .stream()
        .findFirst()
        .orElse(null);
  }

  private int person(String id) {
    List<Integer> found = db.list("SELECT no FROM person WHERE id = ?", row -> row.getInt(1), id);
    if (found.isEmpty()) {
      throw new InputException("no stored record has the id '%s'".formatted(id));
    }
    return found.getFirst();
  }

  private int source(String message, String uuid, @Nullable String name) {
    List<String> sent =
        db.list(
            """
            SELECT DISTINCT s.name FROM (
              SELECT source FROM event WHERE message = CAST(? AS UUID) UNION SELECT source FROM call WHERE message = CAST(? AS UUID)) r
            JOIN source s ON s.no = r.source ORDER BY 1
            """,
            row -> row.getString(1),
            uuid,
            uuid);
    List<String> meant = name == null ? sent : sent.stream().filter(name::equals).toList();
    if (meant.isEmpty()) {
      throw new InputException(
          name == null
              ? "no stored record has the message id '%s'".formatted(message)
              : "no stored record of the source '%s' has the message id '%s'"
                  .formatted(name, message));
    }
    if (meant.size() > 1) {
      throw new InputException(
          "several sources sent the message id '%s': give one of %s"
              .formatted(message, String.join(", ", meant)));
    }
    return (int) db.number("SELECT no FROM source WHERE name = ?", meant.getFirst());
  }

  /// Takes a readmission back, and judges everything again.
  ///
  /// @return how many verdicts changed
  public long remove(int no, Supplier<List<Model>> models) {
    if (db.number("SELECT COUNT(*) FROM readmitted WHERE no = ?", no) == 0) {
      throw new InputException("there is no readmission %d".formatted(no));
    }
    return quality.changing(models, () -> db.run("DELETE FROM readmitted WHERE no = ?", no));
  }
}
