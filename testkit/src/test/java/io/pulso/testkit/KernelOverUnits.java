package io.pulso.testkit;

import io.pulso.engine.model.Activity;
import io.pulso.engine.score.Kernel;
import io.pulso.engine.score.Manual;
import io.pulso.engine.score.Plan;
import io.pulso.engine.score.RollUp;
import io.pulso.engine.score.RollUpBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// The kernel's arithmetic over the units that the reference counts.
final class KernelOverUnits {
  private KernelOverUnits() {}

  static SortedMap<String, Scored> score(World world, Asked asked) {
    SortedMap<String, Scored> reference = ReferenceScorer.score(world, asked);
    SortedMap<ReferenceScorer.Cell, Long> cells = ReferenceScorer.units(world, asked);
    List<String> subjects = List.copyOf(reference.keySet());
    Plan plan = Plan.of(asked.model());
    List<RollUp> units = new ArrayList<>();
    for (Activity activity : asked.model().activities()) {
      RollUpBuilder builder = RollUp.builder(subjects.size());
      cells.forEach((cell, count) -> {
        int subject = subjects.indexOf(cell.subject());
        if (subject >= 0 && cell.activity().equals(activity.name())) {
          builder.add(subject, Math.toIntExact(cell.day().toEpochDay()), count);
        }
      });
      units.add(builder.build());
    }
    int day = Math.toIntExact(asked.asOf().toEpochDay());
    long[] scores = new long[subjects.size()];
    Kernel.score(plan, units, day, Manual.NONE, 0, scores.length, scores);
    SortedMap<String, Scored> answers = new TreeMap<>(Records.BYTES);
    for (int i = 0; i < scores.length; i++) {
      boolean inactive = Objects.requireNonNull(reference.get(subjects.get(i))).inactive();
      answers.put(subjects.get(i), scored(asked, subjects.get(i), scores[i], inactive));
    }
    return answers;
  }

  private static Scored scored(Asked asked, String subject, long score, boolean inactive) {
    if (score == Kernel.UNAVAILABLE) {
      return new Scored(subject, null, Scored.UNAVAILABLE, inactive);
    }
    String band =
        asked.model().bands().stream()
            .filter(each -> each.reaches(score))
            .findFirst()
            .orElseThrow()
            .id();
    return new Scored(subject, score, band, inactive);
  }
}
