package io.pulso.server.page.customer;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The icon that stands for an event, by the beginning of its name.
final class EventIcons {
  private static final List<Map.Entry<String, String>> BY_START =
      List.of(
          Map.entry("Email", "mail"),
          Map.entry("SMS", "message"),
          Map.entry("Push", "bell"),
          Map.entry("Order", "shopping-cart"),
          Map.entry("Subscription", "credit-card"),
          Map.entry("Ticket", "ticket"),
          Map.entry("Survey", "star"),
          Map.entry("Session", "login"),
          Map.entry("Feature", "bolt"),
          Map.entry("Invite", "users"),
          Map.entry("Call", "phone"),
          Map.entry("Social", "speakerphone"),
          Map.entry("Error", "alert-triangle"),
          Map.entry("Integration", "plug"),
          Map.entry("Report", "file-text"));

  private EventIcons() {}

  static String of(String type, @Nullable String event) {
    if (type.equals("page")) {
      return "world";
    }
    if (type.equals("screen") || event == null) {
      return "device-desktop";
    }
    return BY_START.stream()
        .filter(each -> event.startsWith(each.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("activity");
  }
}
