package io.pulso.server.score;

import io.pulso.engine.model.Model;
import io.pulso.engine.score.Kernel;
import io.pulso.engine.time.LocalDays;
import io.pulso.server.store.LiveChange;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Today's scores of all customers and accounts under the models in use, in memory: each batch
/// renews those of whom it touches. Models of customers' traits alone are not among them.
///
/// One thread loads and renews, any may ask.
public final class LiveScores {
  private static final int COPIED_AT_ONCE = 16_384;

  private final Store store;
  private final LocalDays days;
  private final Clock clock;
  private final Supplier<List<InUse>> models;
  private @Nullable State state;
  private boolean stale;

  /// Whether scores of accounts alone have to be read again.
  private boolean staleAccounts;

  private final AtomicLong changes = new AtomicLong();

  /// How often points were given by hand.
  private long given;

  /// The score of a customer or account that a batch changed.
  ///
  /// @param before in milli-points, or [Kernel#UNAVAILABLE] or [Kernel#NONE]
  public record Move(InUse use, String id, int day, long before, long after) {
    /// Adds one where the score is another one.
    static void add(List<Move> moves, InUse use, String id, int day, long before, long after) {
      if (before != after) {
        moves.add(new Move(use, id, day, before, after));
      }
    }
  }

  private record State(
      List<InUse> models,
      int day,
      LiveCustomers customers,
      LiveAccounts accounts,
      BitSet objected) {
    /// @param objected customers who have no scores, nor a part in those of accounts
    static State of(View view, List<InUse> models, int day, BitSet objected) {
      LiveCustomers customers = LiveCustomers.of(view, models, day);
      customers.hide(objected);
      return new State(
          models, day, customers, LiveAccounts.of(view, models, day, objected), objected);
    }

    State with(LiveAccounts others) {
      return new State(models, day, customers, others, objected);
    }

    LiveSubjects of(Model.Subject kind) {
      return switch (kind) {
        case CUSTOMER -> customers;
        case ACCOUNT -> accounts;
      };
    }

    private @Nullable LiveColumn column(InUse use) {
      LiveColumn found = of(use.model().subject()).column(use.model().name());
      return found != null && found.is(use) ? found : null;
    }
  }

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
    } else if (needsAccounts()) {
      readAccounts(store.now(), now);
    }
  }

  private synchronized boolean needsAccounts() {
    return staleAccounts;
  }

  private void readAccounts(View view, State now) {
    long before;
    synchronized (this) {
      before = given;
    }
    LiveAccounts accounts = LiveAccounts.of(view, now.models(), now.day(), now.objected());
    synchronized (this) {
      // Who objects may have changed meanwhile.
      State newest = state;
      if (newest != null && newest.objected().equals(now.objected())) {
        state = newest.with(accounts);
        // They may have been read before somebody gave points.
        staleAccounts = given != before;
      }
    }
    changes.incrementAndGet();
  }

  private synchronized @Nullable LiveColumn column(State now, InUse use) {
    boolean account = use.model().subject() == Model.Subject.ACCOUNT;
    return account && staleAccounts ? null : now.column(use);
  }

  private synchronized @Nullable State state() {
    return stale ? null : state;
  }

  private int today() {
    return days.day(clock.millis() * 1000);
  }

  private void load(List<InUse> wanted, int day) {
    long before;
    synchronized (this) {
      stale = false;
      before = given;
    }
    View view = store.now();
    State made = State.of(view, List.copyOf(wanted), day, view.objected(Model.Subject.CUSTOMER));
    synchronized (this) {
      state = made;
      staleAccounts = false;
      // It may have been read before somebody gave points.
      stale |= given != before;
    }
    changes.incrementAndGet();
  }

  /// A number that grows whenever a score in memory may have become another one.
  public long changes() {
    return changes.get();
  }

  /// Adds what a batch changed, and gives the scores that it moved.
  public List<Move> apply(LiveChange change) {
    State now = state();
    View view = store.now();
    if (now == null || change.rollUps() || now.day() != today() || isOtherwise(now, view)) {
      forget();
      renew();
      return now == null ? List.of() : moved(change, now, state());
    }
    List<Move> moves = new ArrayList<>();
    boolean others;
    synchronized (this) {
      now.customers().apply(view, change, moves);
      others = staleAccounts;
      if (!others) {
        now.accounts().apply(view, change, moves);
      }
    }
    if (others) {
      readAccounts(view, now);
    }
    changes.incrementAndGet();
    return moves;
  }

  /// Whether somebody else objects than before: a batch links ids of who does.
  private static boolean isOtherwise(State now, View view) {
    return !now.objected().isEmpty()
        && !now.objected().equals(view.objected(Model.Subject.CUSTOMER));
  }

  /// Reads again who objects to being scored, and gives the scores of customers that came or went
  /// with that. Scores of accounts are read again.
  ///
  /// @param view of the thread that asks
  public synchronized List<Move> object(View view) {
    State now = state();
    if (now == null) {
      return List.of();
    }
    BitSet objected = view.objected(Model.Subject.CUSTOMER);
    BitSet changed = (BitSet) objected.clone();
    changed.xor(now.objected());
    Map<LiveColumn, long[]> before = new LinkedHashMap<>();
    for (LiveColumn column : now.customers().columns()) {
      before.put(column, changed.stream().mapToLong(column::score).toArray());
    }
    now.customers().hide(objected);
    List<Move> moves = new ArrayList<>();
    int[] who = changed.stream().toArray();
    before.forEach((column, had) -> {
      for (int i = 0; i < who.length; i++) {
        String id = now.customers().people().id(who[i]);
        Move.add(moves, column.use, id, now.day(), had[i], column.score(who[i]));
      }
    });
    state = new State(now.models(), now.day(), now.customers(), now.accounts(), objected);
    staleAccounts |= !now.accounts().columns().isEmpty();
    changes.incrementAndGet();
    return moves;
  }

  /// Reads again what people gave or took by hand under a model, and gives the score of that
  /// customer or account if it is another one now.
  ///
  /// @param view of the thread that asks
  public synchronized List<Move> adjust(View view, Model.Subject kind, String model, int subject) {
    given++;
    List<Move> moves = new ArrayList<>();
    State now = state();
    if (now != null) {
      now.of(kind).adjust(view, model, subject, moves);
      changes.incrementAndGet();
    }
    return moves;
  }

  /// Whom a batch moved when everything was read again.
  private static List<Move> moved(LiveChange change, State before, @Nullable State after) {
    List<Move> moves = new ArrayList<>();
    if (after == null || after.day() != before.day()) {
      return moves;
    }
    for (Model.Subject kind : Model.Subject.values()) {
      int[] touched = after.of(kind).touched(change);
      String[] ids = after.of(kind).ids(change);
      for (LiveColumn column : after.of(kind).columns()) {
        LiveColumn old = before.column(column.use);
        for (int i = 0; old != null && i < touched.length; i++) {
          Move.add(
              moves,
              column.use,
              ids[i],
              after.day(),
              old.score(touched[i]),
              column.score(touched[i]));
        }
      }
    }
    return moves;
  }

  /// Takes the score of today of a customer or account.
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
    LiveColumn column = now == null ? null : column(now, use);
    if (now == null || column == null) {
      return null;
    }
    LiveSubjects subjects = now.of(use.model().subject());
    LivePeople people = subjects.people();
    int day = now.day();
    int since = day - use.model().window() + 1;
    for (int subject = 0; subject < people.span(); subject++) {
      long score = column.score(subject);
      if (score != Kernel.NONE) {
        int firstDay = people.firstDay(subject);
        row.take(
            subject,
            people.id(subject),
            people.isIdentified(subject),
            firstDay,
            score,
            !subjects.isActive(subject, since, day),
            firstDay > day - use.model().window());
      }
    }
    return day;
  }

  /// The scores of the population of identified subjects, as columns by number.
  ///
  /// @param scores in milli-points, [Kernel#UNAVAILABLE] or [Kernel#NONE]
  /// @param active who had an active event in the model's window
  /// @param firstDays since when each exists
  @SuppressWarnings("ArrayRecordComponent") // columns of many rows
  public record Sheet(int day, long[] scores, BitSet active, int[] firstDays) {}

  /// Copies the scores of everybody identified; null where this model is not in memory. It is done
  /// in parts, so that batches do not wait for the whole.
  public @Nullable Sheet sheet(InUse use) {
    State now = state();
    LiveColumn column = now == null ? null : column(now, use);
    if (now == null || column == null) {
      return null;
    }
    LiveSubjects subjects = now.of(use.model().subject());
    int span = span(subjects);
    Sheet sheet = new Sheet(now.day(), new long[span], new BitSet(span), new int[span]);
    for (int from = 0; from < span; from += COPIED_AT_ONCE) {
      copy(subjects, column, sheet, from, Math.min(span, from + COPIED_AT_ONCE));
    }
    return sheet;
  }

  private synchronized int span(LiveSubjects subjects) {
    return subjects.people().span();
  }

  private synchronized void copy(
      LiveSubjects subjects, LiveColumn column, Sheet to, int first, int last) {
    LivePeople people = subjects.people();
    int since = to.day() - column.use.model().window() + 1;
    for (int subject = first; subject < last; subject++) {
      long score = people.isIdentified(subject) ? column.score(subject) : Kernel.NONE;
      to.scores()[subject] = score;
      to.firstDays()[subject] = people.firstDay(subject);
      if (score != Kernel.NONE && subjects.isActive(subject, since, to.day())) {
        to.active().set(subject);
      }
    }
  }

  /// The scores of everybody on a day by the subject's number, from memory where they are there;
  /// what [Roster.Everybody] asks for.
  public long[] everybody(View view, InUse use, int day, int span) {
    long[] found = inMemory(use, day, span);
    return found != null ? found : new Scoring(view).scores(use, day, span);
  }

  private synchronized long @Nullable [] inMemory(InUse use, int day, int span) {
    State now = state();
    LiveColumn column = now == null ? null : column(now, use);
    if (now == null || now.day() != day || column == null) {
      return null;
    }
    long[] scores = new long[span];
    Arrays.setAll(scores, column::score);
    return scores;
  }

  /// The score of one of them on a day: in milli-points, or [Kernel#UNAVAILABLE] or [Kernel#NONE];
  /// null where that day or model is not in memory.
  public synchronized @Nullable Long score(InUse use, int subject, int day) {
    State now = state();
    LiveColumn column = now == null ? null : column(now, use);
    return now == null || now.day() != day || column == null ? null : (Long) column.score(subject);
  }
}
