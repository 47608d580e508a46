package io.pulso.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulso.engine.event.EventType;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.ModelReader;
import io.pulso.engine.score.RollUp;
import io.pulso.server.event.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
  private static final int DAY = 20_543;

  @TempDir private Path folder;

  @Test
  void traits_of_more_people_than_an_answer_has_in_one_vector_are_all_kept() {
    try (Store store = Records.open(folder.resolve("many").resolve("pulso.duckdb"));
        Load load = store.load("web", true, "many", Clock.systemUTC(), List.of())) {
      for (int i = 0; i < 5_000; i++) {
        load.append(
            Records.call(
                EventType.IDENTIFY, "u" + i, null, null, "m" + i, null, "{\"plan\":\"pro\"}"));
      }
      load.commit();
      assertThat(store.count("trait_state")).isEqualTo(5_000);
    }
  }

  @Test
  void names_stand_beside_the_traits_also_in_a_store_of_before() throws SQLException {
    List<String> traits =
        List.of(
            "{\"name\":\"Zoë \\\"Z\\\" Ångström\",\"email\":\"zoe@example.org\"}",
            "{\"name\":42,\"email\":null}",
            "{\"name\":{\"first\":\"Ann\"},\"plan\":\"pro\"}",
            "{\"name\":true}",
            "{\"plan\":\"pro\"}");
    List<String> states;
    try (Store store = open()) {
      try (Load load = store.load("web", true, "test", Clock.systemUTC(), List.of())) {
        for (int i = 0; i < traits.size(); i++) {
          load.append(
              Records.call(EventType.IDENTIFY, "u" + i, null, null, "m" + i, null, traits.get(i)));
        }
        load.append(
            Records.call(EventType.GROUP, "u0", null, "acme", "g", null, "{\"name\":\"Acme\"}"));
        load.commit();
      }
      states = states(store);
      assertThat(states.toString())
          .contains("Zoë \"Z\" Ångström", "'email': zoe@example.org", "'name': Acme", "'name': 42");
    }
    for (String table : List.of("trait_state", "account_state")) {
      raw("ALTER TABLE " + table + " DROP COLUMN name");
      raw("ALTER TABLE " + table + " DROP COLUMN email");
    }
    for (String table : List.of("kept_fact", "fact_row", "fact_changes")) {
      raw("DROP TABLE " + table);
    }
    raw("ALTER TABLE daily_score DROP COLUMN responsive");
    raw("ALTER TABLE session DROP COLUMN previous_at");
    raw("DELETE FROM schema_version WHERE version >= 17");
    try (Store store = open()) {
      assertThat(states(store)).isEqualTo(states);
    }
  }

  private static List<String> states(Store store) {
    return Stream.of("trait_state", "account_state")
        .flatMap(table -> store.rowsAsText(table).stream())
        .sorted()
        .toList();
  }

  @Test
  void a_store_of_a_newer_version_is_refused() throws SQLException {
    open().close();
    raw("INSERT INTO schema_version VALUES (99)");
    assertThatThrownBy(this::open)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("written by a newer Pulso (its schema is 99");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void the_library_of_the_database_leaves_no_file_behind_a_killed_process() throws IOException {
    open().close();
    assertThat(Files.readString(Path.of("/proc/self/maps"), StandardCharsets.ISO_8859_1).lines())
        .filteredOn(line -> line.contains("libduckdb_java"))
        .isNotEmpty()
        .allMatch(line -> line.endsWith("(deleted)"));
  }

  @Test
  void a_changed_match_reads_events_for_that_activity_alone() throws SQLException {
    try (Store store = open()) {
      try (Load load = store.load("files", true, "test", Clock.systemUTC(), List.of())) {
        load.append(event("Login", "m1"));
        load.append(event("Export", "m2"));
        load.commit();
      }
      assertThat(rows(store, "Export")).containsExactly(1, 1);
    }
    // Without events, what is read again comes out empty.
    raw("DELETE FROM event");
    try (Store store = open()) {
      assertThat(rows(store, "Export")).containsExactly(1, 1);
      assertThat(rows(store, "Report")).containsExactly(1, 0);
    }
  }

  @Test
  void who_comes_while_a_question_is_answered_is_left_out_of_it() {
    Model model =
        ModelReader.read(
                "one.yaml",
                "name: one\nactivities:\n  - {name: logins, match: event == \"Login\", points: 1}\n")
            .model();
    try (Store store = open();
        View view = store.now()) {
      put(store, event("Login", "m1"));
      int span = view.population(Model.Subject.CUSTOMER).span();
      put(store, event("bob", "Login", "m2"));
      assertThat(view.units(model, span, DAY, DAY))
          .singleElement()
          .extracting(RollUp::rows)
          .isEqualTo(1);
      assertThat(view.activeDays(Model.Subject.CUSTOMER, span, DAY, DAY).size()).isEqualTo(1);
      assertThat(view.standings(Model.Subject.CUSTOMER).lastDays(span, DAY)).containsExactly(DAY);
      assertThat(view.population(Model.Subject.CUSTOMER).span()).isEqualTo(2);
    }
  }

  private static void put(Store store, Incoming event) {
    try (Load load = store.load("files", true, "test", Clock.systemUTC(), List.of())) {
      load.append(event);
      load.commit();
    }
  }

  @Test
  void calls_and_events_are_written_side_by_side() {
    int records = 1_200_000;
    try (Store store = open();
        Load load = store.load("files", true, "test", Clock.systemUTC(), List.of())) {
      for (int i = 0; i < records; i++) {
        load.append(i % 2 == 0 ? event("Login", "e" + i) : identify("i" + i));
      }
      assertThat(load.commit().stored()).isEqualTo(records);
    }
  }

  private static Incoming identify(String id) {
    return new Incoming(
        EventType.IDENTIFY,
        "ann",
        null,
        null,
        null,
        null,
        null,
        null,
        DAY * 86_400_000_000L,
        Incoming.ASSUMED,
        id,
        Double.NaN,
        0,
        null,
        null,
        null,
        0,
        1);
  }

  private static List<Integer> rows(Store store, String second) {
    String text =
        """
        name: two
        activities:
          - {name: logins, match: event == "Login", points: 1}
          - {name: others, match: event == "%s", points: 2}
        """
            .formatted(second);
    Model model = ModelReader.read("two.yaml", text).model();
    try (View view = store.now()) {
      return view.units(model, 1, DAY - 27, DAY).stream().map(RollUp::rows).toList();
    }
  }

  private static Incoming event(String name, String id) {
    return event("ann", name, id);
  }

  private static Incoming event(String customer, String name, String id) {
    return new Incoming(
        EventType.TRACK,
        customer,
        null,
        null,
        null,
        name,
        null,
        null,
        DAY * 86_400_000_000L,
        Incoming.ASSUMED,
        id,
        Double.NaN,
        0,
        null,
        null,
        null,
        0,
        1);
  }

  private Store open() {
    return Store.open(file(), ZoneId.of("UTC"), new Store.Limits(256L << 20, 2));
  }

  private Path file() {
    return folder.resolve("pulso.duckdb");
  }

  private void raw(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
