package io.pulso.server.store;

import io.pulso.engine.metric.Measure;
import io.pulso.engine.sql.DuckDb;
import io.pulso.engine.sql.KeptFact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Keeps rows of what metrics count, so that it need not be found among all events when somebody
/// asks. Events are read while others change the store; nobody waits but for the rows that are
/// added.
public final class FactKeeping {
  /// The rows of all facts together are at most this part of all events.
  private static final int SHARE = 2;

  /// So many rows are kept in any case.
  private static final long FEW = 1_000_000;

  /// How often a fact is tried whose events are changed meanwhile.
  private static final int TRIES = 3;

  private final Db db;
  private final KeptFacts kept;

  private final long few;

  FactKeeping(Db db, KeptFacts kept) {
    this(db, kept, FEW);
  }

  private FactKeeping(Db db, KeptFacts kept, long few) {
    this.db = db;
    this.kept = kept;
    this.few = few;
  }

  /// The same with another number of rows that are kept in any case.
  FactKeeping(FactKeeping like, long few) {
    this(like.db, like.kept, few);
  }

  /// Brings the rows up to date; tells how many were added. What is not asked for any more goes,
  /// and what would take too much room is left out.
  ///
  /// @param leaves what metrics count
  public long renew(List<Measure.Leaf> leaves) {
    List<KeptFact> wanted = together(leaves);
    db.transaction(() -> remove(wanted));
    countKinds();
    long most =
        Math.max(few, db.number("SELECT COALESCE(SUM(events), 0) FROM kind_events") / SHARE);
    long added = 0;
    wanted.sort(Comparator.comparingLong(this::mostRows));
    for (KeptFact fact : wanted) {
      long rows = db.number("SELECT COUNT(*) FROM fact_row");
      added += renew(fact, most - rows);
    }
    db.run("DROP TABLE kind_events");
    if (added > 0) {
      db.run("CHECKPOINT");
    }
    return added;
  }

  /// Whether much is to be read before the rows tell everything: a fact is new, or very many events
  /// came since.
  public boolean isDue(List<Measure.Leaf> leaves) {
    List<KeptFacts.Row> rows = kept.all();
    if (together(leaves).stream()
        .anyMatch(fact -> rows.stream().noneMatch(row -> row.fact().equals(fact)))) {
      return true;
    }
    int mark =
        rows.stream().mapToInt(KeptFacts.Row::mark).filter(each -> each >= 0).min().orElse(0);
    return db.number("SELECT COUNT(*) FROM event WHERE import > ?", mark) > FEW;
  }

  /// What the leaves read, with as few facts as tell it.
  private static List<KeptFact> together(List<Measure.Leaf> leaves) {
    List<KeptFact> facts = new ArrayList<>();
    leaves.stream()
        .map(leaf -> KeptFact.of(leaf, new DuckDb()))
        .filter(Objects::nonNull)
        .forEach(need -> add(facts, Objects.requireNonNull(need)));
    return facts;
  }

  private static void add(List<KeptFact> facts, KeptFact need) {
    for (int i = 0; i < facts.size(); i++) {
      KeptFact both = facts.get(i).with(need);
      if (both != null) {
        facts.set(i, both);
        return;
      }
    }
    facts.add(need);
  }

  private void remove(List<KeptFact> wanted) {
    for (KeptFacts.Row row : kept.all()) {
      if (!wanted.contains(row.fact())) {
        db.run("DELETE FROM kept_fact WHERE no = ?", row.no());
      }
    }
    db.run("DELETE FROM fact_row WHERE fact NOT IN (SELECT no FROM kept_fact)");
  }

  private void countKinds() {
    db.run(
        "CREATE OR REPLACE TEMP TABLE kind_events AS SELECT k.*, c.events FROM kind k JOIN (SELECT kind, COUNT(*) AS events FROM event GROUP BY kind) c ON c.kind = k.no");
  }

  /// How many events have a name that fits.
  private long mostRows(KeptFact fact) {
    return db.number("SELECT COALESCE(SUM(events), 0) FROM kind_events k WHERE " + fact.names());
  }

  /// Tells how many rows it has more than before.
  private long renew(KeptFact fact, long room) {
    for (int i = 0; i < TRIES; i++) {
      long changes = kept.changes();
      int last = (int) db.number("SELECT COALESCE(MAX(no), 0) FROM import");
      KeptFacts.Row row =
          kept.all().stream().filter(each -> each.fact().equals(fact)).findFirst().orElse(null);
      int mark = row == null ? 0 : Math.max(0, row.mark());
      if (row != null && mark == last) {
        return 0;
      }
      db.run(
          "CREATE OR REPLACE TEMP TABLE new_fact_row AS "
              + fact.rows("e.import > %d AND e.import <= %d".formatted(mark, last)));
      long rows = db.number("SELECT COUNT(*) FROM new_fact_row");
      boolean done =
          db.inTransaction(() -> {
            if (kept.changes() != changes) {
              return false;
            }
            add(fact, row, last, rows <= room);
            return true;
          });
      db.run("DROP TABLE new_fact_row");
      if (done) {
        return rows <= room ? rows : 0;
      }
    }
    return 0;
  }

  private void add(KeptFact fact, KeptFacts.@Nullable Row row, int last, boolean fits) {
    if (row != null) {
      db.run("DELETE FROM fact_row WHERE fact = ? AND import > ?", row.no(), row.mark());
    }
    if (!fits && row != null) {
      // What is kept goes on to be right; events since are read.
      return;
    }
    int no =
        row != null
            ? row.no()
            : (int)
                db.number(
                    "SELECT 1 + GREATEST((SELECT COALESCE(MAX(no), 0) FROM kept_fact), (SELECT COALESCE(MAX(fact), 0) FROM fact_row))");
    if (fits) {
      db.run(
          """
          INSERT INTO fact_row
          SELECT %d, person, source, import, seq, occurred_at, number, CAST(md5(value) AS UUID), message
          FROM new_fact_row ORDER BY occurred_at
          """
              .formatted(no));
    }
    db.run("DELETE FROM kept_fact WHERE no = ?", no);
    db.run(
        "INSERT INTO kept_fact VALUES (?, ?, ?, ?, ?, ?, ?)",
        no,
        fact.names(),
        fact.match(),
        fact.value(),
        fact.number(),
        fact.message(),
        fits ? last : -1);
  }
}
