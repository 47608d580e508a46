package io.pulso.server.ingest;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a workspace says of one of its sources: what may be kept of what it sends over HTTP, and
/// how much it may send.
///
/// @param consent the category that people must not have declined; null where it is not asked
/// @param ip what is kept of network addresses
/// @param parameters of URLs that are kept beside utm_*
/// @param redacted names of properties whose values are not kept
/// @param refused names of events that may not be sent with a browser key
/// @param signed whether a browser must prove who its user is
/// @param channel the channel of events that tell none themselves
public record SourceRules(
    @Nullable String consent,
    Ip ip,
    Set<String> parameters,
    Set<String> redacted,
    Set<String> refused,
    boolean signed,
    @Nullable String channel,
    Most most) {
  /// Names of properties that nobody should send.
  public static final Set<String> REDACTED =
      Set.of(
          "password",
          "passwd",
          "pwd",
          "passphrase",
          "secret",
          "client_secret",
          "token",
          "access_token",
          "refresh_token",
          "id_token",
          "auth_token",
          "authorization",
          "api_key",
          "private_key",
          "cookie",
          "card",
          "card_number",
          "credit_card",
          "credit_card_number",
          "cvc",
          "cvv",
          "pin",
          "iban",
          "account_number",
          "ssn",
          "social_security_number",
          "passport",
          "passport_number");

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

  public static final SourceRules DEFAULT =
      new SourceRules(null, Ip.TRUNCATE, Set.of(), REDACTED, REFUSED, false, null, Most.DEFAULT);

  /// What is kept of a network address.
  public enum Ip {
    KEEP,
    /// The network: 24 bits of an IPv4 address, 48 of an IPv6 address.
    TRUNCATE,
    DROP
  }

  /// How much a source may bring over HTTP.
  ///
  /// @param names of events
  /// @param keys of properties
  /// @param visitors anonymous ones that are new, each minute and network address
  public record Most(int names, int keys, int visitors) {
    public static final Most DEFAULT = new Most(5_000, 500, 100);
  }

  public SourceRules {
    parameters = Set.copyOf(parameters);
    redacted = Set.copyOf(redacted);
    refused = Set.copyOf(refused);
  }

  /// Names that are no properties' names for redaction: their values count.
  public static List<String> counted() {
    return List.of("value", "revenue", "total", "channel");
  }
}
