package io.pulso.server.store;

import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.model.Model;
import io.pulso.engine.sql.DuckDb;
import io.pulso.engine.sql.FactSql;
import io.pulso.engine.sql.SessionSql;
import io.pulso.engine.time.LocalDays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What each subject adds to something that is counted, by their numbers.
public final class SubjectAmounts {
  private final Db db;
  private final LocalDays days;
  private final Tables tables;
  private final int span;

  SubjectAmounts(Db db, LocalDays days, Tables tables) {
    this.db = db;
    this.days = days;
    this.tables = tables;
    this.span = new Subjects(db, tables).members(Model.Subject.CUSTOMER).span();
  }

  /// Of events in a period; null where some of it is nobody's.
  public double @Nullable [] of(Measure.Leaf leaf, Period period) {
    boolean sum = leaf instanceof Measure.Total;
    return read(
        "SELECT part, CAST(%s AS DOUBLE) AS amount FROM (%s) x"
            .formatted(
                sum ? "total / 1000" : "n",
                FactSql.bySubject(
                    leaf, question(period), new DuckDb(), tables.kept(db, days).of(leaf, period))));
  }

  /// Of sessions in a period, times in seconds and days.
  public double @Nullable [] of(Measure.Sessions sessions, Period period) {
    new SessionMaking(db, days, tables).ensure();
    double unit =
        switch (sessions.fact()) {
          case SECONDS -> 1e6;
          case DAYS_BETWEEN -> 86_400e6;
          default -> 1;
        };
    return read(
        "SELECT part, CAST(total AS DOUBLE) / %s AS amount FROM (%s) x"
            .formatted(
                unit,
                SessionSql.bySubject(
                    sessions.fact(), sessions.who(), question(period), new DuckDb())));
  }

  private FactSql.Question question(Period period) {
    return FactSql.Question.of(Every.WHOLE, List.of(period), null, days, tables.prefix());
  }

  private double @Nullable [] read(String sql) {
    double[] amounts = new double[span];
    boolean[] nobody = {false};
    db.chunks(
        "SELECT COALESCE(CAST(part AS INTEGER), -1), COALESCE(amount, 0) FROM (" + sql + ") y",
        chunk -> {
          for (long i = 0; i < chunk.rowCount(); i++) {
            int subject = chunk.vector(0).getInt(i);
            if (subject < 0) {
              nobody[0] = true;
            } else if (subject < span) {
              amounts[subject] += chunk.vector(1).getDouble(i);
            }
          }
        });
    return nobody[0] ? null : amounts;
  }
}
