package io.pulso.testkit;

import io.pulso.engine.expr.Cel;
import io.pulso.engine.expr.Path;
import io.pulso.engine.journey.Funnel;
import io.pulso.engine.metric.By;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.Texts;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Random journeys to look for in a random world, the same ones for the same seed.
public record RandomJourneys(
    World world, List<FunnelQuestion> funnels, List<CohortQuestion> cohorts) {
  private static final int QUESTIONS = 12;
  private static final long HOUR = 3_600_000_000L;
  private static final List<String> PARTS =
      List.of("channel", "source", "event", "properties.s", "traits.plan", "account.tier");

  public static RandomJourneys of(long seed) {
    Dice dice = new Dice(seed);
    Scene scene = Scene.of(dice);
    World world = RandomWorlds.world(dice, scene);
    List<FunnelQuestion> funnels = new ArrayList<>();
    for (int i = 0; i < QUESTIONS; i++) {
      funnels.add(funnel(dice, scene));
    }
    List<CohortQuestion> cohorts = new ArrayList<>();
    for (int i = 0; i < QUESTIONS; i++) {
      cohorts.add(cohort(dice, scene));
    }
    return new RandomJourneys(world, List.copyOf(funnels), List.copyOf(cohorts));
  }

  private static CohortQuestion cohort(Dice dice, Scene scene) {
    int last = (int) scene.day(dice).toEpochDay();
    Every every = dice.one(Every.DAY, Every.WEEK, Every.MONTH);
    int first = last - dice.one(0, 1, 6, 27, 60) * (every == Every.MONTH ? 10 : 1);
    boolean account = dice.percent(25);
    return new CohortQuestion(
        account ? Model.Subject.ACCOUNT : Model.Subject.CUSTOMER,
        account ? Select.Who.ANYBODY : dice.one(Select.Who.values()),
        dice.percent(50) ? null : Cel.read(condition(dice), Cel.Scope.EVENT),
        dice.percent(50) ? null : Cel.read(condition(dice), Cel.Scope.EVENT),
        every,
        new Period(first, last),
        dice.percent(40),
        dice.one(DayOfWeek.MONDAY, DayOfWeek.SUNDAY, DayOfWeek.SATURDAY),
        last + dice.between(-8, 3));
  }

  private static FunnelQuestion funnel(Dice dice, Scene scene) {
    int last = (int) scene.day(dice).toEpochDay();
    int first = last - dice.one(0, 1, 6, 27, 60, 800);
    List<Funnel.Step> steps = new ArrayList<>();
    for (int i = dice.between(2, 4); i > 0; i--) {
      steps.add(new Funnel.Step(Texts.NONE, Cel.read(condition(dice), Cel.Scope.EVENT)));
    }
    boolean account = dice.percent(25);
    Funnel funnel =
        new Funnel(
            "random",
            Texts.NONE,
            steps,
            window(dice, scene),
            dice.one(Funnel.Order.values()),
            account ? Model.Subject.ACCOUNT : Model.Subject.CUSTOMER,
            account ? Select.Who.ANYBODY : dice.one(Select.Who.values()));
    @Nullable Path by = dice.percent(40) ? By.read(dice.one(PARTS)) : null;
    long now = dice.one(scene.instants()) + dice.one(0L, 1L, 30 * HOUR, 24 * 45 * HOUR);
    return new FunnelQuestion(funnel, new Period(first, last), by, now);
  }

  /// Often exactly the time between two events.
  private static long window(Dice dice, Scene scene) {
    long between = Math.abs(dice.one(scene.instants()) - dice.one(scene.instants()));
    return dice.percent(50) && between > 0 ? between : dice.one(1L, 24L, 24 * 7L, 24 * 30L) * HOUR;
  }

  /// Often one that many events hold.
  static String condition(Dice dice) {
    return switch (dice.below(4)) {
      case 0 -> "type == \"track\"";
      case 1 -> "event == \"%s\"".formatted(dice.one("Login", "Feature Used", "Invite Sent"));
      case 2 -> "type == \"page\" || event == \"Login\"";
      default -> RandomConditions.ofEvents(dice);
    };
  }
}
