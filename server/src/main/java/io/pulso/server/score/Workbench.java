package io.pulso.server.score;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.model.Activity;
import io.pulso.engine.model.ActivityKey;
import io.pulso.engine.model.Model;
import io.pulso.engine.score.Bands;
import io.pulso.engine.score.Kernel;
import io.pulso.engine.score.Manual;
import io.pulso.engine.score.Movers;
import io.pulso.engine.score.Plan;
import io.pulso.engine.score.RollUp;
import io.pulso.engine.score.WhatIf;
import io.pulso.server.event.InputException;
import io.pulso.server.store.Population;
import io.pulso.server.store.Standings;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What everybody did in the windows of models that somebody is changing, kept in memory, so that
/// each change is answered at once. It is let go when nobody asks for a while, when it would take
/// too much memory, and as soon as somebody was erased or objected.
public final class Workbench {
  private static final int MOVERS = 10;
  private static final int MOST_DAYS = 4;
  private static final long SECOND = 1_000_000_000L;
  private static final long IDLE = 600 * SECOND;

  /// How old it may be while events come in, at least, and in times of what reading it took.
  private static final long FRESH = 60 * SECOND;

  private static final int TIMES = 20;

  private final long mostBytes;
  private final LongSupplier nanos;
  private final Map<Key, Everybody> kept = new LinkedHashMap<>(16, 0.75f, true);

  private record Key(Model.Subject kind, int day, boolean all) {}

  /// @param mostBytes room for units in memory; beside one model that needs more, none are kept
  /// @param nanos a clock
  public Workbench(long mostBytes, LongSupplier nanos) {
    this.mostBytes = mostBytes;
    this.nanos = nanos;
  }

  /// Whether all that a model counts is in memory, so that the store is not asked for it.
  public synchronized boolean holds(View view, Model model, int day, boolean all) {
    Everybody have = kept.get(new Key(model.subject(), day, all));
    return have != null
        && have.holds(Marks.of(view, model.subject()), nanos.getAsLong())
        && have.hasUnits(model);
  }

  /// As [WhatIfs#compare], from memory where that is possible.
  public WhatIfs.Comparison compare(View view, InUse from, InUse to, int day, boolean all) {
    Model.Subject kind = to.model().subject();
    if (from.model().subject() != kind) {
      throw new InputException(
          "the models score different kinds of subjects, customers and accounts: their scores cannot be compared");
    }
    Everybody everybody = everybody(view, new Key(kind, day, all));
    long[] before = everybody.scores(view, from.model(), true);
    long[] after = everybody.scores(view, to.model(), false);
    trim();
    return comparison(everybody, from, to, day, before, after);
  }

  private static WhatIfs.Comparison comparison(
      Everybody everybody, InUse from, InUse to, int day, long[] before, long[] after) {
    String[] ids = everybody.ids;
    int scored = 0;
    for (int i = 0; i < ids.length; i++) {
      scored += before[i] == Kernel.NONE && after[i] == Kernel.NONE ? 0 : 1;
    }
    long[] was = before;
    long[] is = after;
    String[] who = ids;
    int[] numbers = everybody.numbers;
    if (scored < ids.length) {
      who = new String[scored];
      numbers = new int[scored];
      was = new long[scored];
      is = new long[scored];
      int n = 0;
      for (int i = 0; i < ids.length; i++) {
        if (before[i] != Kernel.NONE || after[i] != Kernel.NONE) {
          who[n] = ids[i];
          numbers[n] = everybody.numbers[i];
          was[n] = before[i];
          is[n++] = after[i];
        }
      }
    }
    return new WhatIfs.Comparison(
        from,
        to,
        day,
        who,
        numbers,
        was,
        is,
        WhatIf.of(Bands.of(from.model()), was, Bands.of(to.model()), is),
        Movers.of(was, is, MOVERS));
  }

  private synchronized Everybody everybody(View view, Key key) {
    dropIdle();
    Marks marks = Marks.of(view, key.kind());
    Everybody have = kept.get(key);
    long now = nanos.getAsLong();
    if (have == null || !have.holds(marks, now)) {
      have = new Everybody(view, key, marks, now);
      kept.put(key, have);
      if (kept.size() > MOST_DAYS) {
        kept.remove(kept.keySet().iterator().next());
      }
    }
    have.usedAt = now;
    return have;
  }

  /// Lets go of what nobody asked for in the last minutes.
  public synchronized void dropIdle() {
    long now = nanos.getAsLong();
    kept.values().removeIf(each -> now - each.usedAt > IDLE);
  }

  /// Lets the units go that were not used for longest, until the rest fits.
  private synchronized void trim() {
    Iterator<Everybody> oldest = List.copyOf(kept.values()).iterator();
    while (bytes() > mostBytes && oldest.hasNext()) {
      oldest.next().trim(mostBytes);
    }
  }

  /// Room that it takes, without the names of subjects.
  public synchronized long bytes() {
    return kept.values().stream().mapToLong(Everybody::bytes).sum();
  }

  /// What changes with the stored records.
  private record Marks(long state, long records, long gone) {
    static Marks of(View view, Model.Subject kind) {
      Standings standings = view.standings(kind);
      return new Marks(
          standings.state(), standings.records(), standings.objections() * 31 + standings.erased());
    }
  }

