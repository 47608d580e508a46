package io.pulso.server.page;

import io.pulso.server.people.Role;
import java.util.List;

/// The entries of the menu.
public final class Navigation {
  private Navigation() {}

  /// An entry.
  ///
  /// @param path its page
  /// @param key of its text
  /// @param group of entries it stands in
  /// @param least who sees it
  public record Item(String path, String key, String icon, Group group, Role least) {
    public boolean holds(String at) {
      return path.equals("/") ? at.equals("/") : at.equals(path) || at.startsWith(path + "/");
    }
  }

  /// Entries that belong together.
  public enum Group {
    FIRST,
    MEASURE,
    SHAPE,
    KEEP;

    public String key() {
      return "frame.group_" + name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  static final List<Item> ITEMS =
      List.of(
          new Item("/", "frame.today", "calendar-event", Group.FIRST, Role.VIEWER),
          new Item("/overview", "frame.overview", "layout-dashboard", Group.MEASURE, Role.VIEWER),
          new Item("/dashboards", "frame.dashboards", "table", Group.MEASURE, Role.VIEWER),
          new Item("/customers", "frame.customers", "users", Group.MEASURE, Role.VIEWER),
          new Item("/accounts", "frame.accounts", "building", Group.MEASURE, Role.VIEWER),
          new Item("/metric", "frame.metrics", "chart-line", Group.MEASURE, Role.VIEWER),
          new Item("/segments", "frame.segments", "tags", Group.MEASURE, Role.VIEWER),
          new Item("/journeys", "journeys.title", "route", Group.MEASURE, Role.VIEWER),
          new Item("/support", "journeys.support", "ticket", Group.MEASURE, Role.VIEWER),
          new Item("/campaigns", "frame.campaigns", "speakerphone", Group.MEASURE, Role.VIEWER),
          new Item("/surveys", "frame.surveys", "message", Group.MEASURE, Role.VIEWER),
          new Item("/calculators", "frame.calculators", "calculator", Group.MEASURE, Role.VIEWER),
          new Item("/data", "frame.data", "database", Group.KEEP, Role.VIEWER),
          new Item("/settings", "frame.settings", "settings", Group.KEEP, Role.VIEWER),
          new Item("/models", "frame.models", "adjustments", Group.SHAPE, Role.VIEWER));
}
