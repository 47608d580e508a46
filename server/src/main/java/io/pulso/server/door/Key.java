package io.pulso.server.door;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.pulso.server.ingest.Terms;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A write key: for whom it stands, and what may be done with it.
///
/// @param id tells it from others; not its value
/// @param source the name of the source it belongs to
/// @param browser whether it is public, so that less may be done with it
/// @param origins the origins of the pages that may use a public key; empty for any
/// @param perMinute how many requests it may send a minute, a public key by each address; 0 for any
///   number
/// @param refused the names of events that may not be sent with a public key
/// @param channel the channel of events that tell none themselves
public record Key(
    String id,
    String source,
    boolean browser,
    Set<String> origins,
    int perMinute,
    Set<String> refused,
    @Nullable String channel) {
  /// Names about money, subscriptions, tickets and answers to surveys.
  public static final Set<String> REFUSED =
      Set.of(
          "Order Completed",
          "Order Updated",
          "Order Refunded",
          "Order Cancelled",
          "Campaign Cost",
          "Score Adjusted",
          "Trial Started",
          "Trial Ended",
          "Subscription Started",
          "Subscription Renewed",
          "Subscription Upgraded",
          "Subscription Downgraded",
          "Subscription Cancelled",
          "Ticket Created",
          "Ticket Replied",
          "Ticket Resolved",
          "Ticket Reopened",
          "Survey Answered");

  public Key {
    origins = origins.stream().map(o -> o.toLowerCase(Locale.ROOT)).collect(toUnmodifiableSet());
    refused = Set.copyOf(refused);
  }

  /// A secret key with all rights.
  public static Key server(String id, String source, int perMinute) {
    return new Key(id, source, false, Set.of(), perMinute, Set.of(), null);
  }

  /// A public key with the usual restrictions.
  public static Key browser(String id, String source, Set<String> origins, int perMinute) {
    return new Key(id, source, true, origins, perMinute, REFUSED, null);
  }

  Terms terms() {
    return new Terms(source, browser, refused, channel);
  }
}
