package io.pulso.server.store;

import io.pulso.engine.model.Model;
import io.pulso.engine.sql.DuckDb;
import io.pulso.engine.sql.RollUpSql;
import io.pulso.engine.time.LocalDays;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How often sources send, and what they send of a model.
final class SourceRhythms {
  private final Db db;
  private final LocalDays days;
  private final Tables tables;

  SourceRhythms(Db db, LocalDays days, Tables tables) {
    this.db = db;
    this.days = days;
    this.tables = tables;
  }

  /// When each source sent between two instants, both included, by number. Gaps within one minute
  /// are not seen.
  List<SourceRhythm> read(Model model, int from, int to, long now) {
    Map<Integer, Long> matched = matched(model, from, to);
    Map<Integer, long[]> sent = sent(days.start(from), now);
    return db
        .list(
            "SELECT no, name FROM source ORDER BY name",
            row -> Map.entry(row.getInt(1), row.getString(2)))
        .stream()
        .filter(one -> matched.containsKey(one.getKey()) || sent.containsKey(one.getKey()))
        .map(one -> {
          long[] times = sent.get(one.getKey());
          @Nullable Long last = times == null ? null : (Long) times[0];
          return new SourceRhythm(
              one.getValue(),
              matched.getOrDefault(one.getKey(), 0L),
              last,
              times == null ? 0 : times[1]);
        })
        .toList();
  }

  private Map<Integer, Long> matched(Model model, int from, int to) {
    Map<Integer, Long> found = new HashMap<>();
    if (model.method() == Model.Method.FIT) {
      return found;
    }
    List<RollUpSql.Read> reads = new ArrayList<>();
    for (int place = 0; place < model.activities().size(); place++) {
      reads.add(
          new RollUpSql.Read(
              place, model.activities().get(place), model.subject() == Model.Subject.ACCOUNT));
    }
    RollUpSql.Days range = RollUpSql.Days.of(from, to, days);
    String sql =
        RollUpSql.sources(
            new RollUpSql.Reading(
                reads,
                days.offsets(range.from(), range.to()),
                tables.prefix(),
                tables.knownAt(),
                null,
                range,
                null),
            new DuckDb());
    db.list(sql, row -> Map.entry(row.getInt(1), row.getLong(2)))
        .forEach(one -> found.put(one.getKey(), one.getValue()));
    return found;
  }

  /// The last instant and the longest gap of each source.
  private Map<Integer, long[]> sent(long from, long to) {
    String which =
        "COALESCE(received_at, occurred_at) BETWEEN make_timestamptz(%d) AND make_timestamptz(%d) %s"
            .formatted(from, to, tables.known());
    Map<Integer, long[]> found = new HashMap<>();
    db.list(
            """
            WITH sent AS (
              SELECT source, epoch_us(COALESCE(received_at, occurred_at)) AS moment FROM event WHERE %1$s
              UNION ALL
              SELECT source, epoch_us(COALESCE(received_at, occurred_at)) FROM call WHERE %1$s),
            minute AS (
              SELECT source, moment // 60000000 AS minute, MIN(moment) AS first, MAX(moment) AS last FROM sent GROUP BY ALL)
            SELECT source, MAX(last), COALESCE(MAX(gap), 0) FROM (
              SELECT source, last, first - LAG(last) OVER (PARTITION BY source ORDER BY minute) AS gap FROM minute)
            GROUP BY source
            """
                .formatted(which),
            row -> Map.entry(row.getInt(1), new long[] {row.getLong(2), row.getLong(3)}))
        .forEach(one -> found.put(one.getKey(), one.getValue()));
    return found;
  }
}
