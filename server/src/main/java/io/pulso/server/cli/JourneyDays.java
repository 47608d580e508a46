package io.pulso.server.cli;

import io.pulso.engine.expr.Cel;
import io.pulso.engine.expr.Expression;
import io.pulso.engine.expr.ExpressionException;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Period;
import io.pulso.engine.model.Model;
import io.pulso.engine.yaml.Words;
import io.pulso.server.event.InputException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What commands about journeys have in common.
final class JourneyDays {
  private static final int MOST_DAYS = 3_660;
  private static final double MINUTE = 60;
  private static final double HOUR = 60 * MINUTE;
  private static final double DAY = 24 * HOUR;

  private JourneyDays() {}

  /// The days between two that are given or usual.
  static Period period(@Nullable String from, @Nullable String to, int usual, int yesterday) {
    int last = to == null ? yesterday : Dates.day("--to", to);
    int first = from == null ? last - usual + 1 : Dates.day("--from", from);
    Dates.ordered(first, last);
    if (last - first >= MOST_DAYS) {
      throw new InputException("at most 10 years are told: bring --from and --to nearer");
    }
    return new Period(first, last);
  }

  static Every every(@Nullable String every) {
    return switch (every) {
      case null -> Every.WEEK;
      case "day" -> Every.DAY;
      case "week" -> Every.WEEK;
      case "month" -> Every.MONTH;
      default ->
          throw new InputException("--every takes day, week or month, not " + Words.quote(every));
    };
  }

  static Model.Subject per(@Nullable String per) {
    return switch (per) {
      case null -> Model.Subject.CUSTOMER;
      case "customer" -> Model.Subject.CUSTOMER;
      case "account" -> Model.Subject.ACCOUNT;
      default ->
          throw new InputException("--per takes customer or account, not " + Words.quote(per));
    };
  }

  static @Nullable Expression match(String option, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return Cel.read(text, Cel.Scope.EVENT);
    } catch (ExpressionException e) {
      throw new InputException(option + ": " + e.getMessage(), e);
    }
  }

  static String percent(long some, long all) {
    return all == 0 ? "–" : String.format(Locale.ROOT, "%.1f %%", some * 100.0 / all);
  }

  /// Seconds in the greatest unit that they fill.
  static String time(@Nullable Double seconds) {
    if (seconds == null) {
      return "–";
    }
    if (seconds < MINUTE) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    if (seconds < HOUR) {
      return String.format(Locale.ROOT, "%.1f min", seconds / MINUTE);
    }
    return seconds < 2 * DAY
        ? String.format(Locale.ROOT, "%.1f h", seconds / HOUR)
        : String.format(Locale.ROOT, "%.1f d", seconds / DAY);
  }
}