  /// Everybody on one day, with what was read of them so far.
  private static final class Everybody {
    private final Key key;
    private final Marks marks;
    private final Population population;
    private final int[] numbers;
    private final String[] ids;
    private final int span;
    private final long madeAt;
    private final LongSupplier clock = System::nanoTime;
    private final Map<String, RollUp> units = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, BitSet> applying = new LinkedHashMap<>();
    private final Map<String, Manual> manuals = new LinkedHashMap<>();
    private final Map<Model, long[]> scored = new LinkedHashMap<>(16, 0.75f, true);
    private long reading;
    private long usedAt;

    Everybody(View view, Key key, Marks marks, long now) {
      this.key = key;
      this.marks = marks;
      this.madeAt = now;
      long began = clock.getAsLong();
      population = view.population(key.kind());
      span = population.span();
      BitSet objected = view.objected(key.kind());
      int[] rows = new int[population.size()];
      int n = 0;
      for (int row = 0; row < rows.length; row++) {
        if (population.firstDay()[row] <= key.day()
            && (key.all() || population.identified()[row])
            && !objected.get(population.numbers()[row])) {
          rows[n++] = row;
        }
      }
      numbers = new int[n];
      ids = new String[n];
      for (int i = 0; i < n; i++) {
        numbers[i] = population.numbers()[rows[i]];
        ids[i] = population.ids()[rows[i]];
      }
      reading = clock.getAsLong() - began;
    }

    boolean holds(Marks present, long now) {
      boolean young = now - madeAt < Math.max(FRESH, TIMES * reading);
      return marks.gone() == present.gone()
          && present.records() >= marks.records()
          && (marks.state() == present.state() || young);
    }

    synchronized long bytes() {
      return units.values().stream().mapToLong(RollUp::bytes).sum()
          + 8L * scored.size() * numbers.length;
    }

    synchronized void trim(long most) {
      Iterator<RollUp> oldest = units.values().iterator();
      while (bytes() > most && oldest.hasNext()) {
        oldest.next();
        oldest.remove();
      }
      if (bytes() > most) {
        scored.clear();
      }
    }

    /// Milli-points in the order of `ids`, or [Kernel#NONE].
    ///
    /// @param keeps whether the same model will be asked for again
    synchronized long[] scores(View view, Model model, boolean keeps) {
      long[] known = scored.get(model);
      if (known != null) {
        return known;
      }
      Plan plan = Plan.of(model);
      List<RollUp> used = units(view, model, plan.widestWindow());
      Manual manual = manuals.computeIfAbsent(model.name(), name -> view.manual(model));
      long[] byNumber = Kernel.scoreAll(plan, used, key.day(), manual, Scoring.threads());
      BitSet applies = applies(view, model.appliesTo());
      long[] scores = new long[numbers.length];
      for (int i = 0; i < scores.length; i++) {
        boolean has = applies == null || applies.get(numbers[i]);
        scores[i] = has ? byNumber[numbers[i]] : Kernel.NONE;
      }
      if (keeps) {
        if (scored.size() > 1) {
          scored.remove(scored.keySet().iterator().next());
        }
        scored.put(model, scores);
      }
      return scores;
    }

    synchronized boolean hasUnits(Model model) {
      return names(model).stream().allMatch(units::containsKey);
    }

    private @Nullable BitSet applies(View view, @Nullable Expression condition) {
      return condition == null
          ? null
          : applying.computeIfAbsent(
              condition.text(),
              text -> view.matching(key.kind(), condition.condition(), key.day()));
    }

    private List<RollUp> units(View view, Model model, int widest) {
      long began = clock.getAsLong();
      boolean apart = key.kind() == Model.Subject.CUSTOMER && model.method() != Model.Method.FIT;
      List<String> names = names(model);
      if (!names.stream().allMatch(units::containsKey)) {
        List<RollUp> read =
            apart ? read(view, model, names) : view.units(model, span, first(widest), key.day());
        for (int i = 0; i < names.size(); i++) {
          units.put(names.get(i), read.get(i));
        }
      }
      List<RollUp> found = new ArrayList<>();
      names.forEach(name -> found.add(java.util.Objects.requireNonNull(units.get(name))));
      reading = Math.max(reading, clock.getAsLong() - began);
      return found;
    }

    private int first(int window) {
      return key.day() - window + 1;
    }

    /// By what the units of each activity are known: all that they depend on.
    private static List<String> names(Model model) {
      boolean fit = model.method() == Model.Method.FIT;
      return model.activities().stream()
          .map(each ->
              "%s %s %s %d %s"
                  .formatted(
                      fit ? "fit" : "",
                      ActivityKey.of(each, model.subject()),
                      each.per(),
                      each.window(),
                      each.caps().perPerson()))
          .toList();
    }

    /// Those that are not in memory from the store, each for its own window.
    private List<RollUp> read(View view, Model model, List<String> names) {
      List<Integer> stored = view.rollUps(model);
      RollUp[] found = new RollUp[names.size()];
      Map<Integer, List<Integer>> byWindow = new LinkedHashMap<>();
      for (int i = 0; i < found.length; i++) {
        RollUp have = units.get(names.get(i));
        if (have != null) {
          found[i] = have;
        } else {
          Activity activity = model.activities().get(i);
          byWindow.computeIfAbsent(activity.window(), none -> new ArrayList<>()).add(i);
        }
      }
      byWindow.forEach((window, places) -> {
        List<Integer> wanted = places.stream().map(stored::get).toList();
        List<RollUp> read = view.units(wanted, span, first(window), key.day());
        for (int i = 0; i < places.size(); i++) {
          found[places.get(i)] = read.get(i);
        }
      });
      return Arrays.asList(found);
    }
  }
}
