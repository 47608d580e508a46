package io.pulso.server.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonText;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.ModelReader;
import io.pulso.server.store.Population;
import io.pulso.server.store.Standings;
import io.pulso.server.store.View;
import io.pulso.testkit.RandomCase;
import io.pulso.testkit.World;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What `count` and `days_since` of a list's filter read.
class EventCountsTest {
  private static final int BATCHES = 4;
  private static final int SEEDS = 12;

  private int counted;

  /// Of everybody with any: how many track calls of a name, on how many days, and the last day.
  private static Map<String, String> told(View view, List<String> names, int day) {
    Population everybody = view.population(Model.Subject.CUSTOMER);
    Standings standings = view.standings(Model.Subject.CUSTOMER);
    Map<String, String> told = new TreeMap<>();
    for (String name : names) {
      int[] week = standings.counts(everybody.span(), name, day - 6, day);
      int[] ever = standings.counts(everybody.span(), name, day - 5_000, day);
      int[] last = standings.lastOf(everybody.span(), name, day);
      for (int row = 0; row < everybody.size(); row++) {
        int number = everybody.numbers()[row];
        if (ever[number] > 0 || last[number] != Standings.NEVER) {
          told.put(
              everybody.ids()[row] + " " + name,
              "%d %d %d".formatted(week[number], ever[number], last[number]));
        }
      }
    }
    return told;
  }

  private static Model counting(List<String> names) {
    StringBuilder text = new StringBuilder("name: counting\nactivities:\n");
    for (String name : names) {
      String match = "event == " + JsonText.write(new Json.Str(name));
      text.append(
          "- {name: a%d, points: 1, match: '%s'}\n"
              .formatted(names.indexOf(name), match.replace("'", "''")));
    }
    return ModelReader.read("counting.yaml", text.toString()).model();
  }

  private void compare(World world, int day) {
    boolean done =
        Folders.with(read ->
            Folders.with(rolled -> {
              try (WorldStore events = WorldStore.live(read, world, List.of(), BATCHES);
                  View raw = events.store().now()) {
                List<String> names = raw.eventNames();
                if (names.isEmpty()) {
                  return true;
                }
                Model model = counting(names);
                try (WorldStore units = WorldStore.live(rolled, world, List.of(model), BATCHES);
                    View quick = units.store().now()) {
                  assertThat(quick.isRolledUp(model)).isTrue();
                  assertThat(raw.isRolledUp(model)).isFalse();
                  Map<String, String> expected = told(raw, names, day);
                  assertThat(told(quick, names, day)).isEqualTo(expected);
                  counted += expected.size();
                  return true;
                }
              }
            }));
    assertThat(done).isTrue();
  }

  @Test
  void roll_ups_tell_the_same_as_events_after_batches_of_random_worlds() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      RandomCase random = RandomCase.of(seed);
      int day = Math.toIntExact(random.questions().getFirst().asOf().toEpochDay());
      compare(random.world(), day);
    }
    assertThat(counted).isGreaterThan(SEEDS * 5);
  }
}
