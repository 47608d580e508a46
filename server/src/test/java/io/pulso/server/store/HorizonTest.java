package io.pulso.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.event.EventType;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is remembered of message ids, for how long, and how many.
class HorizonTest {
  private static final long DAY = 86_400_000_000L;
  private static final long NOW = Instant.parse("2026-03-10T12:00:00Z").toEpochMilli() * 1000;

  /// The number of the first source of a store.
  private static final int SOURCE = 0;

  @TempDir private Path folder;

  @Test
  void an_id_is_new_once_for_each_source() {
    Horizon horizon = new Horizon(100);
    for (int source = 1; source < 5; source++) {
      assertThat(horizon.isNew(source, 7, 8, NOW)).isTrue();
      assertThat(horizon.isNew(source, 7, 8, NOW)).isFalse();
    }
    assertThat(horizon.size()).isEqualTo(4);
  }

  @Test
  void no_id_that_one_source_makes_up_hides_one_of_another() {
    Horizon horizon = new Horizon(100);
    long mixed = 0x9e3779b97f4a7c15L;
    assertThat(horizon.isNew(1, 5 ^ mixed ^ 2 * mixed, 9, NOW)).isTrue();
    assertThat(horizon.isNew(2, 5, 9, NOW)).isTrue();
  }

  @Test
  void an_id_is_known_for_seven_days_and_then_forgotten() {
    Horizon horizon = new Horizon(100);
    assertThat(horizon.isNew(1, 1, 1, NOW)).isTrue();
    assertThat(horizon.isNew(1, 2, 2, NOW + 7 * DAY)).isTrue();
    horizon.forget(NOW + 7 * DAY);
    assertThat(horizon.isNew(1, 1, 1, NOW + 7 * DAY)).isFalse();
    assertThat(horizon.isNew(1, 3, 3, NOW + 8 * DAY)).isTrue();
    horizon.forget(NOW + 8 * DAY);
    assertThat(horizon.isNew(1, 1, 1, NOW + 8 * DAY)).isTrue();
    assertThat(horizon.isNew(1, 2, 2, NOW + 8 * DAY)).isFalse();
  }

  @Test
  void a_clock_that_is_set_back_forgets_nothing() {
    Horizon horizon = new Horizon(100);
    assertThat(horizon.isNew(1, 1, 1, NOW)).isTrue();
    assertThat(horizon.isNew(1, 2, 2, NOW - 30 * DAY)).isTrue();
    assertThat(horizon.isNew(1, 3, 3, NOW + DAY)).isTrue();
    for (int id = 1; id <= 3; id++) {
      assertThat(horizon.isNew(1, id, id, NOW + DAY)).isFalse();
    }
  }

  @Test
  void one_busy_day_keeps_no_more_than_the_bound_and_the_newest() {
    Horizon horizon = new Horizon(1000);
    for (int id = 1; id <= 50_000; id++) {
      assertThat(horizon.isNew(1, id, 0, NOW)).isTrue();
      assertThat(horizon.size()).isBetween(Math.min(id, 800L), 1000L);
    }
    for (int id = 49_300; id <= 50_000; id++) {
      assertThat(horizon.isNew(1, id, 0, NOW)).isFalse();
    }
    assertThat(horizon.isNew(1, 1, 0, NOW)).isTrue();
  }

  private static Incoming event(String id, EventType type, long receivedAt) {
    return new Incoming(
        type,
        "Login",
        null,
        "ann",
        null,
        null,
        null,
        null,
        receivedAt,
        receivedAt,
        id,
        Double.NaN,
        0,
        null,
        type == EventType.IDENTIFY ? "{\"a\":1}" : null,
        null,
        0,
        0);
  }

  /// A store of events and calls, one of each a day, the oldest ten days ago.
  private Path stored() {
    Path file = folder.resolve("store.duckdb");
    Clock clock = Clock.fixed(Instant.ofEpochMilli(NOW / 1000), ZoneOffset.UTC);
    try (Store store = Store.open(file, ZoneOffset.UTC, Store.Limits.ofMachine())) {
      LiveLoad live = store.live(clock, List::of, change -> {});
      for (int day = 10; day >= 0; day--) {
        long at = NOW - day * DAY;
        List<Incoming> rows = new ArrayList<>();
        rows.add(event("e" + day, EventType.TRACK, at));
        rows.add(event("c" + day, EventType.IDENTIFY, at));
        Map<String, LiveLoad.Counts> counts =
            live.load(List.of(new LiveLoad.Part("web", true, at, rows, List.of())), 11 - day);
        assertThat(counts.values()).allMatch(each -> each.stored() == 2);
      }
    }
    return file;
  }

  private static boolean isKnown(Horizon horizon, String text) {
    MessageId id = MessageId.of(text);
    return !horizon.isNew(SOURCE, id.high(), id.low(), NOW);
  }

  @Test
  void what_the_store_has_of_the_last_days_is_known_again() throws Exception {
    Store.Limits limits = Store.Limits.ofMachine();
    Path file = stored();
    try (Db db = new Db(NativeLibrary.open(file.toString(), Store.settings(file, limits)))) {
      Horizon horizon = Horizon.read(db, NOW);
      assertThat(horizon.size()).isEqualTo(16);
      for (int day = 0; day <= 7; day++) {
        assertThat(isKnown(horizon, "e" + day)).isTrue();
        assertThat(isKnown(horizon, "c" + day)).isTrue();
      }
      assertThat(isKnown(horizon, "e9")).isFalse();
      Horizon few = Horizon.read(db, NOW, 4);
      assertThat(few.size()).isEqualTo(4);
      assertThat(isKnown(few, "e1")).isTrue();
      assertThat(isKnown(Horizon.read(db, NOW, 4), "c2")).isFalse();
    }
  }
}
