package io.pulso.testkit;

import java.util.SortedMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Random models over random worlds: an engine must answer what [ReferenceScorer] answers, to the
/// digit.
///
/// `-Dpulso.cases=N` asks so many questions; `-Dpulso.seed=N` begins with that world, as a failure
/// names it. Each world is asked about [RandomCase#QUESTIONS] times in a row and is the same object
/// each time, so that an engine may keep it.
public abstract class RandomContract {
  static final int SOME = 500;
  static final int MANY = 50_000;

  protected abstract SortedMap<String, Scored> score(World world, Asked asked);

  @Test
  void some_random_models_over_random_worlds_give_what_the_reference_gives() {
    Comparing.compare(
        this::score, Long.getLong("pulso.seed", 1), Integer.getInteger("pulso.cases", SOME));
  }

  @Test
  @Tag("long")
  void many_random_models_over_random_worlds_give_what_the_reference_gives() {
    Comparing.compare(
        this::score,
        Long.getLong("pulso.seed", 1_000_000),
        Integer.getInteger("pulso.cases", MANY));
  }
}
