package io.pulso.server.store;

import io.pulso.engine.model.Model;
import io.pulso.engine.time.LocalDays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Ends what is kept for some time only: events of some sources, and rejected records.
public final class Retention {
  private static final long DAY = 86_400_000_000L;

  private final Db db;
  private final LocalDays days;
  private final Function<List<Model>, Renewal> renewal;

  Retention(Db db, LocalDays days, Function<List<Model>, Renewal> renewal) {
    this.db = db;
    this.days = days;
    this.renewal = renewal;
  }

  /// What is kept.
  ///
  /// @param eventDays of sources by their names; others keep all
  /// @param rejectedBytes of the bodies of rejected records
  public record Rules(Map<String, Integer> eventDays, int rejectedDays, long rejectedBytes) {}

  /// What went.
  public record Removed(long events, long rejected) {}

  /// Removes what is too old.
  ///
  /// @param now in microseconds
  /// @param models those whose roll-ups are kept
  public Removed run(Rules rules, long now, List<Model> models) {
    return db.locked(() ->
        db.inTransaction(() -> {
          long events = 0;
          int last = Integer.MIN_VALUE;
          for (Map.Entry<String, Integer> each : rules.eventDays().entrySet()) {
            // Whole local days, so that the first day that is left is complete.
            int first = days.day(now) - each.getValue() + 1;
            long removed = events(each.getKey(), days.start(first));
            events += removed;
            last = removed > 0 ? Math.max(last, first) : last;
          }
          if (events > 0) {
            renewal.apply(models).removed(last);
            Rewriting.want(db, now);
          }
          return new Removed(events, rejected(rules, now));
        }));
  }

  /// Removes a source's events before an instant. What they say of ids stays, as alias calls.
  private long events(String source, long before) {
    String which =
        "source = (SELECT no FROM source WHERE name = ?) AND occurred_at < make_timestamptz(?)";
    db.run(
        """
        INSERT INTO call
        SELECT 'alias', person, NULL, anonymous, NULL, source, import, seq, occurred_at, received_at, message,
          message_text, flags, excluded, NULL, NULL
        FROM event WHERE %s AND anonymous IS NOT NULL
        QUALIFY ROW_NUMBER() OVER (PARTITION BY person, anonymous, excluded
          ORDER BY occurred_at, COALESCE(received_at, occurred_at), COALESCE(message_text, message::VARCHAR)) = 1
        """
            .formatted(which),
        source,
        before);
    KeptFacts.changed(db);
    db.run("DELETE FROM fact_row WHERE " + which, source, before);
    return db.run("DELETE FROM event WHERE " + which, source, before);
  }

  /// Beyond the room there is, each source and reason keeps the same share, of all its time.
  private long rejected(Rules rules, long now) {
    long removed =
        db.run(
            "DELETE FROM rejected WHERE rejected_at < make_timestamptz(?)",
            now - rules.rejectedDays() * DAY);
    long bytes = db.number("SELECT COALESCE(SUM(strlen(body) + strlen(detail)), 0) FROM rejected");
    if (bytes > rules.rejectedBytes()) {
      removed +=
          db.run(
              """
              DELETE FROM rejected WHERE no IN (
                SELECT no FROM (
                  SELECT no, SUM(strlen(body) + strlen(detail)) OVER (PARTITION BY source, reason ORDER BY hash(no), no) AS kept,
                    (SELECT COUNT(*) FROM (SELECT DISTINCT source, reason FROM rejected)) AS lanes
                  FROM rejected)
                WHERE kept > ? / lanes)
              """,
              rules.rejectedBytes());
    }
    return removed;
  }
}
