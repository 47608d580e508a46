package io.pulso.server.summary;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.model.Model;
import io.pulso.engine.score.Bands;
import io.pulso.engine.score.Explanation;
import io.pulso.engine.score.Histogram;
import io.pulso.server.score.ExplainedScore;
import io.pulso.server.score.Explaining;
import io.pulso.server.score.Folders;
import io.pulso.server.score.Histories;
import io.pulso.server.score.InUse;
import io.pulso.server.score.Individual;
import io.pulso.server.score.LiveScores;
import io.pulso.server.score.ScoreTable;
import io.pulso.server.score.Scoring;
import io.pulso.server.score.WorldStore;
import io.pulso.server.store.DailyCounts;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import io.pulso.testkit.Asked;
import io.pulso.testkit.RandomCase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class GlancesTest {
  private static final int CASES = 5;

  private int movers;
  private int scored;

  @Test
  void a_glance_says_what_scores_and_explanations_say() {
    for (long seed = 500; seed < 500 + CASES; seed++) {
      RandomCase random = RandomCase.of(seed);
      Asked asked = random.questions().getFirst();
      Folders.with(folder -> {
        try (Store store = WorldStore.open(folder, random.world());
            WorldStore filled =
                WorldStore.live(store, random.world(), List.of(asked.model()), 2, change -> {})) {
          glance(filled.store(), asked);
          return true;
        }
      });
    }
    assertThat(movers).isPositive();
    assertThat(scored).isPositive();
  }

  private void glance(Store store, Asked asked) {
    long end = store.days().end(Math.toIntExact(asked.asOf().toEpochDay())) - 1;
    int today = store.days().day(end);
    Clock clock = Clock.fixed(Instant.EPOCH.plus(end, ChronoUnit.MICROS), ZoneOffset.UTC);
    InUse use = new InUse(asked.model(), InUse.DRAFT);
    LiveScores scores = new LiveScores(store, clock, () -> List.of(use));
    scores.renew();
    try (Store looking = store.steady();
        Glances glances =
            new Glances(
                looking,
                scores,
                (first, day) ->
                    List.of(new ModelLine(List.of(new Histories.Period(use, first, day)))),
                clock,
                () -> {});
        View view = store.now()) {
      while (!glances.isReady()) {
        LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
      }
      Board board = glances.board();
      Glance glance = board.glances().getFirst();
      present(view, glance, use, today);
      glance.movements().values().forEach(movement -> movement(view, glance, movement));
      active(view, board, asked.model(), today);
      assertThat(glance.stale()).isZero();
      assertThat(glance.coverage()).isNotNull();
    }
  }

  private void present(View view, Glance glance, InUse use, int today) {
    Present present = Objects.requireNonNull(glance.present());
    ScoreTable table = new Scoring(view).table(use, today, false);
    assertThat(present.scored() + present.unavailable()).isEqualTo(table.size());
    assertThat(sum(present.bands())).isEqualTo(present.scored());
    assertThat(present.histogram().stream().mapToInt(Histogram.Bin::count).sum())
        .isEqualTo(present.scored());
    Bands bands = Bands.of(use.model());
    long before = Long.MIN_VALUE;
    for (Histogram.Bin bin : present.histogram()) {
      assertThat(bin.from()).isGreaterThan(before);
      assertThat(List.of(bands.index(bin.from()), bands.index(bin.to()))).containsOnly(bin.band());
      before = bin.to();
    }
    int active = 0;
    for (boolean inactive : table.inactive()) {
      active += inactive ? 0 : 1;
    }
    assertThat(present.active()).isEqualTo(active);
    scored += present.scored();
  }

  private static int sum(List<Integer> counts) {
    return counts.stream().mapToInt(count -> count).sum();
  }

  private void movement(View view, Glance glance, Movement movement) {
    InUse use = glance.line().today();
    int[] gone = new int[use.model().bands().size()];
    for (int row = 0; row < gone.length; row++) {
      for (int count : movement.matrix()[row]) {
        gone[row] += count;
      }
    }
    int stayed = Arrays.stream(gone).sum();
    Glance.Day from = Objects.requireNonNull(glance.day(movement.from()));
    Glance.Day to = Objects.requireNonNull(glance.day(movement.to()));
    assertThat(stayed + movement.went()).isEqualTo(from.counts().scored());
    assertThat(stayed + movement.came()).isEqualTo(to.counts().scored());
    assertThat(movement.up()).allMatch(mover -> mover.change() > 0);
    assertThat(movement.down()).allMatch(mover -> mover.change() < 0);
    assertThat(movement.crossedUp().size() + movement.crossedDown().size())
        .isLessThanOrEqualTo(movement.ups() + movement.downs());
    Stream.of(movement.up(), movement.down(), movement.crossedUp(), movement.crossedDown())
        .flatMap(List::stream)
        .forEach(mover -> mover(view, use, movement, mover));
  }

  private void mover(View view, InUse use, Movement movement, Mover mover) {
    Individual who = Individual.find(view, use.model().subject(), mover.id());
    Explaining explaining = new Explaining(view);
    assertThat(explaining.score(use, who, movement.from())).isEqualTo(mover.before());
    assertThat(explaining.score(use, who, movement.to())).isEqualTo(mover.after());
    assertThat(mover.why().lines().stream().mapToLong(Explanation.Line::points).sum())
        .isEqualTo(mover.change());
    List<Explanation.Line> expected =
        explaining
            .between(
                who,
                new Explaining.Side(use, movement.from()),
                new Explaining.Side(use, movement.to()),
                null)
            .lines()
            .stream()
            .map(ExplainedScore.Line::why)
            .filter(line -> line.points() != 0)
            .toList();
    assertThat(mover.why().lines().stream().filter(line -> line.points() != 0).toList())
        .isEqualTo(expected);
    movers++;
  }

  private static void active(View view, Board board, Model model, int today) {
    Model.Subject kind = model.subject();
    BitSet identified = view.members(kind).identified();
    for (DailyCounts.Active each : Objects.requireNonNull(board.active().get(kind)).days()) {
      assertThat(each.active()).isEqualTo(count(view, model, identified, each.day(), each.day()));
      assertThat(each.month())
          .isEqualTo(count(view, model, identified, each.day() - Active.MONTH + 1, each.day()));
      assertThat(each.day()).isLessThan(today);
    }
  }

  private static int count(View view, Model model, BitSet identified, int from, int to) {
    BitSet found = view.active(model, from, to);
    found.and(identified);
    return found.cardinality();
  }
}
