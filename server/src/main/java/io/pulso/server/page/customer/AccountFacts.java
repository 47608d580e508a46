package io.pulso.server.page.customer;

import io.pulso.engine.json.Json;
import io.pulso.server.page.Visit;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/// What the traits of an account say to people: `owner`, `tier`, `renewal_date`, and `mrr` in the
/// smallest unit of `currency`.
final class AccountFacts {
  private final Visit visit;
  private final Json.Obj traits;

  AccountFacts(Visit visit, Json.Obj traits) {
    this.visit = visit;
    this.traits = traits;
  }

  String owner() {
    return Named.text(traits.get("owner"));
  }

  String tier() {
    return Named.text(traits.get("tier"));
  }

  /// Monthly recurring revenue; empty where it is not known.
  String mrr() {
    if (!(traits.get("mrr") instanceof Json.Num(double amount))) {
      return "";
    }
    Currency currency = currency();
    if (currency == null) {
      return visit.figures().decimal(amount / 100, 2);
    }
    NumberFormat format = NumberFormat.getCurrencyInstance(visit.language().locale());
    format.setCurrency(currency);
    int digits = Math.max(0, currency.getDefaultFractionDigits());
    BigDecimal whole = BigDecimal.valueOf(amount).movePointLeft(digits);
    format.setMinimumFractionDigits(whole.stripTrailingZeros().scale() <= 0 ? 0 : digits);
    format.setMaximumFractionDigits(digits);
    return format.format(whole);
  }

  private @Nullable Currency currency() {
    try {
      return traits.get("currency") instanceof Json.Str(String code)
          ? Currency.getInstance(code)
          : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// The day of renewal with the days until then; empty where it is not known.
  String renewal(int today) {
    if (!(traits.get("renewal_date") instanceof Json.Str(String text)) || text.length() < 10) {
      return "";
    }
    try {
      int day = Math.toIntExact(LocalDate.parse(text.substring(0, 10)).toEpochDay());
      String said = visit.figures().day(day);
      return day < today ? said : visit.t("account.renewal_in", "day", said, "n", day - today);
    } catch (DateTimeException e) {
      return text;
    }
  }
}
