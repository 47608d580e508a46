package io.pulso.server.score;

import io.pulso.engine.model.Model;
import io.pulso.engine.score.Kernel;
import io.pulso.engine.time.LocalDays;
import io.pulso.server.store.LiveChange;
import io.pulso.server.store.Population;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Today's scores of all customers under the models in use, in memory: each batch renews those of
/// the customers whom it touches. Models of accounts and of traits alone are not among them.
///
/// One thread loads and renews, any may ask.
public final class LiveScores {
  private final Store store;
  private final LocalDays days;
  private final Clock clock;
  private final Supplier<List<InUse>> models;
  private @Nullable State state;
  private boolean stale;
  private BitSet objected = new BitSet();

  /// The score of a customer that a batch changed.
  ///
  /// @param before in milli-points, or [Kernel#UNAVAILABLE] or [Kernel#NONE]
  public record Move(InUse use, String id, int day, long before, long after) {}

  private record State(
      List<InUse> models,
      int day,
      Map<Integer, Integer> places,
      LiveUnits units,
      LivePeople people,
      Map<String, LiveModel> live) {}

  /// Nothing is in memory before the first [#renew].
  ///
  /// @param store which no other thread uses
  /// @param models those in use today; the same list as long as nothing has changed
  public LiveScores(Store store, Clock clock, Supplier<List<InUse>> models) {
    this.store = store;
    this.days = store.days();
    this.clock = clock;
    this.models = models;
  }

  /// Says that the store was changed otherwise than by batches.
  public synchronized void forget() {
    stale = true;
  }

  /// Brings everything in memory up to date where models, the day, or the store have changed
  /// otherwise than by batches.
  public void renew() {
    State now = state();
    List<InUse> wanted = models.get();
    int day = today();
    if (now == null || now.day() != day || !now.models().equals(wanted)) {
      boolean done = false;
      try {
        load(wanted, day);
        done = true;
      } finally {
        if (!done) {
          // What was in memory before must not be told as if nothing had changed.
          forget();
        }
      }
    }
  }

  private synchronized @Nullable State state() {
    return stale ? null : state;
  }

  private int today() {
    return days.day(clock.millis() * 1000);
  }

  private void load(List<InUse> wanted, int day) {
    synchronized (this) {
      stale = false;
    }
    List<InUse> scored = new ArrayList<>();
    Map<Integer, Integer> places = new LinkedHashMap<>();
    Map<InUse, int[]> orders = new LinkedHashMap<>();
    places.put(View.ACTIVE, 0);
    View view = store.now();
    int widest = 1;
    for (InUse use : wanted) {
      if (isLive(use.model())) {
        List<Integer> numbers = view.rollUps(use.model());
        if (places.size() + numbers.size() > LiveUnits.MOST_PLACES) {
          continue;
        }
        numbers.forEach(number -> places.putIfAbsent(number, places.size()));
        orders.put(
            use, numbers.stream().mapToInt(n -> Objects.requireNonNull(places.get(n))).toArray());
        scored.add(use);
        widest = Math.max(widest, use.model().widestWindow());
      }
    }
    Population population = view.population(Model.Subject.CUSTOMER);
    LivePeople people = LivePeople.of(population);
    int first = day - Math.max(widest, 1) + 1;
    LiveUnits units =
        LiveUnits.of(
            first, view.units(List.copyOf(places.keySet()), people.span(), first, FAR_DAY));
    Map<String, LiveModel> live = new LinkedHashMap<>();
    for (InUse use : scored) {
      LiveModel model = new LiveModel(use, Objects.requireNonNull(orders.get(use)));
      model.scoreAll(view, units, people, day);
      live.put(use.model().name(), model);
    }
    synchronized (this) {
      objected = view.objected(Model.Subject.CUSTOMER);
      state = new State(List.copyOf(wanted), day, places, units, people, live);
    }
  }

  private static boolean isLive(Model model) {
    return model.subject() == Model.Subject.CUSTOMER && model.method() != Model.Method.FIT;
  }

  /// Later than any event.
  private static final int FAR_DAY = 3_000_000;

  /// Adds what a batch changed, and gives the scores that it moved.
  public List<Move> apply(LiveChange change) {
    State now = state();
    if (now == null || change.rollUps() || now.day() != today()) {
      forget();
      renew();
      return now == null ? List.of() : moved(change, now, state());
    }
    View view = store.now();
    List<Move> moves = new ArrayList<>();
    synchronized (this) {
      BitSet out = objected;
      if (!out.isEmpty()) {
        objected = view.objected(Model.Subject.CUSTOMER);
      }
      now.people().apply(change);
      LiveChange.Units units = change.units();
      for (int i = 0; i < units.units().length; i++) {
        Integer place = now.places().get(units.activities()[i]);
        if (place != null) {
          now.units().add(place, units.subjects()[i], units.days()[i], units.units()[i]);
        }
      }
      for (LiveModel model : now.live().values()) {
        model.judge(view, change, now.day());
        for (int i = 0; i < change.subjects().length; i++) {
          int subject = change.subjects()[i];
          long had = model.renew(view, now.units(), now.people(), subject, now.day());
          long before = out.get(subject) ? Kernel.NONE : had;
          add(moves, model, change.ids()[i], now.day(), before, told(model, subject));
        }
      }
    }
    return moves;
  }

