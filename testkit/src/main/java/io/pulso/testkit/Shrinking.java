package io.pulso.testkit;

import io.pulso.engine.event.Event;
import io.pulso.engine.model.Activity;
import io.pulso.engine.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/// Makes a world and a model smaller as long as something still holds, so that a person can see
/// why.
final class Shrinking {
  /// What is left.
  record Small(World world, Asked asked) {}

  private Shrinking() {}

  static Small shrink(World world, Asked asked, BiPredicate<World, Asked> holds) {
    List<Event> records =
        dropped(world.records(), some -> holds.test(new World(world.zone(), some), asked));
    World small = new World(world.zone(), records);
    List<Activity> activities =
        dropped(
            asked.model().activities(),
            some -> !some.isEmpty() && holds.test(small, with(asked, some)));
    return new Small(small, with(asked, activities));
  }

  /// What is left when no single item can be dropped any more.
  private static <T> List<T> dropped(List<T> all, Predicate<List<T>> holds) {
    List<T> left = new ArrayList<>(all);
    boolean smaller = true;
    while (smaller) {
      smaller = false;
      for (int i = left.size() - 1; i >= 0; i--) {
        T item = left.remove(i);
        if (holds.test(List.copyOf(left))) {
          smaller = true;
        } else {
          left.add(i, item);
        }
      }
    }
    return left;
  }

  private static Asked with(Asked asked, List<Activity> activities) {
    Model model = asked.model();
    Model less =
        new Model(
            model.name(),
            model.title(),
            model.subject(),
            model.appliesTo(),
            model.priority(),
            model.method(),
            model.window(),
            model.decay(),
            model.base(),
            model.clamp(),
            model.groups(),
            activities,
            model.bands(),
            model.bandsName(),
            model.tests(),
            model.hash());
    return new Asked(less, asked.asOf(), asked.knownAt(), asked.all());
  }
}
