package io.pulso.server.score;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.model.Band;
import io.pulso.engine.model.Model;
import io.pulso.engine.score.Blocks;
import io.pulso.engine.score.Kernel;
import io.pulso.engine.score.Manual;
import io.pulso.engine.score.Plan;
import io.pulso.engine.score.RollUp;
import io.pulso.engine.score.RollUpBuilder;
import io.pulso.engine.score.SubjectUnits;
import io.pulso.server.store.Population;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Scores of many days in one state of knowledge, by subject and then by day, from the day on which
/// each subject exists; days on which the model does not apply are left out.
public final class Histories {
  private static final long SCORES_AT_ONCE = 4_000_000;
  private static final int MOST_AT_ONCE = 8 * Blocks.SIZE;

  private final View view;

  public Histories(View view) {
    this.view = view;
  }

  /// Days, both included, that one version of a model scores.
  public record Period(InUse use, int first, int last) {}

  /// Takes the scores one by one.
  @FunctionalInterface
  public interface Sink {
    /// Takes one score.
    ///
    /// @param score milli-points, or [Kernel#UNAVAILABLE]
    /// @param band null where the score is unavailable
    void take(String id, int day, long score, @Nullable Band band);
  }

  /// The scores of everybody, by id.
  ///
  /// @param periods one after another without a gap
  /// @param all anonymous visitors too, not only identified customers
  public void all(List<Period> periods, boolean all, Sink sink) {
    int last = periods.getLast().last();
    Population population = view.population(periods.getFirst().use().model().subject());
    int span = population.span();
    List<Track> tracks = periods.stream().map(period -> Track.of(view, period, span)).toList();
    BitSet objected = view.objected(periods.getFirst().use().model().subject());
    int[] rows =
        IntStream.range(0, population.size())
            .filter(row -> !objected.get(population.numbers()[row]))
            .filter(
                row -> population.firstDay()[row] <= last && (all || population.identified()[row]))
            .toArray();
    Block block = new Block(periods, tracks, sink);
    int size = block.size();
    for (int from = 0; from < rows.length; from += size) {
      int[] part = Arrays.copyOfRange(rows, from, Math.min(from + size, rows.length));
      block.score(Arrays.stream(part).map(row -> population.numbers()[row]).toArray());
      for (int i = 0; i < part.length; i++) {
        block.emit(i, population.ids()[part[i]], population.firstDay()[part[i]]);
      }
    }
  }

  /// The scores of one subject, whether it is identified or not.
  public void one(List<Period> periods, Individual who, Sink sink) {
    List<Track> tracks = periods.stream().map(period -> Track.of(view, period, who)).toList();
    Block block = new Block(periods, tracks, sink);
    block.score(new int[] {0});
    block.emit(0, who.id(), who.firstDay());
  }

  /// What the scores of a period are made of, by subject number.
  ///
  /// @param applies by day from the first on: whom the model scores; null for everybody
  private record Track(
      Plan plan, List<RollUp> units, Manual manual, @Nullable List<BitSet> applies) {

    static Track of(View view, Period period, int span) {
      Model model = period.use().model();
      Plan plan = Plan.of(model);
      boolean isFit = model.method() == Model.Method.FIT;
      List<RollUp> units =
          isFit
              ? fitUnits(view, period, span, s -> s)
              : view.units(model, span, period.first() - plan.widestWindow() + 1, period.last());
      return new Track(plan, units, view.manual(model), applies(view, period));
    }

    /// Of one subject, which has the number 0 here.
    static Track of(View view, Period period, Individual who) {
      Model model = period.use().model();
      Plan plan = Plan.of(model);
      boolean isFit = model.method() == Model.Method.FIT;
      Manual manual = view.manual(model);
      List<BitSet> applies = applies(view, period);
      return new Track(
          plan,
          isFit
              ? fitUnits(view, period, 1, s -> s == who.number() ? 0 : -1)
              : units(
                  view.subjectUnits(
                      model,
                      who.number(),
                      period.first() - plan.widestWindow() + 1,
                      period.last())),
          (subject, day) -> manual.milliPoints(who.number(), day),
          applies == null ? null : applies.stream().map(each -> alone(each, who)).toList());
    }

    private static BitSet alone(BitSet of, Individual who) {
      BitSet found = new BitSet();
      found.set(0, of.get(who.number()));
      return found;
    }

    private static List<RollUp> units(SubjectUnits of) {
      List<RollUp> found = new ArrayList<>();
      for (SubjectUnits.Days days : of.byActivity()) {
        RollUpBuilder builder = RollUp.builder(1);
        for (int i = 0; i < days.days().length; i++) {
          builder.add(0, days.days()[i], days.units()[i]);
        }
        found.add(builder.build());
      }
      return found;
    }

    private static @Nullable List<BitSet> applies(View view, Period period) {
      Model model = period.use().model();
      Expression condition = model.appliesTo();
      return condition == null
          ? null
          : byDay(period, day -> view.matching(model.subject(), condition.condition(), day));
    }

    private static <T> List<T> byDay(Period period, IntFunction<T> of) {
      return IntStream.rangeClosed(period.first(), period.last()).mapToObj(of).toList();
    }

    private static List<RollUp> fitUnits(
        View view, Period period, int span, java.util.function.IntUnaryOperator place) {
      Model model = period.use().model();
      List<RollUp> found = new ArrayList<>();
      for (var activity : model.activities()) {
        RollUpBuilder builder = RollUp.builder(span);
        for (int day = period.first(); day <= period.last(); day++) {
          int on = day;
          view.matching(model.subject(), activity.match().condition(), day).stream()
              .map(place)
              .filter(subject -> 0 <= subject && subject < span)
              .forEach(subject -> builder.add(subject, on, 1000));
        }
        found.add(builder.build());
      }
      return found;
    }
  }

  /// The scores of some subjects on all days, on their way to the sink.
  private static final class Block {
    private final List<Period> periods;
    private final List<Track> tracks;
    private final Sink sink;
    private final int first;
    private final int days;
    private int[] subjects = {};
    private long[][] scores = {};

    Block(List<Period> periods, List<Track> tracks, Sink sink) {
      this.periods = periods;
      this.tracks = tracks;
      this.sink = sink;
      this.first = periods.getFirst().first();
      this.days = periods.getLast().last() - first + 1;
    }

    /// How many subjects are worked on at a time.
    int size() {
      return Math.clamp(SCORES_AT_ONCE / days, 1, MOST_AT_ONCE);
    }

    void score(int[] numbers) {
      subjects = numbers;
      scores = scores.length == numbers.length ? scores : new long[numbers.length][days];
      for (int i = 0; i < periods.size(); i++) {
        Period period = periods.get(i);
        Track track = tracks.get(i);
        Kernel.history(
            track.plan(),
            track.units(),
            period.first(),
            period.last(),
            track.manual(),
            numbers,
            Scoring.threads(),
            (place, found) ->
                System.arraycopy(
                    found,
                    0,
                    scores[place],
                    period.first() - first,
                    period.last() - period.first() + 1));
      }
    }

    void emit(int place, String id, int exists) {
      for (int i = 0; i < periods.size(); i++) {
        Period period = periods.get(i);
        Track track = tracks.get(i);
        for (int day = Math.max(period.first(), exists); day <= period.last(); day++) {
          List<BitSet> applies = track.applies();
          if (applies == null || applies.get(day - period.first()).get(subjects[place])) {
            long score = scores[place][day - first];
            boolean none = score == Kernel.UNAVAILABLE;
            sink.take(id, day, score, none ? null : track.plan().bands().band(score));
          }
        }
      }
    }
  }
}
