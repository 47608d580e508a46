package io.pulso.server.store;

import io.pulso.engine.expr.ConditionNames;
import io.pulso.engine.expr.Path;
import io.pulso.engine.model.Activity;
import io.pulso.engine.model.ActivityKey;
import io.pulso.engine.model.Model;
import io.pulso.engine.sql.RollUpSql;
import io.pulso.engine.time.LocalDays;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/// Brings what is derived up to date after an import: links, subjects, traits, and the roll-ups of
/// the models in use. Roll-ups that no model uses are dropped.
final class Renewal {
  /// Beyond this share of new rows, and this number of them, everything is made anew.
  private static final int SHARE = 10;

  private static final long MANY = 10_000;

  private final Db db;
  private final LocalDays days;
  private final RollUps rollUps;
  private final List<Model> models;

  Renewal(Db db, LocalDays days, RollUps rollUps, List<Model> models) {
    this.db = db;
    this.days = days;
    this.rollUps = rollUps;
    this.models = models;
  }

  /// Makes everything anew.
  void all() {
    new Derivation(db, days, Tables.NOW).run();
    touch(TouchedDays.ALL);
    KeptFacts.clear(db);
    db.run("DELETE FROM rollup");
    db.run("DELETE FROM rollup_tail");
    db.run("DELETE FROM rollup_activity");
    build();
  }

  /// Renews what the newest imports change; the roll-ups have no tail afterwards.
  ///
  /// @param first the number of the first of them
  void after(int first) {
    long added = db.number("SELECT COUNT(*) FROM event WHERE import >= " + first);
    RollUpTail tail = new RollUpTail(db);
    if (added > MANY && added * SHARE > db.number("SELECT COUNT(*) FROM event")) {
      new Derivation(db, days, Tables.NOW).run();
      touch(TouchedDays.ALL);
      List<RollUpSql.Read> kept = dropUnused();
      db.run("DELETE FROM rollup");
      db.run("DELETE FROM rollup_tail");
      if (!kept.isEmpty()) {
        rollUps.read(kept);
      }
    } else {
      add(first, tail).end();
      tail.fold();
    }
    build();
  }

  private SessionMaking sessions() {
    return new SessionMaking(db, days, Tables.NOW);
  }

  /// As [#after], leaving a tail that grows with each batch until it is worth while to sum it up.
  ///
  /// @param ids gives the ids of people by their numbers
  /// @param judged whether records in `changed_record` are judged otherwise than before
  LiveChange live(int first, IntFunction<String> ids, boolean judged) {
    Set<String> before = rollUps.numbers().keySet();
    RollUpTail tail = new RollUpTail(db);
    Increment increment = add(first, tail);
    if (judged) {
      change(increment, tail);
    }
    build();
    boolean others = !rollUps.numbers().keySet().equals(before);
    ChangeReader reader = new ChangeReader(db, ids);
    AccountChange accounts =
        models.stream().anyMatch(model -> model.subject() == Model.Subject.ACCOUNT)
            ? reader.accounts(first, judged)
            : AccountChange.NONE;
    LiveChange change = reader.read(accounts, increment.states(), others);
    increment.end();
    tail.squeeze();
    sessions().runIfMany();
    return change;
  }

  /// Renews the subjects whose records are let in, left out or removed: those in `changed_record`.
  void again() {
    long changed = ChangedRecords.count(db);
    if (changed > MANY && changed * SHARE > db.number("SELECT COUNT(*) FROM event")) {
      all();
      return;
    }
    RollUpTail tail = new RollUpTail(db);
    Increment increment = new Increment(db, days, 0);
    change(increment, tail);
    increment.end();
    tail.fold();
    build();
    sessions().runIfMany();
  }

  private void touch(int firstDay) {
    new TouchedDays(db).touch(firstDay);
  }

  /// Renews the subjects that the ids of a link belong to, after somebody undid it or let it hold
  /// again.
  void relinked(int person, int target) {
    RollUpTail tail = new RollUpTail(db);
    Increment increment = new Increment(db, days, 0);
    increment.relinked(person, target);
    touch(TouchedDays.ALL);
    replace(tail);
    increment.end();
    build();
  }

  private void change(Increment increment, RollUpTail tail) {
    KeptFacts.changedFrom(db, db.number("SELECT MIN(import) FROM changed_record"));
    increment.changed();
    touch(increment.firstTouched());
    replace(tail);
  }

  /// Reads the units of the subjects in `again_subject` anew.
  private void replace(RollUpTail tail) {
    List<RollUpSql.Read> kept = dropUnused();
    if (!kept.isEmpty()) {
      tail.replace(
          rollUps.print(kept, Increment.AGAIN, null, null),
          kept,
          "SELECT subject FROM again_subject",
          null);
      tail.write();
    }
  }

  /// Renews what hangs on accounts after the records of a person were removed: those in
  /// `touched_account`, and the people in `touched_person`, who are `touched_subject`.
  void erased() {
    touch(TouchedDays.ALL);
    String accounts = "SELECT account FROM touched_account";
    new SubjectRows(db, days, Tables.NOW).accountsAgain(accounts);
    new StateRows(db, Tables.NOW).ofAccounts(accounts);
    List<RollUpSql.Read> kept = dropUnused();
    if (!kept.isEmpty() && db.number("SELECT COUNT(*) FROM touched_person") > 0) {
      RollUpTail tail = new RollUpTail(db);
      tail.replace(
          rollUps.print(kept, "(SELECT person FROM touched_person)", null, null),
          kept,
          "SELECT subject FROM touched_subject",
          null);
      tail.write();
    }
    new RollUpTail(db).fold();
    build();
  }

