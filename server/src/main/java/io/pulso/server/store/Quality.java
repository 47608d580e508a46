package io.pulso.server.store;

import io.pulso.engine.model.Model;
import io.pulso.engine.time.LocalDays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/// The quality rules of a store: judging what is stored by them again, and removing copies of
/// messages. Each change renews what is derived from the records that it touches.
public final class Quality {
  private static final String SETTING = "quality_rules";

  private final Db db;
  private final LocalDays days;
  private final QualityState state;

  Quality(Db db, LocalDays days, QualityState state) {
    this.db = db;
    this.days = days;
    this.state = state;
  }

  /// The rules by which new records are judged.
  public QualityRules rules() {
    return state.rules;
  }

  /// Judges new records by these rules from now on. What is stored keeps its verdicts until
  /// [#apply].
  public void use(QualityRules rules) {
    state.rules = rules;
  }

  /// Whether all stored records were judged by the rules in use.
  public boolean isApplied() {
    return db.list(
            "SELECT value FROM setting WHERE name = '" + SETTING + "'", row -> row.getString(1))
        .equals(List.of(state.rules.fingerprint()));
  }

  /// Judges every stored record by the rules in use.
  ///
  /// @param models those whose roll-ups are kept up to date
  /// @return how many verdicts changed
  public long apply(Supplier<List<Model>> models) {
    return changing(models, () -> {});
  }

  /// Records that were let back in.
  public Readmissions readmissions() {
    return new Readmissions(db, this);
  }

  /// Records that are left out.
  public ExcludedRecords excluded() {
    return new ExcludedRecords(db);
  }

  /// Changes what verdicts depend on, and judges everything again.
  long changing(Supplier<List<Model>> models, Runnable change) {
    long[] changed = {0};
    db.transaction(() -> {
      change.run();
      ChangedRecords.create(db);
      changed[0] = judgeAll();
      renew(models.get());
    });
    return changed[0];
  }

  /// Judges everything again, in a transaction of the caller, with a `changed_record` of the
  /// caller.
  long judgeAll() {
    long changed = new Judging(db, days, state.rules).everything();
    db.run("DELETE FROM setting WHERE name = '" + SETTING + "'");
    db.run("INSERT INTO setting VALUES ('" + SETTING + "', ?)", state.rules.fingerprint());
    return changed;
  }

  private void renew(List<Model> models) {
    if (ChangedRecords.count(db) > 0) {
      new Renewal(db, days, new RollUps(db, days, Tables.NOW), models).again();
    }
    ChangedRecords.drop(db);
  }

  /// Judges the newest imports and renews what they touch.
  ///
  /// @param first the number of the first of them
  void after(int first, Renewal renewal) {
    if (state.rules.equals(QualityRules.NONE)) {
      renewal.after(first);
      return;
    }
    state.count(new Judging(db, days, state.rules).newest(first));
    renewal.after(first);
    if (ChangedRecords.count(db) > 0) {
      renewal.again();
    }
    ChangedRecords.drop(db);
  }

  /// As [#after], of a live batch.
  ///
  /// @param ids gives the ids of people by their numbers
  LiveChange live(int first, Renewal renewal, IntFunction<String> ids) {
    boolean judges = !state.rules.equals(QualityRules.NONE);
    if (judges) {
      state.count(new Judging(db, days, state.rules).newest(first));
    }
    LiveChange change = renewal.live(first, ids, judges && ChangedRecords.count(db) > 0);
    ChangedRecords.drop(db);
    return change;
  }

  /// Removes copies of messages that were not found when they came, since the original was older
  /// than what is kept in memory: the copy that was stored first stays.
  ///
  /// @param models those whose roll-ups are kept up to date
  /// @return how many copies were removed
  public long sweep(Supplier<List<Model>> models) {
    long[] removed = {0};
    db.transaction(() -> {
      ChangedRecords.create(db);
      removed[0] = new DuplicateSweep(db).run();
      if (removed[0] > 0) {
        // A copy may have made a run of events look like a machine's.
        judgeAll();
        renew(models.get());
      }
      ChangedRecords.drop(db);
    });
    state.sweep(removed[0]);
    return removed[0];
  }

  /// How many new records were left out for a reason since the store was opened.
  public long excludedSinceOpening(Exclusion reason) {
    return state.excluded(reason);
  }

  /// How many copies were removed since the store was opened.
  public long sweptSinceOpening() {
    return state.swept();
  }
}
