package io.pulso.server.page.overview;

import io.pulso.engine.model.Band;
import io.pulso.engine.model.Model;
import io.pulso.engine.score.Bands;
import io.pulso.engine.score.Kernel;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.score.InUse;
import io.pulso.server.store.Ownership;
import io.pulso.server.summary.Board;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.BitSet;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Accounts that renew soon, or customers where no account does, with what their scores say.
final class Renewals {
  private static final int MOST = 50;

  private final Site site;
  private final Visit visit;
  private final Board board;
  private final Onlooker onlooker;
  private final Model.Subject kind;

  Renewals(Site site, Visit visit, Onlooker onlooker) {
    this.site = site;
    this.visit = visit;
    this.board = onlooker.board();
    this.onlooker = onlooker;
    this.kind =
        ownership(Model.Subject.ACCOUNT).renewals().isEmpty()
                && !ownership(Model.Subject.CUSTOMER).renewals().isEmpty()
            ? Model.Subject.CUSTOMER
            : Model.Subject.ACCOUNT;
  }

  private Ownership ownership(Model.Subject of) {
    Ownership found = board.ownership().get(of);
    return found == null ? new Ownership(Map.of(), List.of()) : found;
  }

  /// Those within some days.
  ///
  /// @param mine whether only the reader's own
  List<TodayView.Renewal> within(int days, boolean mine) {
    BitSet own = mine ? ownership(kind).of(visit.person().email()) : null;
    Stream<Ownership.Renewing> found =
        ownership(kind).renewals().stream()
            .filter(each -> each.on().toEpochDay() <= board.day() + days)
            .filter(each -> own == null || own.get(each.number()));
    List<Ownership.Renewing> all = found.toList();
    BitSet seen = onlooker.seen(kind, all.stream().mapToInt(Ownership.Renewing::number).toArray());
    InUse use = use();
    return all.stream()
        .filter(each -> seen.get(each.number()))
        .limit(MOST)
        .map(each -> renewal(each, use))
        .toList();
  }

  /// The most important model of that kind; null where there is none.
  private @Nullable InUse use() {
    return board.glances().stream()
        .filter(each -> each.line().subject() == kind)
        .map(each -> each.line().today())
        .findFirst()
        .orElse(null);
  }

  private TodayView.Renewal renewal(Ownership.Renewing each, @Nullable InUse use) {
    String told = each.name();
    boolean named = told != null && !told.isBlank() && !visit.sight().masks("name");
    String name = named && told != null ? told : each.id();
    int day = Math.toIntExact(each.on().toEpochDay());
    Long score = use == null ? null : site.parts().live().score(use, each.number(), board.day());
    Long scored = score == null || !Kernel.isScore(score) ? null : score;
    Band band = scored == null || use == null ? null : Bands.of(use.model()).band(scored);
    String owner = each.owner();
    return new TodayView.Renewal(
        name,
        named ? each.id() : "",
        onlooker.page(kind, each.number()),
        visit.figures().day(day),
        visit.t("today.in_days", "n", day - board.day()),
        owner == null || visit.sight().masks("owner") ? "" : owner,
        money(each),
        scored == null ? null : visit.figures().points(scored),
        band == null || use == null ? null : BandLook.of(visit, use.model().bands(), band),
        band != null && !band.engaged());
  }

  private String money(Ownership.Renewing each) {
    Long mrr = each.mrr();
    String code = each.currency();
    if (mrr == null || visit.sight().masks("mrr")) {
      return "";
    }
    NumberFormat format = NumberFormat.getCurrencyInstance(visit.language().locale());
    Currency currency = currency(code);
    if (currency == null) {
      return visit.figures().decimal(mrr / 100.0, 2);
    }
    format.setCurrency(currency);
    format.setMaximumFractionDigits(0);
    return format.format(BigDecimal.valueOf(mrr, Math.max(0, currency.getDefaultFractionDigits())));
  }

  private static @Nullable Currency currency(@Nullable String code) {
    return code == null
        ? null
        : Currency.availableCurrencies()
            .filter(each -> each.getCurrencyCode().equalsIgnoreCase(code))
            .findFirst()
            .orElse(null);
  }

  boolean isThere() {
    return !ownership(kind).renewals().isEmpty();
  }
}
