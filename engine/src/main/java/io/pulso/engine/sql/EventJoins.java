package io.pulso.engine.sql;

/// What an event `e` is joined with: its kind `k`, and where they are needed its subject `m`,
/// source `s`, traits `t`, membership `b` and account `a`, each as of the event.
final class EventJoins {
  private static final String SUBJECT = "COALESCE(m.subject, e.person)";

  private EventJoins() {}

  /// @param subject whether to know whose event it is
  /// @param membership whether to know its account
  /// @param account whether to know the traits of its account
  record Needs(
      boolean subject, boolean source, boolean traits, boolean membership, boolean account) {}

  /// @param derived prefix of the names of the derived tables
  static String print(String derived, Needs needs) {
    return print("kind", derived, needs);
  }

  /// As the other one, with a table instead of that of all kinds.
  static String print(String kinds, String derived, Needs needs) {
    StringBuilder sql = new StringBuilder();
    sql.append("  JOIN " + kinds + " k ON k.no = e.kind\n");
    if (needs.source()) {
      sql.append("  JOIN source s ON s.no = e.source\n");
    }
    if (needs.subject() || needs.traits() || needs.membership() || needs.account()) {
      sql.append("  LEFT JOIN " + derived + "merged m ON m.person = e.person\n");
    }
    if (needs.traits()) {
      sql.append(state(derived + "trait_state", "t", "subject", SUBJECT));
    }
    if (needs.membership() || needs.account()) {
      sql.append(state(derived + "membership", "b", "subject", SUBJECT));
    }
    if (needs.account()) {
      sql.append(
          state(derived + "account_state", "a", "account", "COALESCE(e.account, b.account)"));
    }
    return sql.toString();
  }

  private static String state(String table, String alias, String key, String value) {
    return "  LEFT JOIN %s %s ON %s.%s = %s AND e.occurred_at >= %s.from_at AND e.occurred_at < %s.to_at\n"
        .formatted(table, alias, alias, key, value, alias, alias);
  }
}
