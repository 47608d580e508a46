package io.pulso.server.store;

import io.pulso.engine.expr.Condition;
import io.pulso.engine.metric.SubjectDays;
import io.pulso.engine.model.Activity;
import io.pulso.engine.model.Model;
import io.pulso.engine.score.RollUp;
import io.pulso.engine.score.RollUpBuilder;
import io.pulso.engine.score.SubjectUnits;
import io.pulso.engine.time.LocalDays;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The units of a model's activities, from roll-ups or, of `fit` models, from traits.
final class UnitReading {
  private final Db db;
  private final LocalDays days;
  private final Tables tables;
  private final RollUps rollUps;

  UnitReading(Db db, LocalDays days, Tables tables, RollUps rollUps) {
    this.db = db;
    this.days = days;
    this.tables = tables;
    this.rollUps = rollUps;
  }

  /// The units of each activity of a model between two days, both included, in the model's order.
  /// For a `fit` model that is one unit on the last day.
  ///
  /// @param span one more than the greatest number of a subject
  List<RollUp> units(Model model, int span, int from, int to) {
    if (model.method() == Model.Method.FIT) {
      return fitUnits(model, span, to);
    }
    List<Integer> numbers = rollUps.ensure(model);
    if (model.subject() == Model.Subject.CUSTOMER) {
      return rollUps.load(numbers, span, from, to);
    }
    return new AccountReading(db, days, tables).load(model, numbers, span, from, to);
  }

  /// As [#units], of one subject.
  SubjectUnits subjectUnits(Model model, int subject, int from, int to) {
    if (model.method() == Model.Method.FIT) {
      return new SubjectUnits(
          model.activities().stream()
              .map(a -> matching(model.subject(), a.match().condition(), to).get(subject))
              .map(yes ->
                  yes
                      ? new SubjectUnits.Days(new int[] {to}, new long[] {1000})
                      : new SubjectUnits.Days(new int[0], new long[0]))
              .toList());
    }
    List<Integer> numbers = rollUps.ensure(model);
    if (model.subject() == Model.Subject.CUSTOMER) {
      return rollUps.ofSubject(numbers, subject, from, to);
    }
    return new AccountReading(db, days, tables).ofAccount(model, numbers, subject, from, to);
  }

  /// As the other one, of some subjects at once, in their order.
  List<SubjectUnits> subjectUnits(Model model, int[] some, int from, int to) {
    if (model.method() == Model.Method.FIT) {
      List<RollUp> all = fitUnits(model, IntStream.of(some).max().orElse(-1) + 1, to);
      return IntStream.of(some)
          .mapToObj(each -> new SubjectUnits(all.stream().map(units -> units.of(each)).toList()))
          .toList();
    }
    if (some.length == 0) {
      return List.of();
    }
    List<Integer> numbers = rollUps.ensure(model);
    boolean customer = model.subject() == Model.Subject.CUSTOMER;
    String sql =
        customer
            ? "SELECT subject, activity, day, units FROM "
                + tables.units(
                    db,
                    "subject IN %s AND day BETWEEN %d AND %d"
                        .formatted(
                            IntStream.of(some)
                                .mapToObj(String::valueOf)
                                .collect(Collectors.joining(", ", "(", ")")),
                            from,
                            to))
            : "SELECT subject, activity, day, units FROM "
                + new AccountReading(db, days, tables).of(some).query(model, numbers, from, to);
    Map<Integer, Map<Integer, TreeMap<Integer, Long>>> found = new HashMap<>();
    db.list(sql, row -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)})
        .forEach(row ->
            found
                .computeIfAbsent((int) row[0], subject -> new HashMap<>())
                .computeIfAbsent((int) row[1], activity -> new TreeMap<>())
                .merge((int) row[2], row[3], Long::sum));
    List<Integer> places = customer ? numbers : IntStream.range(0, numbers.size()).boxed().toList();
    return IntStream.of(some)
        .mapToObj(each -> found.getOrDefault(each, Map.of()))
        .map(of ->
            new SubjectUnits(
                places.stream()
                    .map(place -> RollUps.days(of.getOrDefault(place, new TreeMap<>())))
                    .toList()))
        .toList();
  }

  /// The days on which customers, or anybody of accounts, were active.
  SubjectDays activeDays(Model.Subject subject, int span, int from, int to) {
    return subject == Model.Subject.CUSTOMER
        ? rollUps.active(span, from, to)
        : new AccountReading(db, days, tables).active(span, from, to);
  }

  private List<RollUp> fitUnits(Model model, int span, int day) {
    List<RollUp> found = new ArrayList<>();
    for (Activity activity : model.activities()) {
      RollUpBuilder builder = RollUp.builder(span);
      BitSet matching = matching(model.subject(), activity.match().condition(), day);
      matching.stream().filter(s -> s < span).forEach(s -> builder.add(s, day, 1000));
      found.add(builder.build());
    }
    return found;
  }

  /// The subjects that were active, or of which anybody was, between two days, both included.
  BitSet active(Model model, int from, int to) {
    rollUps.ensure(model);
    return model.subject() == Model.Subject.CUSTOMER
        ? rollUps.subjects(RollUps.ACTIVE, from, to)
        : new AccountReading(db, days, tables).active(from, to);
  }

  /// The numbers of the subjects for which a condition over traits and account holds at the end of
  /// a day.
  BitSet matching(Model.Subject subject, Condition condition, int day) {
    return RollUps.numbers(db, new StateQueries(tables, days).matching(subject, condition, day));
  }

  /// As the other one, of some subjects alone.
  BitSet matching(Model.Subject subject, Condition condition, int day, int[] only) {
    String among =
        IntStream.of(only).mapToObj(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
    return only.length == 0
        ? new BitSet()
        : RollUps.numbers(
            db,
            new StateQueries(tables, days).matching(subject, condition, day)
                + " AND x.no IN "
                + among);
  }
}
