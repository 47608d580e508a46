package io.pulso.testkit;

import io.pulso.engine.expr.Cel;
import io.pulso.engine.expr.Expression;
import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.By;
import io.pulso.engine.metric.Catalogue;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Metric;
import io.pulso.engine.time.LocalDays;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Random questions about how long the tickets of a random world last, the same ones for the same
/// seed: of the built-in metrics, and of other things by other events.
public record RandomTickets(World world, List<TicketQuestion> questions) {
  private static final int QUESTIONS = 14;
  private static final List<Metric> LASTING =
      Catalogue.all().stream()
          .filter(metric -> metric.measure() instanceof Measure.Lasting)
          .toList();
  private static final List<Metric> OPEN =
      Catalogue.all().stream().filter(metric -> metric.measure() instanceof Measure.Open).toList();
  private static final List<String> PARTS =
      List.of(
          "properties.tier",
          "properties.tier",
          "properties.agent",
          "properties.agent",
          "campaign",
          "channel",
          "source",
          "event",
          "traits.plan",
          "account.tier");

  public static RandomTickets of(long seed) {
    Dice dice = new Dice(seed);
    Scene scene = Scene.of(dice);
    World world = RandomHelpdesk.world(dice, scene);
    List<TicketQuestion> questions = new ArrayList<>();
    while (questions.size() < QUESTIONS) {
      TicketQuestion question = question(dice, scene, world);
      if (question.among() == null || ReferenceTickets.areOwnersClear(world, question)) {
        questions.add(question);
      }
    }
    return new RandomTickets(world, List.copyOf(questions));
  }

  private static TicketQuestion question(Dice dice, Scene scene, World world) {
    LocalDays days = new LocalDays(world.zone());
    int last = (int) scene.day(dice).toEpochDay();
    int present =
        world.records().stream().mapToInt(event -> days.day(event.occurredAt())).max().orElse(last);
    boolean some = dice.percent(20);
    Every every = some ? Every.WHOLE : dice.one(Every.values());
    int first = last - dice.one(0, 1, 6, 27, 60, 400);
    @Nullable Metric metric = dice.percent(75) ? dice.one(dice.percent(40) ? OPEN : LASTING) : null;
    return new TicketQuestion(
        metric == null ? null : metric.id(),
        metric == null ? course(dice) : (Measure.Course) metric.measure(),
        every.periods(first, last, dice.one(DayOfWeek.MONDAY, DayOfWeek.SUNDAY)),
        !some && dice.percent(60) ? By.read(dice.one(PARTS)) : null,
        some ? customers(dice, world) : null,
        present + dice.one(0, 0, 0, 1, 2, 8, 40));
  }

  /// About half of the customers.
  private static Set<String> customers(Dice dice, World world) {
    Knowledge known = new Knowledge(world, null);
    return known
        .records()
        .map(known::customer)
        .filter(Objects::nonNull)
        .distinct()
        .filter(customer -> dice.percent(50))
        .collect(Collectors.toSet());
  }

  private static Measure.Course course(Dice dice) {
    Path of =
        RandomMetrics.path(
            dice.percent(50) ? "properties.ticket_id" : dice.one(RandomMetrics.KEYS));
    @Nullable Expression again = dice.percent(60) ? condition(dice) : null;
    Expression from = condition(dice);
    Expression to = condition(dice);
    return dice.percent(30)
        ? new Measure.Open(new Measure.Span(from, to, again, of, true))
        : new Measure.Lasting(
            new Measure.Span(from, to, again, of, dice.percent(60)),
            dice.one(Measure.Tell.values()));
  }

  private static Expression condition(Dice dice) {
    String text =
        dice.percent(60)
            ? "event == \"%s\"".formatted(dice.one(RandomHelpdesk.EVENTS))
            : RandomJourneys.condition(dice);
    return Cel.read(text, Cel.Scope.EVENT);
  }
}
