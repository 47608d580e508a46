package io.pulso.server.starter;

import io.pulso.engine.score.RollUp;
import io.pulso.engine.score.RollUpBuilder;
import io.pulso.server.store.EventCensus;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The customers of a sample, numbered from 0, and what they did.
final class Sample {
  private final EventCensus.Rows rows;
  private final int[] people;
  private final int size;
  private final BitSet active = new BitSet();

  private Sample(EventCensus.Rows rows, int[] people, int size) {
    this.rows = rows;
    this.people = people;
    this.size = size;
  }

  static Sample of(EventCensus.Rows rows, List<EventCensus.Kind> kinds) {
    BitSet passive = new BitSet();
    kinds.stream().filter(EventCensus.Kind::passive).forEach(kind -> passive.set(kind.no()));
    Map<Integer, Integer> numbers = new HashMap<>();
    int[] people = new int[rows.size()];
    for (int row = 0; row < people.length; row++) {
      people[row] = numbers.computeIfAbsent(rows.subjects()[row], subject -> numbers.size());
    }
    Sample sample = new Sample(rows, people, numbers.size());
    for (int row = 0; row < people.length; row++) {
      if (!passive.get(rows.kinds()[row])) {
        sample.active.set(people[row]);
      }
    }
    return sample;
  }

  /// How many did anything, or had anything done to them.
  int size() {
    return size;
  }

  /// Those who did something themselves.
  BitSet active() {
    return active;
  }

  /// Part of all customers that it is.
  double share() {
    return rows.share();
  }

  /// About how many customers or events there are of so many in the sample.
  long whole(long inSample) {
    return Math.round(inSample / rows.share());
  }

  /// The units of each of some sets of kinds.
  List<RollUp> units(List<? extends Collection<Integer>> sets) {
    Map<Integer, List<RollUpBuilder>> takers = new HashMap<>();
    List<RollUpBuilder> builders = sets.stream().map(set -> RollUp.builder(size)).toList();
    for (int i = 0; i < sets.size(); i++) {
      for (int kind : sets.get(i)) {
        takers.computeIfAbsent(kind, none -> new java.util.ArrayList<>()).add(builders.get(i));
      }
    }
    for (int row = 0; row < rows.size(); row++) {
      for (RollUpBuilder taker : takers.getOrDefault(rows.kinds()[row], List.of())) {
        taker.add(people[row], rows.days()[row], rows.counts()[row] * 1000L);
      }
    }
    return builders.stream().map(RollUpBuilder::build).toList();
  }
}
