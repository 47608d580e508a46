package io.pulso.server.store;

import java.time.LocalDate;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the traits `owner` and `renewal_date` of customers or accounts say at the end of a day.
///
/// @param owned the numbers of those whom each person owns, by the person's address in lower case;
///   customers also by their account's owner
/// @param renewals those with a date of renewal that is soon, in the order of the dates; ten
///   thousand at most
public record Ownership(Map<String, BitSet> owned, List<Renewing> renewals) {
  public Ownership {
    owned = Map.copyOf(owned);
    renewals = List.copyOf(renewals);
  }

  /// The numbers of those whom a person owns.
  public BitSet of(String email) {
    BitSet found = owned.get(email.toLowerCase(Locale.ROOT));
    return found == null ? new BitSet() : found;
  }

  /// One that renews.
  ///
  /// @param name the trait `name`
  /// @param owner the trait `owner`
  /// @param mrr the trait `mrr`: money a month in the smallest unit of its currency
  /// @param currency the trait `currency`
  public record Renewing(
      int number,
      String id,
      LocalDate on,
      @Nullable String name,
      @Nullable String owner,
      @Nullable Long mrr,
      @Nullable String currency) {}
}
