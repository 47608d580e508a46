package io.pulso.server.score;

import io.pulso.engine.event.Event;
import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonText;
import io.pulso.engine.model.Model;
import io.pulso.engine.score.Bands;
import io.pulso.engine.score.Kernel;
import io.pulso.server.store.Incoming;
import io.pulso.server.store.LiveChange;
import io.pulso.server.store.LiveLoad;
import io.pulso.server.store.Load;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import io.pulso.testkit.Asked;
import io.pulso.testkit.Scored;
import io.pulso.testkit.World;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A world of the testkit in a real store on disk.
public final class WorldStore implements AutoCloseable {
  private static final Duration REMEMBERED = Duration.ofDays(6);

  private final Store store;

  private WorldStore(Store store) {
    this.store = store;
  }

  /// Imports all records, those of each source in `imports` imports one after another.
  public static WorldStore of(Path folder, World world, List<Model> models, int imports) {
    Store store = open(folder, world);
    Map<String, List<Event>> bySource = new LinkedHashMap<>();
    for (Event event : world.records()) {
      bySource.computeIfAbsent(event.source(), name -> new ArrayList<>()).add(event);
    }
    bySource.forEach((source, events) -> {
      int parts = copies(events) ? 1 : imports;
      for (int i = 0; i < parts; i++) {
        int from = events.size() * i / parts;
        int to = events.size() * (i + 1) / parts;
        load(store, source, events.subList(from, to), models);
      }
    });
    return new WorldStore(store);
  }

  /// Loads all records as they came, in some batches, as a server does.
  public static WorldStore live(Path folder, World world, List<Model> models, int batches) {
    return live(open(folder, world), world, models, batches, change -> {});
  }

  public static Store open(Path folder, World world) {
    return EmptyStore.open(folder, world.zone());
  }

  /// As the other one.
  ///
  /// @param changed is told what each batch changed
  public static WorldStore live(
      Store store, World world, List<Model> models, int batches, Consumer<LiveChange> changed) {
    List<Event> events =
        world.records().stream().sorted(Comparator.comparingLong(Event::receivedAt)).toList();
    LiveLoad live = store.live(Clock.systemUTC(), () -> models, changed);
    for (int i = 0; i < batches; i++) {
      int from = events.size() * i / batches;
      int to = events.size() * (i + 1) / batches;
      List<LiveLoad.Part> parts = new ArrayList<>();
      for (Event event : events.subList(from, to)) {
        parts.add(
            new LiveLoad.Part(
                event.source(),
                event.trusted(),
                event.receivedAt(),
                List.of(incoming(event, parts.size() + 1)),
                List.of()));
      }
      if (!parts.isEmpty()) {
        live.load(parts, i + 1L);
      }
    }
    return new WorldStore(store);
  }

  /// Whether a copy of a message is received so late that live loading may not know its id any
  /// more.
  public static boolean repeatsLate(World world) {
    Map<List<String>, LongSummaryStatistics> received = new LinkedHashMap<>();
    for (Event event : world.records()) {
      received
          .computeIfAbsent(
              List.of(event.source(), event.messageId()), id -> new LongSummaryStatistics())
          .accept(event.receivedAt());
    }
    return received.values().stream()
        .anyMatch(times -> times.getMax() - times.getMin() > REMEMBERED.toNanos() / 1000);
  }

  /// Which copy of a message stays is a matter of one import.
  private static boolean copies(List<Event> events) {
    return events.stream().map(Event::messageId).distinct().count() < events.size();
  }

  private static void load(Store store, String source, List<Event> events, List<Model> models) {
    if (events.isEmpty()) {
      return;
    }
    try (Load load =
        store.load(source, events.getFirst().trusted(), "world", Clock.systemUTC(), models)) {
      long line = 1;
      for (Event event : events) {
        load.append(incoming(event, line++));
      }
      load.commit();
    }
  }

  public static Incoming incoming(Event event, long line) {
    Json value = event.value();
    boolean number = value instanceof Json.Num;
    return new Incoming(
        event.type(),
        event.userId(),
        event.anonymousId(),
        event.previousId(),
        event.groupId(),
        event.event(),
        event.name(),
        event.channel(),
        event.occurredAt(),
        event.receivedAssumed() ? Incoming.ASSUMED : event.receivedAt(),
        event.messageId(),
        value instanceof Json.Num num ? num.value() : Double.NaN,
        value == null || number ? 0 : Incoming.FLAG_VALUE_NOT_NUMBER,
        text(event.properties()),
        text(event.context()),
        text(event.traits()),
        0,
        line);
  }

  private static @Nullable String text(Json.Obj object) {
    return object.isEmpty() ? null : JsonText.write(object);
  }

  public Store store() {
    return store;
  }

  /// The kernel's answer.
  SortedMap<String, Scored> byKernel(Asked asked) {
    try (View view = view(asked.knownAt())) {
      return answer(table(view, asked), null);
    }
  }

  /// The printed SQL's answer, over roll-ups made anew from raw events.
  SortedMap<String, Scored> bySql(Asked asked) {
    try (View view = asked.knownAt() == null ? store.fresh() : view(asked.knownAt())) {
      ScoreTable table = table(view, asked);
      int span = Arrays.stream(table.numbers()).max().orElse(-1) + 1;
      int asOf = Math.toIntExact(asked.asOf().toEpochDay());
      return answer(table, SqlScoring.scores(view, asked.model(), span, asOf));
    }
  }

  private ScoreTable table(View view, Asked asked) {
    return new Scoring(view)
        .table(
            new InUse(asked.model(), InUse.DRAFT),
            Math.toIntExact(asked.asOf().toEpochDay()),
            asked.all());
  }

  /// What was known then; the present where that is null.
  public View view(@Nullable Instant knownAt) {
    if (knownAt == null) {
      return store.now();
    }
    return store.knownAt(knownAt.getEpochSecond() * 1_000_000 + knownAt.getNano() / 1000);
  }

  private static SortedMap<String, Scored> answer(ScoreTable table, long @Nullable [] other) {
    SortedMap<String, Scored> found = byId();
    for (int row = 0; row < table.size(); row++) {
      long score = other == null ? table.scores()[row] : other[table.numbers()[row]];
      String id = table.ids()[row];
      found.put(id, scored(table.use().model(), id, score, table.inactive()[row]));
    }
    return found;
  }

  static SortedMap<String, Scored> byId() {
    return new TreeMap<>((a, b) ->
        Arrays.compareUnsigned(
            a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8)));
  }

  static Scored scored(Model model, String id, long score, boolean inactive) {
    boolean none = score == Kernel.UNAVAILABLE;
    return new Scored(
        id,
        none ? null : score,
        none ? Scored.UNAVAILABLE : Bands.of(model).band(score).id(),
        inactive);
  }

  @Override
  public void close() {
    store.close();
  }
}
