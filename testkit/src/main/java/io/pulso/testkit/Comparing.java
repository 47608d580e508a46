package io.pulso.testkit;

import static org.assertj.core.api.Assertions.fail;

import java.util.SortedMap;

/// An engine beside the reference.
final class Comparing {
  private final Rules.Engine engine;

  private Comparing(Rules.Engine engine) {
    this.engine = engine;
  }

  /// Asks so many random questions, the first ones about the world of that seed, and fails on the
  /// first that is answered otherwise.
  static void compare(Rules.Engine engine, long seed, int questions) {
    Comparing comparing = new Comparing(engine);
    int asked = 0;
    for (long each = seed; asked < questions; each++) {
      try {
        RandomCase random = RandomCase.of(each);
        random.questions().forEach(question -> comparing.compare(random.world(), question));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + each + ": " + e.getMessage(), e);
      }
      asked += RandomCase.QUESTIONS;
    }
  }

  private void compare(World world, Asked asked) {
    if (differs(world, asked)) {
      report(world, asked);
    }
  }

  private boolean differs(World world, Asked asked) {
    return !engine.score(world, asked).equals(ReferenceScorer.score(world, asked));
  }

  private void report(World world, Asked asked) {
    Shrinking.Small small = Shrinking.shrink(world, asked, this::differs);
    SortedMap<String, Scored> answered = engine.score(small.world(), small.asked());
    SortedMap<String, Scored> right = ReferenceScorer.score(small.world(), small.asked());
    StringBuilder text = new StringBuilder("made smaller\n");
    text.append("zone ").append(world.zone()).append(", as of ").append(asked.asOf());
    text.append(", known at ").append(asked.knownAt()).append(", all ").append(asked.all());
    text.append("\nmodel\n").append(ModelText.of(small.asked().model())).append("records\n");
    small.world().records().forEach(each -> text.append("  " + ModelText.of(each) + "\n"));
    text.append("answered ").append(answered.values()).append('\n');
    text.append("right is ").append(right.values()).append('\n');
    text.append("units ").append(ReferenceScorer.units(small.world(), small.asked()));
    fail(text.toString());
  }
}
