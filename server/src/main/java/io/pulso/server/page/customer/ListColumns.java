package io.pulso.server.page.customer;

import io.pulso.engine.model.Model;
import io.pulso.server.page.Visit;
import io.pulso.server.page.customer.ListView.Column;
import io.pulso.server.score.Sight;
import java.util.ArrayList;
import java.util.List;

/// The columns that a list can have.
final class ListColumns {
  private static final List<String> CUSTOMERS =
      List.of("score", "band", "trend", "account", "last_seen", "first_seen", "id");
  private static final List<String> ACCOUNTS =
      List.of("score", "band", "trend", "people", "breadth", "last_seen", "first_seen", "id");
  private static final List<String> USUAL_CUSTOMERS =
      List.of("score", "band", "trend", "account", "trait:plan", "last_seen");
  private static final List<String> USUAL_ACCOUNTS =
      List.of(
          "score", "band", "trend", "people", "breadth", "trait:tier", "trait:owner", "last_seen");
  private static final List<String> SORTED = List.of("score", "last_seen", "first_seen", "id");
  private static final String TRAIT = "trait:";

  private ListColumns() {}

  /// Those that are there to be chosen.
  ///
  /// @param traits the names of traits
  static List<Column> choices(Model.Subject kind, List<String> traits, Sight sight, Visit visit) {
    List<Column> found = new ArrayList<>();
    (kind == Model.Subject.CUSTOMER ? CUSTOMERS : ACCOUNTS)
        .forEach(key -> found.add(column(key, visit)));
    traits.stream()
        .filter(trait -> !trait.equals("name") && !sight.masks(trait))
        .forEach(trait -> found.add(column(TRAIT + trait, visit)));
    return found;
  }

  /// Those that a list has; the name always comes first, apart from these.
  static List<Column> shown(
      Model.Subject kind, ListState state, List<String> traits, Sight sight, Visit visit) {
    List<String> keys = state.all("column");
    List<Column> choices = choices(kind, traits, sight, visit);
    List<String> wanted =
        !keys.isEmpty() ? keys : kind == Model.Subject.CUSTOMER ? USUAL_CUSTOMERS : USUAL_ACCOUNTS;
    return choices.stream().filter(column -> wanted.contains(column.key())).toList();
  }

  private static Column column(String key, Visit visit) {
    boolean trait = key.startsWith(TRAIT);
    return new Column(
        key,
        trait ? key.substring(TRAIT.length()) : visit.t("customers.column_" + key),
        SORTED.contains(key) ? key : "",
        key.equals("people") || key.equals("breadth"));
  }
}
