package io.pulso.server.page.customer;

import io.pulso.server.page.Visit;
import org.jspecify.annotations.Nullable;

/// When somebody was last seen, in words.
final class Seen {
  private static final int LONG_AGO = 60;

  private Seen() {}

  /// @param last null for never
  static String words(Visit visit, @Nullable Integer last, int today) {
    if (last == null) {
      return visit.t("customers.seen_never");
    }
    int days = today - last;
    if (days <= 0) {
      return visit.t("customers.seen_today");
    }
    if (days == 1) {
      return visit.t("customers.seen_yesterday");
    }
    return days < LONG_AGO ? visit.t("customers.seen_days", "n", days) : visit.figures().day(last);
  }
}
