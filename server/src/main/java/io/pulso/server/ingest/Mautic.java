package io.pulso.server.ingest;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The points log of Mautic (`lead_points_change_log`), read by a mapping of its columns.
final class Mautic {
  private static final List<String> COLUMNS =
      List.of("lead_id", "action_name", "delta", "date_added");

  private Mautic() {}

  static boolean is(Collection<String> columns) {
    return columns.containsAll(COLUMNS);
  }

  static Map<String, String> mapping(Collection<String> columns) {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("customer", "lead_id");
    map.put("event", EVENT);
    map.put("value", "delta");
    map.put("time", "date_added");
    if (columns.contains("id")) {
      map.put("message_id", "\"mautic-points-\" + string(row.id)");
    }
    map.put("properties.action", "action_name");
    if (columns.contains("event_name")) {
      map.put("properties.event_name", "event_name");
    }
    if (columns.contains("type")) {
      map.put("properties.type", "type");
    }
    return map;
  }

  /// What the customer did to get the points; an action without a reserved name keeps its own.
  private static final String EVENT =
      """
      row.action_name == "email.open" ? "Email Opened" :
      row.action_name == "email.send" ? "Email Delivered" :
      row.action_name == "form.submit" ? "Form Submitted" :
      row.action_name == "asset.download" ? "Asset Downloaded" :
      row.action_name == "page.hit" || row.action_name == "url.hit" ? "Page Hit" :
      row.action_name\
      """;
}
