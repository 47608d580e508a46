package io.pulso.testkit;

import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.By;
import io.pulso.engine.metric.Draws;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Select;
import io.pulso.engine.metric.SessionFact;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Random things that customers, or values at a place, add in a random world, the same ones for the
/// same seed.
public record RandomDraws(World world, List<DrawnQuestion> questions) {
  private static final int QUESTIONS = 10;
  private static final List<String> PLACES =
      List.of("properties.s", "properties.n", "traits.plan", "source", "campaign");
  private static final List<SessionFact> FACTS =
      List.of(
          SessionFact.ALL,
          SessionFact.WITH_PAGE,
          SessionFact.PAGES,
          SessionFact.BOUNCES,
          SessionFact.SECONDS,
          SessionFact.VISITORS,
          SessionFact.EXITS,
          SessionFact.DAYS_BETWEEN,
          SessionFact.INTERVALS);

  public static RandomDraws of(long seed) {
    World world = RandomSessions.of(seed).world();
    Scene scene = Scene.of(new Dice(seed));
    Dice dice = new Dice(seed + 1);
    List<DrawnQuestion> questions = new ArrayList<>();
    for (int i = 0; i < QUESTIONS; i++) {
      questions.add(question(dice, scene));
    }
    return new RandomDraws(world, List.copyOf(questions));
  }

  private static DrawnQuestion question(Dice dice, Scene scene) {
    int last = (int) scene.day(dice).toEpochDay();
    int first = last - dice.one(0, 6, 27, 60, 800);
    Every every = dice.one(Every.values());
    @Nullable Path of = dice.percent(30) ? By.read(dice.one(PLACES)) : null;
    @Nullable Path by = dice.percent(50) ? By.read(dice.one(RandomMetrics.PARTS)) : null;
    return new DrawnQuestion(
        new Draws(measure(dice, of), dice.percent(70) ? measure(dice, of) : null, of, false),
        every,
        every.periods(first, last, DayOfWeek.MONDAY),
        by);
  }

  private static Measure measure(Dice dice, @Nullable Path of) {
    return switch (dice.below(6)) {
      case 0 -> new Measure.Sum(one(dice, of), one(dice, of));
      case 1 -> new Measure.Difference(one(dice, of), one(dice, of));
      default -> one(dice, of);
    };
  }

  private static Measure one(Dice dice, @Nullable Path of) {
    if (of == null && dice.percent(25)) {
      return new Measure.Sessions(dice.one(FACTS), dice.one(Select.Who.values()));
    }
    while (true) {
      Measure.Leaf leaf = RandomMetrics.leaf(dice);
      boolean adds =
          switch (leaf) {
            case Measure.Events _, Measure.Distinct _, Measure.Total _ -> true;
            case Measure.Customers _, Measure.Unique _ -> of == null;
            case Measure.Numbers _, Measure.Repeaters _, Measure.Machines _ -> false;
          };
      if (adds) {
        return leaf;
      }
    }
  }
}
