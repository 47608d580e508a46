package io.pulso.server.ingest;

import java.util.Locale;
import java.util.Map;

/// The names of subscription events by the words that other programs use.
final class SubscriptionWords {
  private static final Map<String, String> EVENTS =
      Map.ofEntries(
          Map.entry("started", "Subscription Started"),
          Map.entry("start", "Subscription Started"),
          Map.entry("new", "Subscription Started"),
          Map.entry("created", "Subscription Started"),
          Map.entry("active", "Subscription Started"),
          Map.entry("renewed", "Subscription Renewed"),
          Map.entry("renewal", "Subscription Renewed"),
          Map.entry("upgraded", "Subscription Upgraded"),
          Map.entry("upgrade", "Subscription Upgraded"),
          Map.entry("expansion", "Subscription Upgraded"),
          Map.entry("downgraded", "Subscription Downgraded"),
          Map.entry("downgrade", "Subscription Downgraded"),
          Map.entry("contraction", "Subscription Downgraded"),
          Map.entry("cancelled", "Subscription Cancelled"),
          Map.entry("canceled", "Subscription Cancelled"),
          Map.entry("cancel", "Subscription Cancelled"),
          Map.entry("churned", "Subscription Cancelled"),
          Map.entry("churn", "Subscription Cancelled"),
          Map.entry("ended", "Subscription Cancelled"));

  private SubscriptionWords() {}

  /// The reserved name that a word means, else the word itself.
  static String event(String word) {
    return EVENTS.getOrDefault(word.strip().toLowerCase(Locale.ROOT), word);
  }
}
