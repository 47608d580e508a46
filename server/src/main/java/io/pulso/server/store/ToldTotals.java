package io.pulso.server.store;

/// Daily totals of an import beside those that its source told before: of each figure what was told
/// last stands. Rows of one file that speak of the same figure add up, and are one telling; the
/// rows of another file, or of a later import, are another one, and take their place. Who tells the
/// same again adds nothing.
final class ToldTotals {
  /// Two days, since the instants of one local day may be 25 hours apart.
  private static final long AROUND = 2 * 86_400_000_000L;

  /// Which figure it is: the first half of the message id.
  private static final String FIGURE = "substr(CAST(message AS VARCHAR), 1, 18)";

  private final Db db;
  private final int source;
  private final int number;

  /// @param number of the import
  ToldTotals(Db db, int source, int number) {
    this.db = db;
    this.source = source;
    this.number = number;
  }

  /// What became of totals.
  ///
  /// @param own rows of this import that do not stand
  /// @param replaced rows, of this import or earlier ones, in whose place others were told
  record Settled(long own, long replaced) {
    static final Settled NOTHING = new Settled(0, 0);
  }

  /// Removes what does not stand. Each import counts its removed rows as duplicates then.
  Settled settle() {
    String totals = "source = %d AND (flags & %d) <> 0".formatted(source, Incoming.FLAG_TOTAL);
    String ours = "import = %d AND %s".formatted(number, totals);
    if (db.number("SELECT COUNT(*) FROM event WHERE " + ours) == 0) {
      return Settled.NOTHING;
    }
    String near =
        """
        occurred_at >= (SELECT make_timestamptz(epoch_us(MIN(occurred_at)) - %1$d) FROM event WHERE %2$s)
          AND occurred_at <= (SELECT make_timestamptz(epoch_us(MAX(occurred_at)) + %1$d) FROM event WHERE %2$s)\
        """
            .formatted(AROUND, ours);
    db.run(
        """
        CREATE OR REPLACE TEMP TABLE told AS
        SELECT figure, import, received_at, COALESCE(said = before, FALSE) AS again FROM (
          SELECT *, LAG(said) OVER (PARTITION BY figure ORDER BY import, received_at) AS before FROM (
            SELECT %1$s AS figure, import, received_at, list_sort(list(COALESCE(CAST(value AS VARCHAR), ''))) AS said
            FROM event WHERE %2$s AND %3$s
              AND %1$s IN (SELECT %1$s FROM event WHERE %4$s)
            GROUP BY ALL))
        """
            .formatted(FIGURE, totals, near, ours));
    // Of what was told several times in a row the first telling stays.
    db.run(
        """
        CREATE OR REPLACE TEMP TABLE untold AS
        SELECT e.import, e.seq, t.again FROM (
          SELECT *, NOT again AND ROW_NUMBER() OVER (PARTITION BY figure, again ORDER BY import DESC, received_at DESC) = 1 AS stands
          FROM told) t
        JOIN event e ON %s = t.figure AND e.import = t.import AND e.received_at = t.received_at
        WHERE NOT t.stands AND %s AND %s
        """
            .formatted(FIGURE.replace("message", "e.message"), totals, near));
    if (db.number("SELECT COUNT(*) FROM untold") > 0) {
      KeptFacts.changedFrom(db, db.number("SELECT MIN(import) FROM untold"));
    }
    db.run("DELETE FROM event WHERE (import, seq) IN (SELECT (import, seq) FROM untold)");
    db.run(
        """
        UPDATE import SET stored = stored - u.rows, duplicates = duplicates + u.rows
        FROM (SELECT import AS no, COUNT(*) AS rows FROM untold GROUP BY import) u WHERE u.no = import.no
        """);
    Settled settled =
        new Settled(
            db.number("SELECT COUNT(*) FROM untold WHERE import = " + number),
            db.number("SELECT COUNT(*) FROM untold WHERE NOT again"));
    db.run("DROP TABLE told");
    db.run("DROP TABLE untold");
    return settled;
  }
}
