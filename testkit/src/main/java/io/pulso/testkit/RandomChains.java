package io.pulso.testkit;

import io.pulso.engine.expr.Cel;
import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.By;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Select;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Random questions about what customers of a random world did one after the other, the same ones
/// for the same seed.
public record RandomChains(World world, List<ChainQuestion> questions) {
  private static final int QUESTIONS = 10;

  public static RandomChains of(long seed) {
    Dice dice = new Dice(seed);
    Scene scene = Scene.of(dice);
    World world = RandomWorlds.world(dice, scene);
    List<ChainQuestion> questions = new ArrayList<>();
    for (int i = 0; i < QUESTIONS; i++) {
      questions.add(question(dice, scene));
    }
    return new RandomChains(world, List.copyOf(questions));
  }

  private static ChainQuestion question(Dice dice, Scene scene) {
    int last = (int) scene.day(dice).toEpochDay();
    int first = last - dice.one(0, 1, 6, 27, 60, 400);
    Every every = dice.one(Every.values());
    DayOfWeek weekStart = dice.one(DayOfWeek.MONDAY, DayOfWeek.SUNDAY, DayOfWeek.SATURDAY);
    @Nullable Path by = dice.percent(50) ? By.read(dice.one(RandomMetrics.PARTS)) : null;
    return new ChainQuestion(
        chain(dice),
        every,
        every.periods(first, last, weekStart),
        by,
        last + dice.one(-3, 1, 2, 40));
  }

  static Measure.Chain chain(Dice dice) {
    Select of = select(dice, dice.one(Select.Who.values()));
    Select other = select(dice, Select.Who.ANYBODY);
    int days = dice.one(0, 1, 2, 7, 30);
    return switch (dice.below(8)) {
      case 0 -> new Measure.DaysBetween(of, maybe(dice, RandomMetrics.KEYS), null);
      case 1 -> new Measure.Answered(of, other, 50);
      case 2, 3 ->
          new Measure.Touched(
              of, maybe(dice, RandomMetrics.NUMBERS), other, days, dice.percent(50));
      case 4 -> new Measure.Followed(of, dice.percent(70) ? other : null, days);
      case 5 -> new Measure.Kept(of, other, days);
      case 6 ->
          new Measure.Reacted(
              of,
              other,
              List.of(
                  RandomMetrics.path(dice.one(RandomMetrics.KEYS)),
                  RandomMetrics.path(dice.one(RandomMetrics.KEYS))));
      default -> new Measure.ToDate(leaf(dice, of));
    };
  }

  private static Select select(Dice dice, Select.Who who) {
    return new Select(Cel.read(RandomConditions.ofEvents(dice), Cel.Scope.EVENT), who);
  }

  private static @Nullable Path maybe(Dice dice, List<String> places) {
    return dice.percent(60) ? RandomMetrics.path(dice.one(places)) : null;
  }

  private static Measure.Leaf leaf(Dice dice, Select of) {
    return switch (dice.below(4)) {
      case 0 -> new Measure.Events(of);
      case 1 -> new Measure.Customers(of);
      case 2 -> new Measure.Distinct(of, RandomMetrics.path(dice.one(RandomMetrics.KEYS)));
      default -> new Measure.Total(of, RandomMetrics.path(dice.one(RandomMetrics.NUMBERS)));
    };
  }
}