  /// Renews what hangs on events after all of some sources up to a local day were removed.
  void removed(int lastDay) {
    touch(TouchedDays.ALL);
    new SubjectRows(db, days, Tables.NOW).all();
    new RollUpTail(db).fold();
    List<RollUpSql.Read> kept = dropUnused();
    int first = (int) db.number("SELECT COALESCE(MIN(day), 0) FROM rollup");
    if (!kept.isEmpty() && first <= lastDay) {
      db.run("DELETE FROM rollup WHERE day <= ?", lastDay);
      if (db.number("SELECT COUNT(*) FROM event") > 0) {
        rollUps.read(kept, RollUpSql.Days.of(first, lastDay, days));
      }
    }
    build();
    if (db.number("SELECT COUNT(*) FROM session WHERE day <= ?", lastDay) > 0) {
      new SessionDue(db, Tables.NOW).all();
    }
  }

  private Increment add(int first, RollUpTail tail) {
    List<RollUpSql.Read> kept = dropUnused();
    Increment increment = new Increment(db, days, first);
    increment.run(uses(kept));
    touch(increment.firstTouched());
    if (!kept.isEmpty()) {
      plain(kept, increment, tail);
      again(kept, increment, tail);
      tail.write();
    }
    return increment;
  }

  private static Increment.Uses uses(List<RollUpSql.Read> reads) {
    boolean accountTraits = reads(reads, Path.Root.ACCOUNT);
    boolean accounts = accountTraits || reads.stream().anyMatch(RollUpSql.Read::perAccount);
    return new Increment.Uses(reads(reads, Path.Root.TRAITS), accounts, accountTraits);
  }

  private static boolean reads(List<RollUpSql.Read> reads, Path.Root root) {
    return reads.stream()
        .anyMatch(read ->
            read.activity() != null
                && ConditionNames.reads(read.activity().match().condition(), root));
  }

  /// New events of subjects of whom nothing else has changed add to what is there, but for distinct
  /// values, of which some may have been seen on the day.
  private void plain(List<RollUpSql.Read> kept, Increment increment, RollUpTail tail) {
    Increment.Span span = increment.plain();
    if (span == null) {
      return;
    }
    RollUpSql.Days range = range(span);
    List<RollUpSql.Read> sums = kept.stream().filter(read -> !read.distinct()).toList();
    if (!sums.isEmpty()) {
      tail.add(rollUps.print(sums, Increment.PLAIN, range, increment.first()));
    }
    List<RollUpSql.Read> distinct = kept.stream().filter(RollUpSql.Read::distinct).toList();
    if (!distinct.isEmpty()) {
      tail.replace(
          rollUps.print(distinct, Increment.PLAIN, range, null),
          distinct,
          "SELECT subject FROM touched_subject WHERE subject NOT IN (SELECT subject FROM again_subject)",
          range);
    }
  }

  private void again(List<RollUpSql.Read> kept, Increment increment, RollUpTail tail) {
    Increment.Span span = increment.again();
    if (span != null) {
      RollUpSql.Days range = range(span);
      tail.replace(
          rollUps.print(kept, Increment.AGAIN, range, null),
          kept,
          "SELECT subject FROM again_subject",
          range);
    }
  }

  private RollUpSql.Days range(Increment.Span span) {
    // Clocks that are set back at midnight repeat a day.
    return RollUpSql.Days.of(days.day(span.from()) - 1, days.day(span.to()) + 1, days);
  }

  private void build() {
    models.forEach(rollUps::ensureInTransaction);
  }

  /// Drops roll-ups that no model uses and gives the others.
  private List<RollUpSql.Read> dropUnused() {
    Map<String, Integer> numbers = rollUps.numbers();
    Map<String, RollUpSql.Read> used = new HashMap<>();
    for (Model model : models) {
      boolean perAccount = model.subject() == Model.Subject.ACCOUNT;
      for (Activity activity : RollUps.read(model)) {
        String key = ActivityKey.of(activity, model.subject());
        Integer number = numbers.get(key);
        if (number != null) {
          used.put(key, new RollUpSql.Read(number, activity, perAccount));
        }
      }
    }
    Set<Integer> gone = new HashSet<>();
    List<RollUpSql.Read> kept = new ArrayList<>(used.values());
    numbers.forEach((key, number) -> {
      if (number == RollUps.ACTIVE || number == RollUps.ACTIVE_IN_ACCOUNT) {
        kept.add(new RollUpSql.Read(number, null, number == RollUps.ACTIVE_IN_ACCOUNT));
      } else if (!used.containsKey(key)) {
        gone.add(number);
      }
    });
    for (int number : gone) {
      db.run("DELETE FROM rollup WHERE activity = ?", number);
      db.run("DELETE FROM rollup_tail WHERE activity = ?", number);
      db.run("DELETE FROM rollup_activity WHERE no = ?", number);
    }
    return kept;
  }
}
