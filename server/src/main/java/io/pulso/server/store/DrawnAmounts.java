package io.pulso.server.store;

import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.Draws;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Formula;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Place;
import io.pulso.engine.sql.DrawnSql;
import io.pulso.engine.sql.DuckDb;
import io.pulso.engine.sql.FactSql;
import io.pulso.engine.time.LocalDays;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What each of those that are drawn for an interval, such as customers, adds to a metric.
public final class DrawnAmounts {
  private static final int NOBODY = -1;

  private final Db db;
  private final LocalDays days;
  private final Tables tables;

  DrawnAmounts(Db db, LocalDays days, Tables tables) {
    this.db = db;
    this.days = days;
    this.tables = tables;
  }

  /// By period and part, in one query.
  ///
  /// @param by what the parts are told by; null for one part
  /// @param most how many there may be in all periods and parts together
  /// @return null where there are more
  public @Nullable Map<Place, Each> of(
      Draws draws, Every every, List<Period> periods, @Nullable Path by, int most) {
    Measure per = draws.per();
    if (Formula.isOfSessions(draws.over()) || (per != null && Formula.isOfSessions(per))) {
      new SessionMaking(db, days, tables).ensure();
    }
    String sql =
        DrawnSql.print(
            draws,
            FactSql.Question.of(every, periods, by, days, tables.prefix()),
            tables.kept(db, days),
            new DuckDb());
    Map<Place, Each> found = new HashMap<>();
    int[] read = {0};
    BySubject.group(
        db,
        () ->
            db.chunks(
                "SELECT CAST(period AS INTEGER), part, %s, above, below FROM (%s) AS each_one LIMIT %d"
                    .formatted(
                        draws.of() == null
                            ? "COALESCE(CAST(drawn AS INTEGER), -1)"
                            : "CASE WHEN drawn IS NULL THEN -1 ELSE 0 END",
                        sql,
                        most + 1L),
                chunk -> {
                  var part = chunk.vector(1);
                  for (long i = 0; i < chunk.rowCount(); i++) {
                    found
                        .computeIfAbsent(
                            new Place(
                                chunk.vector(0).getInt(i),
                                part.isNull(i) ? null : part.getString(i)),
                            ignored -> new Each())
                        .add(
                            chunk.vector(2).getInt(i),
                            chunk.vector(3).getDouble(i),
                            chunk.vector(4).getDouble(i));
                  }
                  read[0] += (int) chunk.rowCount();
                }));
    return read[0] > most ? null : found;
  }

  /// What each adds in one period and part, in no order.
  public static final class Each {
    private static final int FEW = 8;

    private int size;
    private int[] numbers = new int[FEW];
    private double[] over = new double[FEW];
    private double[] per = new double[FEW];
    private boolean nobodys;

    private void add(int number, double above, double below) {
      if (above == 0 && below == 0) {
        return;
      }
      if (number == NOBODY) {
        nobodys = true;
        return;
      }
      if (size == numbers.length) {
        int more = size * 2;
        numbers = Arrays.copyOf(numbers, more);
        over = Arrays.copyOf(over, more);
        per = Arrays.copyOf(per, more);
      }
      numbers[size] = number;
      over[size] = above;
      per[size] = below;
      size++;
    }

    /// Of some customers alone.
    public Each among(BitSet members) {
      Each some = new Each();
      for (int i = 0; i < size; i++) {
        if (members.get(numbers[i])) {
          some.add(numbers[i], over[i], per[i]);
        }
      }
      return some;
    }

    /// What each adds, above the line where there is one.
    public double[] over() {
      return Arrays.copyOf(over, size);
    }

    /// What each adds below the line.
    public double[] per() {
      return Arrays.copyOf(per, size);
    }

    /// Whether some of it is nobody's.
    public boolean isPartlyNobodys() {
      return nobodys;
    }
  }
}
