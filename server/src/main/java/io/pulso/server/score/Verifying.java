package io.pulso.server.score;

import io.pulso.engine.model.Model;
import io.pulso.engine.score.Kernel;
import io.pulso.engine.score.Manual;
import io.pulso.engine.score.Plan;
import io.pulso.engine.score.RollUp;
import io.pulso.server.store.Population;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Makes subjects, units and scores anew from raw events, by printed SQL, and compares them with
/// what the store holds and the kernel says of it.
public final class Verifying {
  private final Store store;
  private final RandomGenerator random;

  public Verifying(Store store, RandomGenerator random) {
    this.store = store;
    this.random = random;
  }

  /// What does not agree.
  ///
  /// @param model its name with its version; null for what is the same for all models
  /// @param activity null for a score
  /// @param stored milli-units or milli-points, or a day; null where there is nothing
  public record Difference(
      What what,
      @Nullable String model,
      String subject,
      @Nullable String activity,
      @Nullable Integer day,
      @Nullable Long stored,
      @Nullable Long recomputed) {}

  /// What is compared.
  public enum What {
    /// Whether a subject exists, since when, and whether it is identified.
    SUBJECT,
    UNITS,
    SCORE
  }

  /// How much was compared, and every difference.
  ///
  /// @param days the as-of days whose scores were compared
  public record Report(
      int models,
      List<Integer> days,
      long subjects,
      long units,
      long scores,
      List<Difference> differences) {
    public Report {
      days = List.copyOf(days);
      differences = List.copyOf(differences);
    }
  }

  /// Compares under all these models. Something may be stored between one question and the next:
  /// those who differ are looked at once more while nothing is.
  ///
  /// @param sample how many subjects of each kind; 0 for everybody
  /// @param asOf a day whose scores are compared beside others
  public Report run(List<InUse> models, int sample, int asOf) {
    List<Integer> days;
    try (View now = store.now()) {
      days = days(now, asOf);
    }
    Comparison first = compare(models, days, (kind, everybody) -> some(everybody, sample));
    List<Difference> differences =
        first.differences.isEmpty()
            ? List.of()
            : store.unchanged(() ->
                compare(models, days, (kind, everybody) -> first.doubtful(kind, everybody))
                    .differences);
    return new Report(models.size(), days, first.subjects, first.units, first.scores, differences);
  }

  /// Tells who of everybody is compared.
  private interface Choice {
    BitSet of(Model.Subject kind, BitSet everybody);
  }

  private Comparison compare(List<InUse> models, List<Integer> days, Choice choice) {
    try (View now = store.now();
        View fresh = store.fresh()) {
      Comparison comparison = new Comparison(now, days);
      Map<Model.Subject, Scope> scopes = new EnumMap<>(Model.Subject.class);
      for (Model.Subject kind : Model.Subject.values()) {
        scopes.put(kind, comparison.subjects(scope(kind, now, fresh, choice)));
      }
      for (InUse use : models) {
        Scope scope = scopes.get(use.model().subject());
        if (scope != null) {
          comparison.model(use, scope);
        }
      }
      return comparison;
    }
  }

  /// The first and last days with events, the one asked for, one between and one in the future.
  private static List<Integer> days(View view, int asOf) {
    int first = view.firstDay().orElse(asOf);
    int last = view.lastDay().orElse(asOf);
    return IntStream.of(first, first + (last - first) / 2, last, last + 5, asOf)
        .distinct()
        .sorted()
        .boxed()
        .toList();
  }

  /// Who is compared.
  private record Scope(
      Model.Subject kind, Population stored, Population made, BitSet chosen, View fresh) {
    int span() {
      return Math.max(stored.span(), made.span());
    }

    String id(int number, View now) {
      return now.id(kind, number);
    }
  }

  private static Scope scope(Model.Subject kind, View now, View fresh, Choice choice) {
    Population stored = now.population(kind);
    Population made = fresh.population(kind);
    BitSet everybody = new BitSet();
    IntStream.of(stored.numbers()).forEach(everybody::set);
    IntStream.of(made.numbers()).forEach(everybody::set);
    BitSet chosen = choice.of(kind, everybody);
    return chosen.cardinality() == everybody.cardinality()
        ? new Scope(kind, stored, made, chosen, fresh)
        : new Scope(kind, stored, made, chosen, fresh.only(kind, chosen.stream().toArray()));
  }

  private BitSet some(BitSet everybody, int sample) {
    if (sample == 0 || sample >= everybody.cardinality()) {
      return everybody;
    }
    int[] all = everybody.stream().toArray();
    BitSet some = new BitSet();
    for (int i = 0; i < sample; i++) {
      int other = random.nextInt(i, all.length);
      some.set(all[other]);
      all[other] = all[i];
    }
    return some;
  }

  /// One run of comparisons, and what it found.
  private static final class Comparison {
    private final View now;
    private final List<Integer> days;
    private final List<Difference> differences = new ArrayList<>();
    private final Map<Model.Subject, BitSet> doubtful = new EnumMap<>(Model.Subject.class);
    private long subjects;
    private long units;
    private long scores;

