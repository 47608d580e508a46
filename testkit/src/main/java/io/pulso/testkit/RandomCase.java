package io.pulso.testkit;

import io.pulso.engine.event.Event;
import io.pulso.engine.model.Model;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A random world and random questions about it, the same ones for the same seed.
public record RandomCase(World world, List<Asked> questions) {
  public static final int QUESTIONS = 5;

  public static RandomCase of(long seed) {
    Dice dice = new Dice(seed);
    Scene scene = Scene.of(dice);
    World world = RandomWorlds.world(dice, scene);
    List<Asked> questions = new ArrayList<>();
    Model model = RandomModels.model(dice);
    for (int i = 0; i < QUESTIONS; i++) {
      questions.add(new Asked(model, scene.day(dice), knownAt(dice, world), dice.percent(75)));
      if (dice.percent(70)) {
        model = RandomModels.model(dice);
      }
    }
    return new RandomCase(world, List.copyOf(questions));
  }

  private static @Nullable Instant knownAt(Dice dice, World world) {
    if (dice.percent(65)) {
      return null;
    }
    Event event = dice.one(world.records());
    return Instant.EPOCH.plus(event.receivedAt() - dice.below(2), ChronoUnit.MICROS);
  }
}
