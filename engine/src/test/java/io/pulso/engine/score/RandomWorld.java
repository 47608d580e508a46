package io.pulso.engine.score;

import io.pulso.engine.model.Decay;
import io.pulso.engine.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Models and units drawn by chance, everyday ones and absurd ones.
final class RandomWorld {
  private static final int TODAY = 20_000;

  private final RandomGenerator random;
  private final boolean absurd;

  RandomWorld(RandomGenerator random, boolean absurd) {
    this.random = random;
    this.absurd = absurd;
  }

  Model model() {
    Model.Method method = random.nextInt(4) == 0 ? Model.Method.WEIGHTED : Model.Method.POINTS;
    return method == Model.Method.WEIGHTED ? weighted() : points();
  }

  Model points() {
    Models.ModelBuilder builder = Models.points().base(random.nextLong(-20_000, 20_000));
    List<@Nullable String> groups = new ArrayList<>();
    groups.add(null);
    for (int i = random.nextInt(3); i > 0; i--) {
      groups.add("group" + i);
      builder.group("group" + i, maybe(-30_000, 0), maybe(0, 60_000));
    }
    if (random.nextBoolean()) {
      builder.clamp(maybe(-100_000, 0), maybe(0, 200_000));
    }
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      long most = absurd ? 10_000_000 : 30_000;
      builder.with(
          activity("a" + i, random.nextLong(-most, most + 1))
              .group(groups.get(random.nextInt(groups.size()))));
    }
    return builder.model();
  }

  Model weighted() {
    Models.ModelBuilder builder = Models.weighted();
    int n = 1 + random.nextInt(4);
    for (int i = 1; i <= n; i++) {
      long target = random.nextLong(1, absurd ? 1L << random.nextInt(2, 55) : 30_000);
      builder.with(activity("a" + i, 100_000 / n).target(target));
    }
    return builder.model();
  }

  private Models.ActivityBuilder activity(String name, long points) {
    Decay decay =
        switch (random.nextInt(3)) {
          case 0 -> new Decay.HalfLife(random.nextInt(1, 40));
          case 1 -> new Decay.Linear(random.nextInt(1, 60));
          default -> new Decay.None();
        };
    Models.ActivityBuilder builder =
        Models.activity(name, points)
            .window(random.nextInt(1, absurd ? 731 : 40))
            .decay(decay)
            .caps(maybe(0, 5) == null ? null : cap(), random.nextBoolean() ? null : cap());
    return random.nextBoolean() ? builder.numeric() : builder;
  }

  private long cap() {
    long cap = random.nextLong(absurd ? 1L << random.nextInt(3, 60) : 12_000);
    return random.nextBoolean() ? cap / 1000 * 1000 : cap;
  }

  private @Nullable Long maybe(long from, long to) {
    return random.nextInt(3) == 0 ? null : random.nextLong(from, to + 1);
  }

  int today() {
    return TODAY;
  }

  /// Units of so many subjects for each activity.
  List<RollUp> units(Model model, int subjects) {
    return model.activities().stream().map(_ -> units(subjects)).toList();
  }

  RollUp units(int subjects) {
    RollUpBuilder builder = RollUp.builder(subjects);
    boolean whole = random.nextBoolean();
    int days = absurd ? 740 : 50;
    for (int subject = 0; subject < subjects; subject++) {
      boolean busy = absurd && random.nextInt(6) == 0;
      for (int rows = busy ? 740 : random.nextInt(12); rows > 0; rows--) {
        int day = TODAY + 5 - (busy ? rows - 1 : random.nextInt(days));
        builder.add(subject, day, whole ? 1000L * random.nextInt(8) : amount());
      }
    }
    return builder.build();
  }

  private long amount() {
    return random.nextLong(absurd && random.nextInt(4) > 0 ? RollUp.MOST_A_DAY + 1 : 6000);
  }
}
