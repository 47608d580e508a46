package io.pulso.server.starter;

import io.pulso.engine.event.Event;
import io.pulso.engine.event.EventType;
import io.pulso.engine.model.ModelFile;
import io.pulso.engine.model.ModelNames;
import io.pulso.engine.model.ModelReader;
import io.pulso.server.score.InUse;
import io.pulso.server.score.ScoreTable;
import io.pulso.server.score.Scoring;
import io.pulso.server.score.WorldStore;
import io.pulso.server.store.Incoming;
import io.pulso.server.store.Load;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Events in a real store, and what a proposed model makes of them.
final class StarterWorld implements AutoCloseable {
  static final int TODAY = Math.toIntExact(LocalDate.parse("2026-03-31").toEpochDay());
  private static final long HOUR = 3_600_000_000L;

  private final Store store;
  private final List<Incoming> events = new ArrayList<>();
  private int number;

  StarterWorld(Path folder) {
    store =
        Store.open(folder.resolve("pulso.duckdb"), ZoneOffset.UTC, new Store.Limits(512L << 20, 2));
  }

  /// The scores of active customers under a proposal, ascending.
  @SuppressWarnings("ArrayRecordComponent")
  record Kept(List<String> warnings, long[] scores) {
    long median() {
      return scores[(scores.length - 1) / 2];
    }

    /// The least of the top tenth.
    long top() {
      return scores[scores.length - Math.max(1, scores.length / 10)];
    }
  }

  void track(String who, String event, int daysAgo) {
    add(EventType.TRACK, who, null, event, null, daysAgo);
  }

  void page(@Nullable String who, @Nullable String visitor, String name, int daysAgo) {
    add(EventType.PAGE, who, visitor, null, name, daysAgo);
  }

  private void add(
      EventType type,
      @Nullable String who,
      @Nullable String visitor,
      @Nullable String event,
      @Nullable String name,
      int daysAgo) {
    int line = events.size() + 1;
    events.add(
        new Incoming(
            type,
            who,
            visitor,
            null,
            null,
            event,
            name,
            null,
            store.days().start(TODAY - daysAgo) + HOUR + line % 1000,
            Incoming.ASSUMED,
            "m" + ++number,
            Double.NaN,
            0,
            null,
            null,
            null,
            0,
            line));
  }

  /// All that a generator writes.
  void all(Consumer<Consumer<Event>> generator) {
    generator.accept(event -> events.add(WorldStore.incoming(event, events.size() + 1L)));
  }

  Starter starter(String... taken) {
    if (!events.isEmpty()) {
      try (Load load = store.load("test", true, "world", Clock.systemUTC(), List.of())) {
        events.forEach(load::append);
        load.commit();
      }
      events.clear();
    }
    try (View view = store.now()) {
      return Starter.read(view, TODAY, Set.of(taken));
    }
  }

  Kept kept(Proposal proposal) {
    ModelFile file = ModelReader.read("m.yaml", Objects.requireNonNull(proposal.text()));
    List<String> warnings = new ArrayList<>(file.warnings());
    try (View view = store.now()) {
      warnings.addAll(
          ModelNames.unknown("m.yaml", file.model(), view.eventNames(), view.pageNames()));
      ScoreTable table =
          new Scoring(view).table(new InUse(file.model(), InUse.DRAFT), proposal.asOf(), false);
      long[] scores =
          IntStream.range(0, table.size())
              .filter(row -> !table.inactive()[row])
              .mapToLong(row -> table.scores()[row])
              .toArray();
      Arrays.sort(scores);
      return new Kept(warnings, scores);
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
