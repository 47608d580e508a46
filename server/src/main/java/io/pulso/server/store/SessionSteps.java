package io.pulso.server.store;

import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.model.Model;
import io.pulso.engine.session.SessionCutter;
import io.pulso.engine.session.SessionSequences;
import io.pulso.engine.session.Step;
import io.pulso.engine.sql.Dialect;
import io.pulso.engine.sql.DuckDb;
import io.pulso.engine.sql.Scalar;
import io.pulso.engine.sql.SessionEventSql;
import io.pulso.engine.time.LocalDays;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBDataChunkReader;
import org.jspecify.annotations.Nullable;

/// The steps of the sessions that start between two days, and what each number of a step means.
public final class SessionSteps {
  private static final long EVENTS_AT_ONCE = 2_000_000;

  /// Where a page without a name says where it is, the first that is there.
  private static final List<List<String>> PLACES = List.of(List.of("path"), List.of("url"));

  private final Db db;
  private final LocalDays days;
  private final Tables tables;
  private final Dialect dialect = new DuckDb();
  private final Map<Integer, Kind> kinds = new HashMap<>();
  private final Map<Step, Integer> numbers = new HashMap<>();
  private final List<Step> steps = new ArrayList<>();

  /// What an event is.
  ///
  /// @param step its number; -1 for a page without a name
  private record Kind(Step.Type type, int step) {}

  SessionSteps(Db db, LocalDays days, Tables tables) {
    this.db = db;
    this.days = days;
    this.tables = tables;
  }

  /// The step with a number.
  public Step step(int number) {
    return steps.get(number);
  }

  /// Hands over the steps of each session.
  public void read(Period period, Select.Who who, SessionSequences.Sink sink) {
    new SessionMaking(db, days, tables).ensure();
    long begin = days.start(period.first());
    long end = days.end(period.last());
    List<Long> extent = extent(period, begin);
    if (extent.isEmpty()) {
      return;
    }
    kinds();
    Members people = new Subjects(db, tables).members(Model.Subject.CUSTOMER);
    SessionSequences sequences =
        new SessionSequences(
            SessionMaking.pause(db), at -> begin <= at && at < end && isIn(period, at), sink);
    int parts = Math.toIntExact(extent.get(2) / EVENTS_AT_ONCE + 1);
    for (int part = 0; part < parts; part++) {
      long first = (long) people.span() * part / parts;
      long beyond = (long) people.span() * (part + 1) / parts;
      String sql = sql(extent, first, beyond);
      db.chunks(sql, chunk -> take(chunk, people, who, sequences));
      sequences.end();
    }
  }

  private boolean isIn(Period period, long at) {
    int day = days.day(at);
    return period.first() <= day && day <= period.last();
  }

  /// From when to when the events of these sessions are, and of those that go on into the first
  /// day; and how many there are. Empty where there are none.
  private List<Long> extent(Period period, long begin) {
    return db
        .list(
            """
            SELECT epoch_us(MIN(started_at)), epoch_us(MAX(ended_at)), SUM(events) FROM %s
            WHERE day <= %d AND ended_at >= make_timestamptz(%d) HAVING COUNT(*) > 0
            """
                .formatted(tables.name("session"), period.last(), begin),
            row -> List.of(row.getLong(1), row.getLong(2), row.getLong(3)))
        .stream()
        .findFirst()
        .orElse(List.of());
  }

  private String sql(List<Long> extent, long first, long beyond) {
    String place =
        Stream.concat(
                PLACES.stream().map(keys -> text("e.properties", keys)),
                Stream.of(text("e.context", List.of("page", "path"))))
            .collect(Collectors.joining(", "));
    return SessionEventSql.print(
        new SessionEventSql.Reading(
            tables.prefix(),
            tables.knownAt(),
            extent.get(0),
            extent.get(1) + 1,
            null,
            List.of(
                "e.kind AS kind",
                "CASE WHEN k.type = 'page' AND k.name IS NULL THEN COALESCE(%s) END AS place"
                    .formatted(place)),
            List.of(
                "COALESCE(m.subject, e.person) BETWEEN %d AND %d".formatted(first, beyond - 1))),
        dialect);
  }

  private String text(String json, List<String> keys) {
    return dialect.scalar(
        json, keys.stream().<Path.Step>map(Path.Step.Key::new).toList(), Scalar.TEXT);
  }

  private void kinds() {
    db.list(
        "SELECT no, type, event, name FROM kind",
        row -> {
          String type = String.valueOf(row.getString(2));
          String name = type.equals("track") ? row.getString(3) : row.getString(4);
          Step.Type is =
              switch (type) {
                case "page" -> Step.Type.PAGE;
                case "screen" -> Step.Type.SCREEN;
                default -> Step.Type.EVENT;
              };
          boolean placed = name == null && is == Step.Type.PAGE;
          int step = placed ? -1 : number(new Step(is, name == null ? "" : name));
          kinds.put(row.getInt(1), new Kind(is, step));
          return step;
        });
  }

  private int number(Step step) {
    Integer known = numbers.putIfAbsent(step, steps.size());
    if (known != null) {
      return known;
    }
    steps.add(step);
    return steps.size() - 1;
  }

  private void take(
      DuckDBDataChunkReader chunk, Members people, Select.Who who, SessionSequences sequences) {
    for (long i = 0; i < chunk.rowCount(); i++) {
      int subject = chunk.vector(0).getInt(i);
      boolean counts =
          switch (who) {
            case ANYBODY -> true;
            case IDENTIFIED -> people.identified().get(subject);
            case ANONYMOUS -> !people.identified().get(subject);
          };
      if (counts) {
        long id =
            chunk.vector(2).isNull(i)
                ? SessionCutter.NO_ID
                : SessionCutter.id(chunk.vector(2).getString(i));
        sequences.take(
            subject,
            chunk.vector(1).getLong(i),
            id,
            step(
                chunk.vector(6).getInt(i),
                chunk.vector(7).isNull(i) ? null : chunk.vector(7).getString(i)));
      }
    }
  }

  private int step(int kind, @Nullable String place) {
    Kind of = kinds.get(kind);
    if (of != null && of.step() >= 0) {
      return of.step();
    }
    return number(new Step(Step.Type.PAGE, place == null ? "" : Step.path(place)));
  }
}
