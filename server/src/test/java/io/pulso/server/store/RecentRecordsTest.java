package io.pulso.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.event.EventType;
import io.pulso.server.store.RecentRecords.Place;
import io.pulso.server.store.RecentRecords.Question;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The newest records, which the live stream shows.
class RecentRecordsTest {
  @TempDir private Path folder;

  private static void load(Store store, String source, Incoming... rows) {
    try (Load load = store.load(source, true, "file", Clock.systemUTC(), List.of())) {
      for (Incoming row : rows) {
        load.append(row);
      }
      var counts = load.commit();
      assertThat(counts.stored()).isEqualTo(rows.length);
    }
  }

  private static List<String> seen(
      Store store, @Nullable String source, @Nullable String text, Place after, int limit) {
    return store.recent().newest(new Question(source, text, after, limit)).stream()
        .map(row -> row.source() + " " + row.type() + " " + row.id())
        .toList();
  }

  @Test
  void events_and_calls_stand_together_the_newest_first() {
    try (Store store = Records.open(folder.resolve("s.duckdb"))) {
      assertThat(store.recent().areNone()).isTrue();
      load(store, "shop", Records.event("Ann", "m1"), Records.event("ben", "m2"));
      load(
          store,
          "app",
          Records.call(EventType.IDENTIFY, "carl", null, null, "m3", null, "{\"a\":1}"),
          Records.event("dora", "m4"));
      assertThat(store.recent().areNone()).isFalse();
      assertThat(seen(store, null, null, Place.START, 3))
          .containsExactly("app track dora", "app identify carl", "shop track ben");
      assertThat(seen(store, "shop", null, Place.START, 9))
          .containsExactly("shop track ben", "shop track Ann");
      assertThat(seen(store, null, "ANN", Place.START, 9)).containsExactly("shop track Ann");
      assertThat(seen(store, null, "logi", Place.START, 9)).hasSize(3);
      assertThat(seen(store, null, "identify", Place.START, 9))
          .containsExactly("app identify carl");
      Place last =
          store.recent().newest(new Question("shop", null, Place.START, 1)).getFirst().place();
      assertThat(seen(store, null, null, Place.of(last.toString()), 9))
          .containsExactly("app track dora", "app identify carl");
    }
  }

  @Test
  void a_place_that_is_none_is_the_start() {
    assertThat(Place.of("12-34")).isEqualTo(new Place(12, 34));
    for (String text : List.of("", "1", "1-2-3", "-1-2", "1-x", "99999999999-1")) {
      assertThat(Place.of(text)).as(text).isEqualTo(Place.START);
    }
    assertThat(Place.of(null)).isEqualTo(Place.START);
  }

  @Test
  void each_source_tells_what_became_of_what_it_sent() {
    try (Store store = Records.open(folder.resolve("s.duckdb"))) {
      load(store, "shop", Records.event("ann", "m1"));
      try (Load load = store.load("shop", true, "file", Clock.systemUTC(), List.of())) {
        load.append(Records.event("ann", "m1"));
        load.append(Records.event("ann", "m2"));
        load.reject(new Rejected("f", 1, RejectReason.NO_ID, "", "{}"));
        assertThat(load.commit().duplicates()).isEqualTo(1);
      }
      store.load("empty", false, "file", Clock.systemUTC(), List.of()).close();
      SourceCounts.Row shop =
          store.sourceCounts().list().stream()
              .filter(row -> row.source().equals("shop"))
              .findFirst()
              .orElseThrow();
      assertThat(shop.received()).isEqualTo(4);
      assertThat(shop.stored()).isEqualTo(2);
      assertThat(shop.duplicates()).isEqualTo(1);
      assertThat(shop.rejected()).isEqualTo(1);
      assertThat(shop.last()).isNotNull();
    }
  }
}
