package io.pulso.testkit;

import io.pulso.engine.expr.Cel;
import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.By;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Select;
import io.pulso.engine.model.PathText;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Random things to count in a random world, the same ones for the same seed.
public record RandomMetrics(World world, List<MetricQuestion> questions) {
  private static final int QUESTIONS = 12;
  static final List<String> NUMBERS =
      List.of("value", "properties.n", "properties.minutes", "properties.list[0]", "name");
  static final List<String> KEYS =
      List.of("properties.s", "properties.tag", "properties.n", "value", "name");
  static final List<String> PARTS =
      List.of("channel", "source", "event", "properties.s", "traits.plan", "account.tier", "name");

  public static RandomMetrics of(long seed) {
    Dice dice = new Dice(seed);
    Scene scene = Scene.of(dice);
    World world = RandomWorlds.world(dice, scene);
    List<MetricQuestion> questions = new ArrayList<>();
    for (int i = 0; i < QUESTIONS; i++) {
      questions.add(question(dice, scene));
    }
    return new RandomMetrics(world, List.copyOf(questions));
  }

  private static MetricQuestion question(Dice dice, Scene scene) {
    int last = (int) scene.day(dice).toEpochDay();
    int first = last - dice.one(0, 1, 6, 27, 60, 800);
    Every every = dice.one(Every.values());
    DayOfWeek weekStart = dice.one(DayOfWeek.MONDAY, DayOfWeek.SUNDAY, DayOfWeek.SATURDAY);
    @Nullable Path by = dice.percent(50) ? By.read(dice.one(PARTS)) : null;
    return new MetricQuestion(leaf(dice), every, every.periods(first, last, weekStart), by);
  }

  static Measure.Leaf leaf(Dice dice) {
    Select of =
        new Select(
            Cel.read(RandomConditions.ofEvents(dice), Cel.Scope.EVENT),
            dice.one(Select.Who.values()));
    return switch (dice.below(8)) {
      case 0 -> new Measure.Events(of);
      case 1 -> new Measure.Customers(of);
      case 2 -> new Measure.Distinct(of, path(dice.one(KEYS)));
      case 3 -> new Measure.Total(of, path(dice.one(NUMBERS)));
      case 4 ->
          new Measure.Unique(
              of,
              dice.percent(50)
                  ? List.of(path(dice.one(KEYS)))
                  : List.of(path(dice.one(KEYS)), path(dice.one(KEYS))));
      case 5 -> new Measure.Repeaters(of, path(dice.one(KEYS)), dice.between(1, 3));
      default -> new Measure.Numbers(of, path(dice.one(NUMBERS)), dice.percent(60));
    };
  }

  static Path path(String text) {
    return Objects.requireNonNull(PathText.read(text));
  }
}