  /// Reads again who objects to being scored, and gives the scores that came or went with that.
  ///
  /// @param view of the thread that asks
  public synchronized List<Move> object(View view) {
    BitSet changed = objected;
    objected = view.objected(Model.Subject.CUSTOMER);
    BitSet before = (BitSet) changed.clone();
    changed.xor(objected);
    List<Move> moves = new ArrayList<>();
    State now = state();
    if (now != null) {
      for (LiveModel model : now.live().values()) {
        changed.stream()
            .filter(subject -> model.score(subject) != Kernel.NONE)
            .forEach(subject ->
                add(
                    moves,
                    model,
                    now.people().id(subject),
                    now.day(),
                    before.get(subject) ? Kernel.NONE : model.score(subject),
                    told(model, subject)));
      }
    }
    return moves;
  }

  /// A score as it may be told: none of who objects.
  private long told(LiveModel model, int subject) {
    return objected.get(subject) ? Kernel.NONE : model.score(subject);
  }

  /// Whom a batch moved when everything was read again.
  private synchronized List<Move> moved(LiveChange change, State before, @Nullable State after) {
    List<Move> moves = new ArrayList<>();
    if (after == null || after.day() != before.day()) {
      return moves;
    }
    for (LiveModel model : after.live().values()) {
      LiveModel old = before.live().get(model.use.model().name());
      if (old != null && old.is(model.use)) {
        for (int i = 0; i < change.subjects().length; i++) {
          int subject = change.subjects()[i];
          add(moves, model, change.ids()[i], after.day(), told(old, subject), told(model, subject));
        }
      }
    }
    return moves;
  }

  private static void add(
      List<Move> moves, LiveModel model, String id, int day, long before, long after) {
    if (before != after) {
      moves.add(new Move(model.use, id, day, before, after));
    }
  }

  /// Takes a customer's score of today.
  public interface Row {
    /// Takes it.
    ///
    /// @param score in milli-points, or [Kernel#UNAVAILABLE]
    /// @param inactive no active event in the model's window
    /// @param ramping first seen less than one window ago
    void take(
        int number,
        String id,
        boolean identified,
        int firstDay,
        long score,
        boolean inactive,
        boolean ramping);
  }

  /// Hands over the scores of everybody, anonymous visitors too, by their numbers.
  ///
  /// @return the day of the scores; null where this model is not in memory
  public synchronized @Nullable Integer each(InUse use, Row row) {
    State now = state();
    LiveModel model = now == null ? null : now.live().get(use.model().name());
    if (now == null || model == null || !model.is(use)) {
      return null;
    }
    int day = now.day();
    int since = day - use.model().window() + 1;
    for (int subject = 0; subject < now.people().span(); subject++) {
      long score = told(model, subject);
      if (score != Kernel.NONE) {
        int firstDay = now.people().firstDay(subject);
        row.take(
            subject,
            now.people().id(subject),
            now.people().isIdentified(subject),
            firstDay,
            score,
            !now.units().any(subject, 0, since, day),
            firstDay > day - use.model().window());
      }
    }
    return day;
  }

  /// The scores of everybody on a day by the subject's number, from memory where they are there;
  /// what [Roster.Everybody] asks for.
  public long[] everybody(View view, InUse use, int day, int span) {
    long[] found = inMemory(use, day, span);
    return found != null ? found : new Scoring(view).scores(use, day, span);
  }

  private synchronized long @Nullable [] inMemory(InUse use, int day, int span) {
    State now = state();
    LiveModel model = now == null ? null : now.live().get(use.model().name());
    if (now == null || now.day() != day || model == null || !model.is(use)) {
      return null;
    }
    long[] scores = new long[span];
    Arrays.setAll(scores, subject -> told(model, subject));
    return scores;
  }

  /// The score of one customer on a day: in milli-points, or [Kernel#UNAVAILABLE] or [Kernel#NONE];
  /// null where that day or model is not in memory.
  public synchronized @Nullable Long score(InUse use, int subject, int day) {
    State now = state();
    LiveModel model = now == null ? null : now.live().get(use.model().name());
    return now == null || now.day() != day || model == null || !model.is(use)
        ? null
        : (Long) told(model, subject);
  }
}
