package io.pulso.server.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.model.Model;
import io.pulso.engine.score.Kernel;
import io.pulso.server.store.LiveChange;
import io.pulso.server.store.Store;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Compares scores in memory with those that the store gives, after each batch: everybody's score,
/// and that exactly those are told whose score moved.
final class LiveScoresCheck {
  private final Store store;
  private final LiveScores scores;
  private final InUse use;
  private final int day;
  private final Map<String, Long> told;
  private List<LiveScores.Move> moves = List.of();

  /// A score, and whether nobody was active.
  private record Row(long score, boolean inactive) {}

  /// Begins with what is in the store.
  LiveScoresCheck(Store store, Model model, LocalDate asked) {
    this.store = store;
    this.use = new InUse(model, InUse.DRAFT);
    long end = store.days().end(Math.toIntExact(asked.toEpochDay())) - 1;
    // The day that is asked may be one that a country skipped: no clock says it.
    this.day = store.days().day(end);
    List<InUse> models = List.of(use);
    Clock clock = Clock.fixed(Instant.EPOCH.plus(end, ChronoUnit.MICROS), ZoneOffset.UTC);
    this.scores = new LiveScores(store, clock, () -> models);
    scores.renew();
    this.told = new TreeMap<>();
    if (isInMemory(model)) {
      inMemory().forEach((id, row) -> told.put(id, row.score()));
    }
  }

  /// Whether scores under a model are kept in memory.
  static boolean isInMemory(Model model) {
    return model.subject() == Model.Subject.ACCOUNT || model.method() != Model.Method.FIT;
  }

  LiveScores scores() {
    return scores;
  }

  /// What the last batch moved.
  List<LiveScores.Move> moves() {
    return moves;
  }

  /// Adds what a batch changed.
  void apply(LiveChange change) {
    moves = scores.apply(change);
    if (!isInMemory(use.model())) {
      return;
    }
    for (LiveScores.Move move : moves) {
      assertThat(told.getOrDefault(move.id(), Kernel.NONE)).isEqualTo(move.before());
      told.put(move.id(), move.after());
    }
    told.values().removeIf(score -> score == Kernel.NONE);
    Map<String, Row> memory = inMemory();
    assertThat(memory).isEqualTo(inStore());
    Map<String, Long> now = new TreeMap<>();
    memory.forEach((id, row) -> now.put(id, row.score()));
    assertThat(told).isEqualTo(now);
  }

  private Map<String, Row> inMemory() {
    Map<String, Row> found = new TreeMap<>();
    Integer of =
        scores.each(
            use,
            (number, id, identified, firstDay, score, inactive, ramping) ->
                found.put(id, new Row(score, inactive)));
    assertThat(of).isEqualTo(day);
    return found;
  }

  private Map<String, Row> inStore() {
    ScoreTable table = new Scoring(store.now()).table(use, day, true);
    Map<String, Row> found = new TreeMap<>();
    for (int row = 0; row < table.size(); row++) {
      found.put(table.ids()[row], new Row(table.scores()[row], table.inactive()[row]));
    }
    return found;
  }
}
