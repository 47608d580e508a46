package io.pulso.server.sample;

/// What an account pays for.
///
/// @see Account#mrrCents()
enum Plan {
  TRIAL(0, 60),
  FREE(0, 60),
  TEAM(1200, 30),
  BUSINESS(2500, 10);

  /// Price of a seat and month in cents.
  final int price;

  /// Median hours in which support resolves a ticket.
  final double ticketHours;

  Plan(int price, double ticketHours) {
    this.price = price;
    this.ticketHours = ticketHours;
  }

  boolean isPaid() {
    return price > 0;
  }

  String word() {
    return switch (this) {
      case TRIAL -> "trial";
      case FREE -> "free";
      case TEAM -> "team";
      case BUSINESS -> "business";
    };
  }

  String tier() {
    return switch (this) {
      case TRIAL, FREE -> "tier-3";
      case TEAM -> "tier-2";
      case BUSINESS -> "tier-1";
    };
  }
}
