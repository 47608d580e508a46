package io.pulso.server.store;

import io.pulso.engine.expr.Condition;
import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.metric.SubjectDays;
import io.pulso.engine.model.Model;
import io.pulso.engine.sql.DuckDb;
import io.pulso.engine.sql.StepSql;
import io.pulso.engine.time.LocalDays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Events as steps of journeys, by those whose they are and by time.
public final class Journeys {
  private static final long DAY = 86_400_000_000L;

  private final Db db;
  private final LocalDays days;
  private final Tables tables;

  Journeys(Db db, LocalDays days, Tables tables) {
    this.db = db;
    this.days = days;
    this.tables = tables;
  }

  /// Which events are asked for.
  ///
  /// @param others whether other active events are told too, without a step
  /// @param by what a journey is broken down by; null for nothing
  /// @param period whose events are marked as inside
  /// @param first the first local day of events that are asked for
  /// @param longest how many microseconds after the period are asked for too
  /// @param now an instant up to which, excluded, events are asked for
  public record Asked(
      List<Condition> steps,
      StepSql.Owner owner,
      Select.Who who,
      boolean others,
      @Nullable Path by,
      Period period,
      int first,
      long longest,
      long now) {}

  /// Takes events, by owner and time.
  @FunctionalInterface
  public interface Steps {
    /// Takes one.
    ///
    /// @param owner the number of a customer or an account, or of a thing as things come
    /// @param which a bit for each step that it can be, and one where it is inside of the period
    /// @param subject the customer; -1 for nobody
    void take(int owner, long at, int which, @Nullable String part, int subject);
  }

  /// Tells those events.
  public void steps(Asked asked, Steps to) {
    boolean things = asked.owner() instanceof StepSql.Owner.Thing;
    boolean parts = asked.by() != null;
    Things numbers = new Things();
    String kept = new KeptThings(db, tables.kept(db, days)).print(asked, from(asked), to(asked));
    db.chunks(
        kept == null ? sql(asked) : kept,
        chunk -> {
          var owner = chunk.vector(0);
          var at = chunk.vector(1);
          var which = chunk.vector(2);
          var part = parts ? chunk.vector(3) : which;
          var subject = things ? chunk.vector(parts ? 4 : 3) : which;
          long rows = chunk.rowCount();
          for (long i = 0; i < rows; i++) {
            to.take(
                things ? numbers.of(owner.getString(i)) : owner.getInt(i),
                at.getLong(i),
                which.getInt(i),
                parts && !part.isNull(i) ? part.getString(i) : null,
                things && !subject.isNull(i) ? subject.getInt(i) : -1);
          }
        });
  }

  /// Numbers things that come one after another.
  private static final class Things {
    private @Nullable String last;
    private int number = -1;

    int of(String thing) {
      if (!Objects.equals(thing, last)) {
        last = thing;
        number++;
      }
      return number;
    }
  }

  /// The query over events, which tells the same as the one that is run where rows are kept.
  public String sql(Asked asked) {
    return StepSql.print(question(asked), new DuckDb());
  }

  private StepSql.Question question(Asked asked) {
    return question(asked, from(asked), Math.max(from(asked), to(asked)));
  }

  private long from(Asked asked) {
    return days.start(asked.first()) - DAY;
  }

  private long to(Asked asked) {
    return Math.min(days.end(asked.period().last()) + DAY + asked.longest(), asked.now());
  }

  /// The same events of customers or accounts, gathered in memory; null where there is no room for
  /// them or they are to be told in parts.
  public @Nullable GatheredSteps gather(Asked asked) {
    if (asked.by() != null || asked.owner() instanceof StepSql.Owner.Thing) {
      return null;
    }
    GatheredSteps gathered = GatheredSteps.of(asked.steps().size(), from(asked), to(asked));
    if (gathered == null) {
      return null;
    }
    boolean done = false;
    try {
      db.chunks(StepSql.unordered(question(asked), new DuckDb()), gathered::add);
      done = !gathered.isFull();
      return done ? gathered : null;
    } finally {
      if (!done) {
        gathered.close();
      }
    }
  }

