package io.pulso.server.score;

import io.pulso.server.store.AccountChange;
import io.pulso.server.store.LiveChange;
import io.pulso.server.store.Population;
import java.util.Arrays;
import java.util.BitSet;

/// The customers or accounts that exist, by their numbers, in memory.
final class LivePeople {
  private String[] ids = new String[0];
  private int[] firstDays = new int[0];
  private final BitSet identified = new BitSet();
  private int span;

  static LivePeople of(Population population) {
    LivePeople people = new LivePeople();
    people.room(population.span());
    for (int row = 0; row < population.size(); row++) {
      people.put(
          population.numbers()[row],
          population.ids()[row],
          population.firstDay()[row],
          population.identified()[row]);
    }
    return people;
  }

  void apply(LiveChange change) {
    for (int i = 0; i < change.subjects().length; i++) {
      room(change.subjects()[i] + 1);
      put(change.subjects()[i], change.ids()[i], change.firstDays()[i], change.identified()[i]);
    }
  }

  void apply(AccountChange change) {
    for (int i = 0; i < change.accounts().length; i++) {
      room(change.accounts()[i] + 1);
      put(change.accounts()[i], change.ids()[i], change.firstDays()[i], true);
    }
  }

  private void put(int number, String id, int firstDay, boolean isUser) {
    ids[number] = id;
    firstDays[number] = firstDay;
    identified.set(number, isUser);
  }

  private void room(int wanted) {
    span = Math.max(span, wanted);
    if (wanted > firstDays.length) {
      int before = firstDays.length;
      int size = Math.max(wanted, before + before / 2 + 1024);
      ids = Arrays.copyOf(ids, size);
      firstDays = Arrays.copyOf(firstDays, size);
      Arrays.fill(firstDays, before, size, LiveChange.NEVER);
    }
  }

  /// One more than the greatest number.
  int span() {
    return span;
  }

  boolean exists(int number, int day) {
    return number < span && firstDays[number] <= day;
  }

  String id(int number) {
    return ids[number];
  }

  int firstDay(int number) {
    return firstDays[number];
  }

  boolean isIdentified(int number) {
    return identified.get(number);
  }
}
