package io.pulso.server.score;

import io.pulso.engine.model.Activity;
import io.pulso.engine.model.Model;
import io.pulso.server.store.AccountChange;
import io.pulso.server.store.LiveChange;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Accounts, the units of their people, their seats and their scores.
final class LiveAccounts implements LiveSubjects {
  /// The place of active events: no roll-up of people in accounts has a smaller number.
  static final int ACTIVE = 0;

  private final int day;
  private final LiveAccountUnits units;
  private final LiveSeats seats;
  private final boolean dividesBySeats;
  private final LivePeople people;
  private final Map<String, LiveAccountModel> models = new LinkedHashMap<>();

  /// Customers who have no part in the scores.
  private final BitSet objected;

  private LiveAccounts(
      int day, LiveAccountUnits units, boolean dividesBySeats, LivePeople people, BitSet objected) {
    this.day = day;
    this.objected = objected;
    this.units = units;
    this.seats = new LiveSeats();
    this.dividesBySeats = dividesBySeats;
    this.people = people;
  }

  /// Reads and scores all of them, where any model scores accounts.
  ///
  /// @param objected customers who have no part in the scores
  static LiveAccounts of(View view, List<InUse> wanted, int day, BitSet objected) {
    Map<InUse, List<Integer>> orders = new LinkedHashMap<>();
    for (InUse use : wanted) {
      if (use.model().subject() == Model.Subject.ACCOUNT) {
        orders.put(use, view.rollUps(use.model()));
      }
    }
    LiveAccountUnits units = units(orders, day);
    if (orders.isEmpty()) {
      return new LiveAccounts(day, units, false, new LivePeople(), objected);
    }
    LiveAccountUnits.Adding adding = units.adding();
    view.accountUnits(units.activities(), units.firstDay(), day, adding);
    adding.end();
    LivePeople people = LivePeople.of(view.population(Model.Subject.ACCOUNT));
    LiveAccounts made =
        new LiveAccounts(day, units, uses(orders, Activity.Per.SEAT), people, objected);
    if (made.dividesBySeats) {
      view.seats(null, made.seats::put);
    }
    orders.forEach((use, numbers) -> made.add(view, use, numbers));
    return made;
  }

  /// Room for the units that these models look at.
  private static LiveAccountUnits units(Map<InUse, List<Integer>> orders, int day) {
    TreeSet<Integer> activities = new TreeSet<>(List.of(View.ACTIVE_IN_ACCOUNT));
    orders.values().forEach(activities::addAll);
    List<Integer> places = List.copyOf(activities);
    BitSet singly = new BitSet();
    singly.set(ACTIVE, uses(orders, Activity.Per.ACTIVE_PERSON));
    int widest = 1;
    for (Map.Entry<InUse, List<Integer>> entry : orders.entrySet()) {
      Model model = entry.getKey().model();
      widest = Math.max(widest, Math.max(model.window(), model.widestWindow()));
      for (int i = 0; i < entry.getValue().size(); i++) {
        if (model.activities().get(i).caps().perPerson() != null) {
          singly.set(places.indexOf(entry.getValue().get(i)));
        }
      }
    }
    return new LiveAccountUnits(
        day - widest + 1, day, places.stream().mapToInt(number -> number).toArray(), singly);
  }

  private static boolean uses(Map<InUse, List<Integer>> orders, Activity.Per per) {
    return orders.keySet().stream()
        .flatMap(use -> use.model().activities().stream())
        .anyMatch(activity -> activity.per() == per);
  }

  private void add(View view, InUse use, List<Integer> numbers) {
    int[] places = numbers.stream().mapToInt(units::place).toArray();
    LiveAccountModel model = new LiveAccountModel(use, places, day);
    model.judgeAll(view);
    for (int account = 0; account < people.span(); account++) {
      model.renew(view, units, seats, people, account);
    }
    models.put(use.model().name(), model);
  }

  @Override
  public LivePeople people() {
    return people;
  }

  @Override
  public @Nullable LiveColumn column(String model) {
    LiveAccountModel found = models.get(model);
    return found == null ? null : found.column;
  }

  @Override
  public Collection<LiveColumn> columns() {
    List<LiveColumn> all = new ArrayList<>();
    models.values().forEach(model -> all.add(model.column));
    return all;
  }

  @Override
  public boolean isActive(int number, int from, int to) {
    return units.rows(number, ACTIVE, from, to) > 0;
  }

  @Override
  public void apply(View view, LiveChange change, List<LiveScores.Move> moves) {
    AccountChange mine = change.accounts();
    if (models.isEmpty() || mine.accounts().length == 0) {
      return;
    }
    people.apply(mine);
    LiveAccountUnits.Adding adding = units.adding();
    mine.each((account, activity, on, person, milli) -> {
      if (!objected.get(person)) {
        adding.take(account, activity, on, person, milli);
      }
    });
    adding.end();
    if (change.states() && dividesBySeats) {
      Arrays.stream(mine.accounts()).forEach(seats::clear);
      view.seats(mine.accounts(), seats::put);
    }
    for (LiveAccountModel model : models.values()) {
      model.judge(view, mine.accounts());
      for (int i = 0; i < mine.accounts().length; i++) {
        int account = mine.accounts()[i];
        long before = model.renew(view, units, seats, people, account);
        LiveScores.Move.add(
            moves, model.column.use, mine.ids()[i], day, before, model.column.score(account));
      }
    }
  }

  @Override
  public void adjust(View view, String model, int account, List<LiveScores.Move> moves) {
    LiveAccountModel found = models.get(model);
    if (found != null && account < people.span()) {
      found.manualAgain(view);
      long before = found.renew(view, units, seats, people, account);
      LiveScores.Move.add(
          moves, found.column.use, people.id(account), day, before, found.column.score(account));
    }
  }

  @Override
  public int[] touched(LiveChange change) {
    return change.accounts().accounts();
  }

  @Override
  public String[] ids(LiveChange change) {
    return change.accounts().ids();
  }
}
