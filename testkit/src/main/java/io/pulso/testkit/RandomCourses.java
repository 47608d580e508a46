package io.pulso.testkit;

import io.pulso.engine.event.Event;
import io.pulso.engine.event.EventType;
import io.pulso.engine.expr.Cel;
import io.pulso.engine.json.Json;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Select;
import io.pulso.engine.model.Model;
import io.pulso.engine.time.LocalDays;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Random questions about who left a random world, and how long things took there; the same ones
/// for the same seed.
public record RandomCourses(World world, List<CourseQuestion> questions) {
  private static final int QUESTIONS = 14;

  public static RandomCourses of(long seed) {
    Dice dice = new Dice(seed);
    Scene scene = Scene.of(dice);
    World plain = RandomWorlds.world(dice, scene);
    int share = dice.one(0, 30, 60);
    World world =
        new World(
            plain.zone(),
            plain.records().stream()
                .map(event ->
                    event.type() == EventType.TRACK && dice.percent(share)
                        ? subscription(event, dice)
                        : event)
                .toList());
    List<CourseQuestion> questions = new ArrayList<>();
    for (int i = 0; i < QUESTIONS; i++) {
      questions.add(question(dice, scene, world));
    }
    return new RandomCourses(world, List.copyOf(questions));
  }

  /// The same event as one of a subscription.
  private static Event subscription(Event of, Dice dice) {
    Map<String, Json> properties = new LinkedHashMap<>(of.properties().fields());
    if (dice.percent(70)) {
      properties.put("term", Samples.json(dice.one("month", "year", "week")));
    }
    return new Event(
        of.type(),
        of.userId(),
        of.anonymousId(),
        of.previousId(),
        of.groupId(),
        dice.one("Subscription Started", "Subscription Renewed", "Subscription Cancelled"),
        of.name(),
        of.channel(),
        of.occurredAt(),
        of.receivedAt(),
        of.receivedAssumed(),
        of.messageId(),
        of.source(),
        of.trusted(),
        new Json.Obj(properties),
        of.context(),
        of.traits());
  }

  private static CourseQuestion question(Dice dice, Scene scene, World world) {
    int last = (int) scene.day(dice).toEpochDay();
    Every every = dice.one(Every.WHOLE, Every.DAY, Every.WEEK, Every.MONTH);
    int first = last - dice.one(0, 6, 27, 60, 400);
    LocalDays days = new LocalDays(world.zone());
    int present =
        world.records().stream().mapToInt(event -> days.day(event.occurredAt())).max().orElse(last);
    return new CourseQuestion(
        course(dice),
        every.periods(first, last, dice.one(DayOfWeek.MONDAY, DayOfWeek.SUNDAY)),
        present + dice.one(0, 0, 1, 2, 8, 40));
  }

  private static Measure.Course course(Dice dice) {
    Measure.Loss loss =
        new Measure.Loss(
            dice.percent(25) ? Model.Subject.ACCOUNT : Model.Subject.CUSTOMER,
            dice.percent(50) ? null : dice.one(1, 2, 7, 30));
    Measure.Tell tell = dice.one(Measure.Tell.values());
    return switch (dice.below(6)) {
      case 0, 1 -> new Measure.Leaving(loss, false);
      case 2 -> new Measure.Leaving(loss, true);
      case 3 -> new Measure.Staying(loss, tell);
      case 4 ->
          new Measure.Awaiting(
              new Select(
                  Cel.read(RandomJourneys.condition(dice), Cel.Scope.EVENT),
                  dice.one(Select.Who.values())),
              Cel.read(RandomJourneys.condition(dice), Cel.Scope.EVENT),
              tell);
      default ->
          new Measure.Reaching(Cel.read(RandomJourneys.condition(dice), Cel.Scope.EVENT), tell);
    };
  }
}
