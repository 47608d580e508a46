package io.pulso.server.score;

import io.pulso.engine.model.Model;
import io.pulso.engine.score.RollUp;
import io.pulso.server.store.LiveChange;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Customers, their units and scores. Models of traits alone are not among theirs.
final class LiveCustomers implements LiveSubjects {
  /// Later than any event.
  private static final int FAR_DAY = 3_000_000;

  private final int day;
  private final Map<Integer, Integer> places;
  private final LiveUnits units;
  private final LivePeople people;
  private final Map<String, LiveModel> models = new LinkedHashMap<>();

  private LiveCustomers(int day, Map<Integer, Integer> places, LiveUnits units, LivePeople people) {
    this.day = day;
    this.places = places;
    this.units = units;
    this.people = people;
  }

  /// Reads and scores everybody.
  static LiveCustomers of(View view, List<InUse> wanted, int day) {
    Map<Integer, Integer> places = new LinkedHashMap<>();
    Map<InUse, int[]> orders = new LinkedHashMap<>();
    places.put(View.ACTIVE, 0);
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
        widest = Math.max(widest, Math.max(use.model().window(), use.model().widestWindow()));
      }
    }
    LivePeople people = LivePeople.of(view.population(Model.Subject.CUSTOMER));
    int first = day - widest + 1;
    List<RollUp> read = view.units(List.copyOf(places.keySet()), people.span(), first, FAR_DAY);
    LiveUnits units = LiveUnits.of(first, read);
    LiveCustomers made = new LiveCustomers(day, places, units, people);
    orders.forEach((use, order) -> {
      LiveModel model = new LiveModel(use, order);
      model.scoreAll(view, read, units, people, day);
      made.models.put(use.model().name(), model);
    });
    return made;
  }

  /// Has no scores for some from now on.
  void hide(BitSet customers) {
    models.values().forEach(model -> model.column.hide(customers));
  }

  private static boolean isLive(Model model) {
    return model.subject() == Model.Subject.CUSTOMER && model.method() != Model.Method.FIT;
  }

  @Override
  public LivePeople people() {
    return people;
  }

  @Override
  public @Nullable LiveColumn column(String model) {
    LiveModel found = models.get(model);
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
    return units.any(number, 0, from, to);
  }

  @Override
  public void apply(View view, LiveChange change, List<LiveScores.Move> moves) {
    people.apply(change);
    LiveChange.Units added = change.units();
    for (int i = 0; i < added.units().length; i++) {
      Integer place = places.get(added.activities()[i]);
      if (place != null) {
        units.add(place, added.subjects()[i], added.days()[i], added.units()[i]);
      }
    }
    for (LiveModel model : models.values()) {
      BitSet others = model.judge(view, change, day);
      for (int i = 0; i < change.subjects().length; i++) {
        renew(view, model, change.subjects()[i], change.ids()[i], moves);
        others.clear(change.subjects()[i]);
      }
      others.stream().forEach(other -> renew(view, model, other, people.id(other), moves));
    }
  }

  private void renew(
      View view, LiveModel model, int subject, String id, List<LiveScores.Move> moves) {
    long before = model.renew(view, units, people, subject, day);
    LiveScores.Move.add(moves, model.column.use, id, day, before, model.column.score(subject));
  }

  @Override
  public void adjust(View view, String model, int subject, List<LiveScores.Move> moves) {
    LiveModel found = models.get(model);
    if (found != null && subject < people.span()) {
      found.manualAgain(view);
      renew(view, found, subject, people.id(subject), moves);
    }
  }

  @Override
  public int[] touched(LiveChange change) {
    return change.subjects();
  }

  @Override
  public String[] ids(LiveChange change) {
    return change.ids();
  }
}
