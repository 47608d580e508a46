package io.pulso.server.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.expr.Cel;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.ModelReader;
import io.pulso.engine.model.Texts;
import io.pulso.engine.segment.Segment;
import io.pulso.server.score.Crowds;
import io.pulso.server.score.Histories;
import io.pulso.server.score.InUse;
import io.pulso.server.score.Roster;
import io.pulso.server.score.Rosters;
import io.pulso.server.score.WorldStore;
import io.pulso.server.store.View;
import io.pulso.testkit.RandomMetrics;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who came into segments of random worlds and left them, against lists of each day.
class FlowTest {
  private static final int WORLDS = 12;
  private static final int DAYS = 6;
  private static final Model MODEL =
      ModelReader.read(
              "m.yaml",
              """
              name: m
              window: 14d
              activities:
                - {name: all, match: 'type == "track"', points: 7}
                - {name: pages, match: 'type == "page"', points: -3}
              """)
          .model();
  private static final List<String> RULES =
      List.of(
          "score > 7",
          "band == \"very_disengaged\" || inactive",
          "!ramping && traits.plan == \"pro\"",
          "count(\"Login\", \"3d\") > 0 || score < 0",
          "days_since(\"Login\") > 1 && !(account.tier == \"gold\")",
          "has(traits.plan) || has(account.tier)");

  @TempDir private Path folder;

  private static Segment segment(String rule) {
    return new Segment(
        "s",
        Texts.NONE,
        Texts.NONE,
        Model.Subject.CUSTOMER,
        new Segment.Rule(Cel.read(rule, Cel.Scope.LIST)));
  }

  @Test
  void days_are_those_of_lists_and_add_up() {
    InUse use = new InUse(MODEL, InUse.DRAFT);
    Crowds.InForce models = (kind, first, last) -> List.of(new Histories.Period(use, first, last));
    int moved = 0;
    for (int seed = 1; seed <= WORLDS; seed++) {
      RandomMetrics random = RandomMetrics.of(seed);
      int last = random.questions().getFirst().periods().getLast().last();
      try (WorldStore store =
              WorldStore.of(folder.resolve("" + seed), random.world(), List.of(MODEL), 1);
          View view = store.view(null)) {
        for (String rule : RULES) {
          Segment segment = segment(rule);
          List<Flow.Day> days = Flow.of(view, models, segment, last - DAYS, last);
          BitSet before = members(view, use, segment, last - DAYS - 1);
          for (Flow.Day day : days) {
            String where = "seed %d, %s, day %d".formatted(seed, rule, day.day());
            BitSet now = members(view, use, segment, day.day());
            assertThat(day.members()).as(where).isEqualTo(now);
            BitSet came = (BitSet) now.clone();
            came.andNot(before);
            BitSet went = (BitSet) before.clone();
            went.andNot(now);
            assertThat(day.entered()).as(where).isEqualTo(came);
            assertThat(day.left()).as(where).isEqualTo(went);
            assertThat(day.size())
                .as(where)
                .isEqualTo(
                    before.cardinality() + day.entered().cardinality() - day.left().cardinality());
            moved += came.cardinality() + went.cardinality();
            before = now;
          }
        }
      }
    }
    assertThat(moved).as("somebody moved").isGreaterThan(20);
  }

  /// As the list of customers has them.
  private static BitSet members(View view, InUse use, Segment segment, int day) {
    Roster roster = Rosters.ofStore().find(view, Model.Subject.CUSTOMER, use, day, false);
    return Memberships.numbers(roster, Memberships.rows(view, roster, segment));
  }
}
