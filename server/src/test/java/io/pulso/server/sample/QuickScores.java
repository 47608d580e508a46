package io.pulso.server.sample;

import io.pulso.engine.event.Event;
import io.pulso.engine.expr.Evaluator;
import io.pulso.engine.expr.Path;
import io.pulso.engine.json.Json;
import io.pulso.engine.model.Activity;
import io.pulso.engine.model.Band;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.Unit;
import io.pulso.engine.score.Kernel;
import io.pulso.engine.score.Manual;
import io.pulso.engine.score.Plan;
import io.pulso.engine.score.RollUp;
import io.pulso.engine.score.RollUpBuilder;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Scores of the sample company, close to the true ones: traits and seats are those of the end, and
/// copies of a record count twice.
final class QuickScores {
  private static final long DAY = 86_400_000_000L;
  private static final int WIDEST = 84;

  private final Model model;
  private final int asOf;
  private final QuickTraits traits;
  private final Map<Row, Cell> cells = new HashMap<>();
  private final Set<String> active = new HashSet<>();

  /// What one person did of one activity on one day, for a subject.
  private record Row(String subject, int activity, int day, String person) {}

  private static final class Cell {
    private final Set<Json> values = new HashSet<>();
    private long units;
  }

  /// One subject's score in points.
  record Score(String subject, double points, String band, boolean isActive) {}

  private QuickScores(Model model, LocalDate asOf, QuickTraits traits) {
    this.model = model;
    this.asOf = (int) asOf.toEpochDay();
    this.traits = traits;
  }

  static List<Score> of(Model model, LocalDate asOf, List<Event> records) {
    QuickTraits traits = QuickTraits.of(records);
    boolean accounts = model.subject() == Model.Subject.ACCOUNT;
    QuickScores quick = new QuickScores(model, asOf, traits);
    List<String> subjects = new ArrayList<>(accounts ? traits.accounts() : traits.people());
    subjects.removeIf(subject -> !quick.applies(subject, accounts));
    if (model.method() == Model.Method.FIT) {
      subjects.forEach(s -> quick.count(traits.facts(s), s, s, quick.asOf));
    } else {
      records.stream().filter(e -> e.type().isEvent()).forEach(e -> quick.count(e, accounts));
    }
    return quick.scores(subjects);
  }

  private boolean applies(String subject, boolean account) {
    return model.appliesTo() == null
        || Evaluator.test(
            model.appliesTo().condition(),
            account ? traits.accountFacts(subject) : traits.facts(subject));
  }

  private void count(Event e, boolean accounts) {
    int day = (int) Math.floorDiv(e.occurredAt(), DAY);
    String subject = accounts ? e.groupId() : e.userId();
    if (e.userId() == null || subject == null || day > asOf || day <= asOf - WIDEST) {
      return;
    }
    if ("Session Ended".equals(e.event()) && day > asOf - model.window()) {
      active.add(subject);
    }
    count(traits.facts(e), subject, e.userId(), day);
  }

  private void count(Evaluator.Facts facts, String subject, String person, int day) {
    for (int i = 0; i < model.activities().size(); i++) {
      Activity activity = model.activities().get(i);
      if (Evaluator.test(activity.match().condition(), facts)) {
        Row row = new Row(subject, i, day, person);
        add(activity.unit(), facts, cells.computeIfAbsent(row, _ -> new Cell()));
      }
    }
  }

  private static void add(Unit unit, Evaluator.Facts facts, Cell cell) {
    switch (unit) {
      case Unit.Occurrences _ -> cell.units += 1000;
      case Unit.Numeric(Path path) -> {
        if (Evaluator.find(path, facts) instanceof Json.Num(double number)) {
          cell.units += Math.round(number * 1000);
        }
      }
      case Unit.Distinct(Path path) -> {
        Json value = Evaluator.find(path, facts);
        if (value != null && cell.values.add(value)) {
          cell.units += 1000;
        }
      }
    }
  }

  private List<Score> scores(List<String> subjects) {
    Map<String, Integer> numbers = new HashMap<>();
    subjects.forEach(subject -> numbers.put(subject, numbers.size()));
    List<RollUpBuilder> units = new ArrayList<>();
    model.activities().forEach(_ -> units.add(RollUp.builder(subjects.size())));
    cells.forEach((row, cell) -> {
      Integer subject = numbers.get(row.subject);
      if (subject != null) {
        units.get(row.activity).add(subject, row.day, units(row, cell));
      }
    });
    List<RollUp> built = units.stream().map(RollUpBuilder::build).toList();
    long[] points = Kernel.scoreAll(Plan.of(model), built, asOf, Manual.NONE, 1);
    return subjects.stream().map(s -> score(s, points[numbers.getOrDefault(s, 0)])).toList();
  }

  private Score score(String subject, long points) {
    Band band =
        model.bands().stream().filter(each -> each.reaches(points)).findFirst().orElseThrow();
    return new Score(subject, points / 1000.0, band.id(), active.contains(subject));
  }

  private long units(Row row, Cell cell) {
    Activity activity = model.activities().get(row.activity);
    Long cap = activity.caps().perPerson();
    long units = cap == null ? cell.units : Math.min(cap, cell.units);
    return switch (activity.per()) {
      case SEAT -> Math.round(units / traits.seats(row.subject));
      case ACCOUNT, ACTIVE_PERSON -> units;
    };
  }
}
