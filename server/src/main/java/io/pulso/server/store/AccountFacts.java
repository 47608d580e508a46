package io.pulso.server.store;

import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.Cell;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Place;
import io.pulso.engine.model.Unit;
import io.pulso.engine.sql.DuckDb;
import io.pulso.engine.sql.UnitSql;
import io.pulso.engine.time.LocalDays;
import java.math.BigDecimal;
import java.util.BitSet;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What accounts are at the end of days, for metrics.
public final class AccountFacts {
  /// Of a currency that is not known, as of most.
  private static final int USUAL_DIGITS = 2;

  private static final String CURRENCY =
      "COALESCE(json_extract_string(a.traits, '$.currency'), '')";
  private static final String MRR = "TRY_CAST(json_extract_string(a.traits, '$.mrr') AS BIGINT)";

  private final Db db;
  private final LocalDays days;
  private final Tables tables;

  AccountFacts(Db db, LocalDays days, Tables tables) {
    this.db = db;
    this.days = days;
    this.tables = tables;
  }

  private record Row(@Nullable String part, String currency, long n, long known, long minor) {}

  /// Counts accounts and adds up what they pay a month, at the last day of each period.
  ///
  /// @param by a trait of accounts; null for one part
  public Map<Place, Cell> count(Measure.Accounts what, List<Period> periods, @Nullable Path by) {
    Map<Place, Cell> cells = new HashMap<>();
    for (Period period : periods) {
      for (Row row : rows(what, period.last(), by)) {
        cells.merge(
            new Place(period.first(), row.part()),
            Cell.sum(
                what.mrr() ? row.known() : row.n(),
                BigDecimal.valueOf(row.minor(), digits(row.currency()))),
            (a, b) -> Cell.sum(a.n() + b.n(), a.total().add(b.total())));
      }
    }
    return cells;
  }

  /// As the other one, of one period, by groups of accounts.
  ///
  /// @param groups the numbers of accounts, by part
  public Map<Place, Cell> count(Measure.Accounts what, Period period, Map<String, BitSet> groups) {
    Map<Place, Cell> cells = new HashMap<>();
    for (Each each : each(what, period.last())) {
      Cell cell =
          Cell.sum(
              what.mrr() && each.minor() == null ? 0 : 1,
              each.minor() == null
                  ? BigDecimal.ZERO
                  : BigDecimal.valueOf(each.minor(), digits(each.currency())));
      groups.forEach((part, among) -> {
        if (among.get(each.number())) {
          cells.merge(
              new Place(period.first(), "s:" + part),
              cell,
              (a, b) -> Cell.sum(a.n() + b.n(), a.total().add(b.total())));
        }
      });
    }
    return cells;
  }

  private record Each(int number, String currency, @Nullable Long minor) {}

  private List<Each> each(Measure.Accounts what, int day) {
    return db.list(
        "SELECT x.no, %s, %s %s".formatted(CURRENCY, MRR, from(day, what.renewing())),
        row -> new Each(row.getInt(1), row.getString(2), Db.orNull(row, 3)));
  }

  private String from(int day, @Nullable Integer ahead) {
    String renewing =
        ahead == null
            ? ""
            : "AND datediff('day', DATE '1970-01-01', TRY_CAST(left(json_extract_string(a.traits, '$.renewal_date'), 10) AS DATE)) BETWEEN %d AND %d"
                .formatted(day + 1, day + ahead);
    return "FROM %1$s x LEFT JOIN %2$s a ON a.account = x.no AND a.from_at <= %3$s AND a.to_at > %3$s WHERE x.first_day <= %4$d %5$s"
        .formatted(
            tables.name("account_subject"),
            tables.name("account_state"),
            new DuckDb().instant(days.end(day) - 1),
            day,
            renewing);
  }

  private List<Row> rows(Measure.Accounts what, int day, @Nullable Path by) {
    DuckDb dialect = new DuckDb();
    String part =
        by == null
            ? "CAST(NULL AS STRING)"
            : UnitSql.distinctKey(new Unit.Distinct(by), new StateColumns(), dialect);
    return db.list(
        """
        SELECT part, currency, COUNT(*), COUNT(mrr), CAST(COALESCE(SUM(mrr), 0) AS BIGINT)
        FROM (SELECT %s AS part, %s AS currency, %s AS mrr %s)
        GROUP BY part, currency
        """
            .formatted(part, CURRENCY, MRR, from(day, what.renewing())),
        row ->
            new Row(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5)));
  }

  private static int digits(String code) {
    return Currency.availableCurrencies()
        .filter(each -> each.getCurrencyCode().equals(code.toUpperCase(Locale.ROOT)))
        .map(Currency::getDefaultFractionDigits)
        .filter(digits -> digits >= 0)
        .findFirst()
        .orElse(USUAL_DIGITS);
  }
}
