package io.pulso.server.store;

/// Whose sessions are to be made anew: written in the transaction that changes what is stored.
final class SessionDue {
  /// Earlier than any event.
  private static final long ALWAYS = Long.MIN_VALUE / 2;

  private final Db db;
  private final Tables tables;

  SessionDue(Db db, Tables tables) {
    this.db = db;
    this.tables = tables;
  }

  /// Everybody's.
  void all() {
    db.run("DELETE FROM " + table());
    db.run("INSERT INTO %s VALUES (NULL, %d)".formatted(table(), ALWAYS));
  }

  /// All of some subjects.
  ///
  /// @param subjects a query of them
  void of(String subjects) {
    if (isAll()) {
      return;
    }
    db.run(
        "INSERT INTO %s SELECT subject, %d FROM (%s) x(subject)"
            .formatted(table(), ALWAYS, subjects));
  }

  /// Those that events of imports from this number on change.
  void after(int firstImport) {
    if (isAll()) {
      return;
    }
    db.run(
        """
        INSERT INTO %s SELECT COALESCE(m.subject, e.person), MIN(epoch_us(e.occurred_at))
        FROM event e LEFT JOIN %s m ON m.person = e.person
        WHERE e.import >= %d AND e.person IS NOT NULL GROUP BY 1
        """
            .formatted(table(), tables.name("merged"), firstImport));
  }

  /// How many subjects there are, some perhaps twice.
  long count() {
    return db.number("SELECT COUNT(*) FROM " + table());
  }

  boolean isAll() {
    return db.number("SELECT COUNT(*) FROM %s WHERE subject IS NULL".formatted(table())) > 0;
  }

  void clear() {
    db.run("DELETE FROM " + table());
  }

  String table() {
    return tables.name("session_due");
  }
}
