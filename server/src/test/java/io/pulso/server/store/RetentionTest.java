package io.pulso.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.event.EventType;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.ModelReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
  private static final long DAY = 86_400_000_000L;
  private static final List<Model> MODELS =
      List.of(
          ModelReader.read(
                  "model.yaml",
                  "name: product\nactivities:\n  - {name: logins, match: event == \"Login\", points: 5}\n")
              .model());

  @TempDir private Path folder;

  private static Incoming at(
      long when, @Nullable String user, @Nullable String anonymous, String id) {
    return new Incoming(
        EventType.TRACK,
        user,
        anonymous,
        null,
        null,
        "Login",
        null,
        "web",
        when,
        when,
        id,
        Double.NaN,
        0,
        null,
        null,
        null,
        0,
        1);
  }

  private static void load(Store store, String source, List<Incoming> rows, List<Rejected> bad) {
    store
        .live(Clock.systemUTC(), () -> MODELS)
        .load(List.of(new LiveLoad.Part(source, true, Records.START, rows, bad)), 1);
  }

  @Test
  void old_events_of_a_source_go_and_what_is_derived_is_as_if_made_anew() {
    try (Store store = Records.open(folder.resolve("pulso.duckdb"))) {
      Random random = new Random(5);
      for (String source : List.of("web", "shop")) {
        List<Incoming> rows = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
          long when = Records.START - (long) (random.nextDouble() * 100 * DAY);
          String user = random.nextInt(3) == 0 ? null : "u" + random.nextInt(9);
          rows.add(
              at(
                  when,
                  user,
                  user == null || i % 2 == 0 ? "a" + random.nextInt(9) : null,
                  source + i));
        }
        load(store, source, rows, List.of());
      }
      List<String> links = store.rowsAsText("merged").stream().sorted().toList();
      Retention.Rules rules = new Retention.Rules(Map.of("web", 30, "unknown", 1), 30, 1 << 20);
      Retention.Removed removed = store.retention().run(rules, Records.START, MODELS);
      assertThat(removed.events()).isBetween(100L, 180L);
      assertThat(store.count("event")).isEqualTo(400 - removed.events());
      assertThat(
              store.rowsAsText(
                  "(SELECT 1 FROM event e JOIN source s ON s.no = e.source WHERE s.name = 'shop')"))
          .hasSize(200);
      assertThat(store.rowsAsText("merged").stream().sorted().toList())
          .isEqualTo(links)
          .isNotEmpty();
      assertThat(store.upkeep().rewriteDue()).isPresent();
      Map<String, List<String>> now = derived(store);
      store.rebuild(MODELS);
      assertThat(now).isEqualTo(derived(store));
      assertThat(store.retention().run(rules, Records.START, MODELS).events()).isZero();
    }
  }

  private static Map<String, List<String>> derived(Store store) {
    Map<String, List<String>> rows = new java.util.TreeMap<>();
    for (String from :
        List.of(
            "merged",
            "subject",
            "trait_state",
            "(SELECT a.key, r.subject, r.day, r.units FROM (SELECT activity, subject, account, day, SUM(units) AS units FROM (FROM rollup UNION ALL FROM rollup_tail) GROUP BY ALL HAVING SUM(units) <> 0) r JOIN rollup_activity a ON a.no = r.activity)")) {
      rows.put(from, store.rowsAsText(from).stream().sorted().toList());
    }
    return rows;
  }

  @Test
  void rejected_records_are_kept_for_some_days_and_within_their_room_by_source_and_reason() {
    try (Store store = Records.open(folder.resolve("pulso.duckdb"))) {
      List<Rejected> bad = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        RejectReason reason = i % 100 == 0 ? RejectReason.BAD_JSON : RejectReason.NO_ID;
        bad.add(new Rejected("f", i, reason, "detail", "x".repeat(94)));
      }
      load(store, "web", List.of(), bad);
      long now = System.currentTimeMillis() * 1000;
      Retention.Rules rules = new Retention.Rules(Map.of(), 30, 20_000);
      assertThat(store.retention().run(rules, now, MODELS).rejected()).isEqualTo(890);
      assertThat(store.rowsAsText("(SELECT 1 FROM rejected WHERE reason = 'bad_json')"))
          .hasSize(10);
      assertThat(store.rowsAsText("(SELECT 1 FROM rejected WHERE reason = 'no_id')")).hasSize(100);
      assertThat(store.rowsAsText("(SELECT line FROM rejected WHERE line > 500)"))
          .hasSizeBetween(30, 80);
      assertThat(store.retention().run(rules, now + 31 * DAY, MODELS).rejected()).isEqualTo(110);
    }
  }
}
