package io.pulso.server.summary;

import io.pulso.engine.model.Model;
import io.pulso.server.score.Coverage;
import io.pulso.server.store.DailyCounts;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Everything that is told of a model's scores at a glance, as it was found last.
///
/// @param present null before it was looked at first
/// @param days completed days that are counted, in order; some may be missing
/// @param stale how many completed days are still to be counted, or to be counted again
/// @param movements by how many days lie between
/// @param coverage null where it was not looked at yet
public record Glance(
    ModelLine line,
    @Nullable Present present,
    List<Day> days,
    int stale,
    Map<Integer, Movement> movements,
    @Nullable Coverage coverage) {
  /// Bands of these ids are where somebody may be lost, and so is a model's lowest band.
  private static final Set<String> AT_RISK = Set.of("churn_risk", "very_disengaged");

  public Glance {
    days = List.copyOf(days);
    movements = Map.copyOf(movements);
  }

  /// The counts of a completed day.
  ///
  /// @param right whether nothing that is stored changed this day since
  public record Day(DailyCounts.Scores counts, boolean right) {}

  public Model model() {
    return line.today().model();
  }

  /// The counts of a completed day; null where it is not counted.
  public @Nullable Day day(int day) {
    return days.stream().filter(each -> each.counts().day() == day).findFirst().orElse(null);
  }

  /// How many of a day are in bands that are engaged, as the version of the day says.
  public int engaged(Day day) {
    return day.counts().in(line.on(day.counts().day()).model().engagedBands());
  }

  /// How many of a day are in bands that are at risk, as the version of the day says.
  public int atRisk(Day day) {
    return day.counts().in(atRisk(line.on(day.counts().day()).model()));
  }

  /// The places of the bands of a model that are at risk: the lowest, and those that are called so.
  public static BitSet atRisk(Model model) {
    BitSet found = new BitSet();
    found.set(0);
    for (int place = 1; place < model.bands().size(); place++) {
      found.set(place, AT_RISK.contains(model.bands().get(place).id()));
    }
    return found;
  }
}
