package io.pulso.testkit;

import io.pulso.engine.expr.Cel;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.metric.Stat;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.Texts;
import io.pulso.engine.segment.Segment;
import io.pulso.engine.time.LocalDays;
import java.util.ArrayList;
import java.util.List;

/// Random measures by band and by segment in a random world, the same ones for the same seed.
public record RandomGroups(World world, List<GroupQuestion> questions) {
  private static final int QUESTIONS = 10;
  private static final List<Stat> STATS =
      List.of(
          Stat.SCORE_MEAN,
          Stat.SCORE_MEDIAN,
          Stat.SCORE_CUSTOMERS,
          Stat.SCORE_ENGAGED,
          Stat.INDEX_ENGAGED,
          Stat.INDEX_RESPONSIVE,
          Stat.INDEX_DISENGAGED);

  public static RandomGroups of(long seed) {
    Dice dice = new Dice(seed);
    Scene scene = Scene.of(dice);
    World world = RandomWorlds.world(dice, scene);
    Model model = model(dice);
    List<GroupQuestion> questions = new ArrayList<>();
    for (int i = 0; i < QUESTIONS; i++) {
      questions.add(question(dice, scene, world, model));
    }
    return new RandomGroups(world, List.copyOf(questions));
  }

  private static Model model(Dice dice) {
    Model model = RandomModels.model(dice);
    while (model.subject() != Model.Subject.CUSTOMER) {
      model = RandomModels.model(dice);
    }
    return model;
  }

  private static GroupQuestion question(Dice dice, Scene scene, World world, Model model) {
    LocalDays days = new LocalDays(world.zone());
    int present =
        world.records().stream().mapToInt(event -> days.day(event.occurredAt())).max().orElse(0);
    int last = (int) scene.day(dice).toEpochDay();
    List<Segment> segments = new ArrayList<>();
    for (int i = dice.percent(50) ? 0 : dice.between(1, 3); i > 0; i--) {
      segments.add(
          new Segment(
              "s" + i,
              Texts.NONE,
              Texts.NONE,
              Model.Subject.CUSTOMER,
              new Segment.Rule(Cel.read(rule(dice), Cel.Scope.LIST))));
    }
    return new GroupQuestion(
        model,
        segments,
        measure(dice),
        new Period(last - dice.one(0, 6, 27, 60), last),
        present + dice.one(0, 1, 8, 40));
  }

  private static String rule(Dice dice) {
    return switch (dice.below(5)) {
      case 0 -> "score > " + dice.one("0", "5", "40", "-1");
      case 1 -> "band == \"%s\"".formatted(dice.one("very_disengaged", "power_user", "warm"));
      case 2 -> "score <= 40 || " + RandomConditions.ofSubjects(dice);
      default -> RandomConditions.ofSubjects(dice);
    };
  }

  private static Measure measure(Dice dice) {
    return switch (dice.below(6)) {
      case 0 -> new Measure.Active(dice.one(1, 7, 30), Select.Who.IDENTIFIED);
      case 1, 2 -> new Measure.Standing(dice.one(STATS));
      case 3 -> RandomChains.chain(dice);
      default ->
          switch (RandomMetrics.leaf(dice)) {
            case Measure.Numbers numbers ->
                switch (dice.below(4)) {
                  case 0 -> new Measure.Mean(numbers);
                  case 1 -> new Measure.Percentile(numbers, 90);
                  case 2 -> new Measure.Nps(numbers);
                  default -> new Measure.AtLeast(numbers, 4_000);
                };
            case Measure.Leaf leaf -> leaf;
          };
    };
  }
}