    Comparison(View now, List<Integer> days) {
      this.now = now;
      this.days = days;
    }

    /// Those of some who differ.
    BitSet doubtful(Model.Subject kind, BitSet of) {
      BitSet some = (BitSet) of.clone();
      some.and(doubtful.getOrDefault(kind, new BitSet()));
      return some;
    }

    private void differs(Model.Subject kind, int subject, Difference how) {
      doubtful.computeIfAbsent(kind, each -> new BitSet()).set(subject);
      differences.add(how);
    }

    Scope subjects(Scope scope) {
      Map<Integer, Integer> stored = rows(scope.stored());
      Map<Integer, Integer> made = rows(scope.made());
      scope.chosen().stream()
          .forEach(number -> {
            subjects++;
            Integer a = stored.get(number);
            Integer b = made.get(number);
            boolean same =
                a != null
                    && b != null
                    && scope.stored().firstDay()[a] == scope.made().firstDay()[b]
                    && scope.stored().identified()[a] == scope.made().identified()[b];
            if (!same) {
              differs(
                  scope.kind(),
                  number,
                  new Difference(
                      What.SUBJECT,
                      null,
                      scope.id(number, now),
                      null,
                      null,
                      a == null ? null : (long) scope.stored().firstDay()[a],
                      b == null ? null : (long) scope.made().firstDay()[b]));
            }
          });
      return scope;
    }

    private static Map<Integer, Integer> rows(Population of) {
      Map<Integer, Integer> rows = new HashMap<>();
      for (int row = 0; row < of.size(); row++) {
        rows.put(of.numbers()[row], row);
      }
      return rows;
    }

    void model(InUse use, Scope scope) {
      Model model = use.model();
      if (model.method() == Model.Method.FIT) {
        for (int day : days) {
          units(use, scope, day, day);
          scores(use, scope, day, now.units(model, scope.span(), day, day));
        }
        return;
      }
      int from = days.getFirst() - 1;
      int to = days.getLast() + 1;
      List<RollUp> stored = units(use, scope, from, to);
      days.forEach(day -> scores(use, scope, day, stored));
    }

    /// Compares the units between two days; gives the stored ones.
    private List<RollUp> units(InUse use, Scope scope, int from, int to) {
      List<RollUp> stored = now.units(use.model(), scope.span(), from, to);
      List<RollUp> made = scope.fresh().units(use.model(), scope.span(), from, to);
      for (int i = 0; i < stored.size(); i++) {
        String activity = use.model().activities().get(i).name();
        RollUp a = stored.get(i);
        RollUp b = made.get(i);
        scope.chosen().stream()
            .forEach(subject -> rows(new Place(use, scope, activity, subject), a, b));
      }
      return stored;
    }

    private record Place(InUse use, Scope scope, String activity, int subject) {}

    private void rows(Place place, RollUp a, RollUp b) {
      int i = a.from(place.subject());
      int j = b.from(place.subject());
      int m = a.to(place.subject());
      int n = b.to(place.subject());
      while (i < m || j < n) {
        int day =
            Math.min(i < m ? a.day(i) : Integer.MAX_VALUE, j < n ? b.day(j) : Integer.MAX_VALUE);
        Long was = i < m && a.day(i) == day ? (Long) a.units(i++) : null;
        Long is = j < n && b.day(j) == day ? (Long) b.units(j++) : null;
        units++;
        if (was == null || !was.equals(is)) {
          differs(
              place.scope().kind(),
              place.subject(),
              new Difference(
                  What.UNITS,
                  name(place.use()),
                  place.scope().id(place.subject(), now),
                  place.activity(),
                  day,
                  was,
                  is));
        }
      }
    }

    private void scores(InUse use, Scope scope, int day, List<RollUp> stored) {
      Model model = use.model();
      Manual manual = now.manual(model);
      long[] kernel = Kernel.scoreAll(Plan.of(model), stored, day, manual, Scoring.threads());
      long[] printed = SqlScoring.scores(scope.fresh(), model, scope.span(), day);
      BitSet objected = now.objected(scope.kind());
      objected.stream()
          .filter(one -> one < kernel.length)
          .forEach(one -> kernel[one] = Kernel.UNAVAILABLE);
      Population made = scope.made();
      for (int row = 0; row < made.size(); row++) {
        int subject = made.numbers()[row];
        if (made.firstDay()[row] <= day && scope.chosen().get(subject)) {
          scores++;
          if (kernel[subject] != printed[subject]) {
            differs(
                scope.kind(),
                subject,
                new Difference(
                    What.SCORE,
                    name(use),
                    made.ids()[row],
                    null,
                    day,
                    score(kernel[subject]),
                    score(printed[subject])));
          }
        }
      }
    }

    private static @Nullable Long score(long score) {
      return Kernel.isScore(score) ? score : null;
    }

    private static String name(InUse use) {
      return use.model().name() + " " + use.version();
    }
  }
}
