package io.pulso.testkit;

import io.pulso.engine.event.Event;
import io.pulso.engine.json.Json;
import java.util.Set;

/// The events that are not done by the customer, as scoring.md section 1 lists them.
final class PassiveEvents {
  private static final Set<String> ALWAYS =
      Set.of(
          "Email Delivered",
          "Email Bounced",
          "SMS Delivered",
          "SMS Bounced",
          "Push Delivered",
          "Push Bounced",
          "Survey Sent",
          "Order Refunded",
          "Subscription Renewed",
          "Campaign Cost",
          "Social Post Reached",
          "Score Adjusted");

  private static final Set<String> BY_AN_AGENT = Set.of("Ticket Replied", "Ticket Resolved");

  private PassiveEvents() {}

  static boolean isPassive(Event event) {
    String name = event.event();
    if (name == null) {
      return false;
    }
    Json agent = event.properties().get("agent");
    boolean byAnAgent = agent != null && !(agent instanceof Json.Null);
    return ALWAYS.contains(name) || (BY_AN_AGENT.contains(name) && byAnAgent);
  }
}
