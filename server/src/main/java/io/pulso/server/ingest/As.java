package io.pulso.server.ingest;

import io.pulso.engine.yaml.Nearest;
import io.pulso.server.event.InputException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What the rows of a table are about.
public enum As {
  EVENTS,
  /// Facts about customers: one identify call a row.
  TRAITS,
  /// Facts about accounts: one group call a row, of nobody.
  ACCOUNTS,
  /// Who belongs to which account: one group call a row.
  MEMBERSHIPS,
  /// Subscription Started, Renewed, Upgraded, Downgraded, Cancelled: one event for each of these
  /// days in a row, or one a row that names the event.
  SUBSCRIPTIONS,
  /// Campaign Cost events, about nobody.
  CAMPAIGN_COSTS,
  /// Metric Reported events, about nobody: a day with one metric a row, or one a column.
  METRICS_DAILY;

  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static As read(String word) {
    for (As as : values()) {
      if (as.word().equals(word)) {
        return as;
      }
    }
    List<String> words = Arrays.stream(values()).map(As::word).toList();
    throw new InputException(
        "rows cannot be imported as '" + word + "'" + Nearest.hint(word, words));
  }
}