  private StepSql.Question question(Asked asked, long from, long to) {
    return new StepSql.Question(
        asked.steps(),
        asked.owner(),
        asked.who(),
        asked.others(),
        asked.by(),
        asked.period(),
        days.offsets(from, to),
        tables.prefix(),
        from,
        to);
  }

  /// Takes who did what.
  @FunctionalInterface
  public interface Deeds {
    /// Takes one: the customer did it at least once.
    void take(int activity, int subject);
  }

  /// Which active events and pages customers did between two days, both included.
  public void activities(Period period, Deeds to) {
    db.chunks(
        """
        SELECT k.activity, COALESCE(m.subject, e.person) AS subject
        FROM event e
          JOIN (SELECT no, passive, MIN(no) OVER (PARTITION BY type, event, name) AS activity FROM kind) k ON k.no = e.kind
          LEFT JOIN %smerged m ON m.person = e.person
        WHERE e.excluded = 0 AND e.person IS NOT NULL AND k.passive <> 1
          AND e.occurred_at >= make_timestamptz(%d) AND e.occurred_at < make_timestamptz(%d)
        GROUP BY 1, 2\
        """
            .formatted(tables.prefix(), days.start(period.first()), days.end(period.last())),
        chunk -> {
          for (long i = 0; i < chunk.rowCount(); i++) {
            to.take(chunk.vector(0).getInt(i), chunk.vector(1).getInt(i));
          }
        });
  }

  /// What [#activities] are called: the names of events, and those of pages and screens behind what
  /// they are.
  public Map<Integer, String> activityNames() {
    Map<Integer, String> names = new HashMap<>();
    db.list(
            "SELECT MIN(no), COALESCE(event, CASE type WHEN 'screen' THEN 'Screen: ' ELSE 'Page: ' END || COALESCE(name, '')) FROM kind GROUP BY type, event, name",
            row -> Map.entry(row.getInt(1), row.getString(2)))
        .forEach(one -> names.put(one.getKey(), one.getValue()));
    return names;
  }

  /// The instant of the first event of each customer, in microseconds.
  ///
  /// @param span one more than the greatest number that is told
  public long[] firsts(int span) {
    long[] firsts = new long[span];
    db.chunks(
        "SELECT no, epoch_us(first_at) FROM " + tables.name("subject"),
        chunk -> {
          for (long i = 0; i < chunk.rowCount(); i++) {
            int number = chunk.vector(0).getInt(i);
            if (number < span) {
              firsts[number] = chunk.vector(1).getLong(i);
            }
          }
        });
    return firsts;
  }

  /// The days between two, both included, on which customers or accounts were active.
  ///
  /// @param span one more than the greatest number that is told
  public SubjectDays active(Model.Subject per, int span, int first, int last) {
    RollUps rollUps = new RollUps(db, days, tables);
    rollUps.ensureActive(per == Model.Subject.ACCOUNT);
    return new UnitReading(db, days, tables, rollUps).activeDays(per, span, first, last);
  }

  /// The days between two, both included, on which customers or accounts did something that
  /// matches.
  ///
  /// @param span one more than the greatest number that is told
  public SubjectDays days(
      Condition match, Model.Subject per, Select.Who who, int span, int first, int last) {
    long from = days.start(first) - DAY;
    long to = days.end(last) + DAY;
    StepSql.Owner owner =
        per == Model.Subject.CUSTOMER ? new StepSql.Owner.Customer() : new StepSql.Owner.Account();
    StepSql.Question question =
        new StepSql.Question(
            List.of(match),
            owner,
            who,
            false,
            null,
            new Period(first, last),
            days.offsets(from, to),
            tables.prefix(),
            from,
            to);
    return new DayReading(db, span, first, last)
        .add(
            "SELECT owner AS subject, day FROM (%s) AS did"
                .formatted(StepSql.days(question, new DuckDb())))
        .days();
  }
}
