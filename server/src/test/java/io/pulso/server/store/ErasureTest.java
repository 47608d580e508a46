package io.pulso.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulso.engine.event.EventType;
import io.pulso.engine.expr.Cel;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Select;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.ModelReader;
import io.pulso.server.event.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// People who are forgotten: gone for every question, for the file, and for good.
class ErasureTest {
  private static final String MARK = "Zq7marker";

  private static final List<Model> MODELS =
      List.of(
          model(
              """
              name: product
              activities:
                - {name: logins, match: event == "Login", points: 5}
                - {name: big, match: 'event == "Login" && account.plan == "big"', points: 7}
              """),
          model(
              """
              name: companies
              subject: account
              activities:
                - {name: logins, match: event == "Login", points: 5}
              """));

  /// The message ids of what it counts are kept.
  private static final Measure.Leaf LATEST =
      new Measure.Numbers(
          new Select(Cel.read("event != \"\"", Cel.Scope.EVENT), Select.Who.ANYBODY),
          new io.pulso.engine.expr.Path(
              io.pulso.engine.expr.Path.Root.PROPERTIES,
              List.of(new io.pulso.engine.expr.Path.Step.Key("x"))),
          true);

  @TempDir private Path folder;

  private static Model model(String text) {
    return ModelReader.read("model.yaml", text).model();
  }

  private Path file() {
    return folder.resolve("pulso.duckdb");
  }

  private static final List<String> DERIVED =
      List.of(
          "(SELECT subject, id, day, started_at, ended_at, pages, events FROM session)",
          "merged",
          "refused_link",
          "subject",
          "account_subject",
          "trait_state",
          "account_state",
          "membership",
          "(SELECT a.key, r.subject, r.account, r.day, r.units FROM (SELECT activity, subject, account, day, SUM(units) AS units FROM (FROM rollup UNION ALL FROM rollup_tail) GROUP BY ALL HAVING SUM(units) <> 0) r JOIN rollup_activity a ON a.no = r.activity)");

  private static Map<String, List<String>> derived(Store store) {
    Map<String, List<String>> rows = new TreeMap<>();
    store.now().sessions().renew();
    DERIVED.forEach(from -> rows.put(from, store.rowsAsText(from).stream().sorted().toList()));
    return rows;
  }

  private static @Nullable String one(Random random, String prefix, int of) {
    int n = random.nextInt(of + 1);
    return n == of ? null : prefix + n;
  }

  private static Incoming random(Random random, int i) {
    String user = one(random, "u", 6);
    String anonymous = user == null || random.nextBoolean() ? "a" + random.nextInt(6) : null;
    String account = random.nextInt(3) == 0 ? "c" + random.nextInt(3) : null;
    String traits =
        random.nextBoolean()
            ? "{\"plan\":\"" + (random.nextBoolean() ? "big" : "small") + "\"}"
            : null;
    EventType type =
        List.of(
                EventType.TRACK,
                EventType.TRACK,
                EventType.IDENTIFY,
                EventType.GROUP,
                EventType.ALIAS)
            .get(random.nextInt(5));
    String id = "m" + i;
    return switch (type) {
      case GROUP -> Records.call(type, user, anonymous, "c" + random.nextInt(3), id, null, traits);
      case ALIAS ->
          Records.call(
              type,
              "u" + random.nextInt(6),
              null,
              one(random, "a", 5) == null ? "u1" : "a" + random.nextInt(6),
              id,
              null,
              null);
      case IDENTIFY -> Records.call(type, user, anonymous, null, id, null, traits);
      default -> Records.call(type, user, anonymous, account, id, null, null);
    };
  }

  @Test
  void what_is_derived_is_as_if_the_person_had_never_been() {
    for (int seed = 0; seed < 5; seed++) {
      Path file = folder.resolve("s" + seed).resolve("pulso.duckdb");
      Random random = new Random(seed);
      try (Store store = Records.open(file)) {
        LiveLoad live = store.live(Clock.systemUTC(), () -> MODELS);
        for (int batch = 1; batch <= 4; batch++) {
          List<Incoming> rows = new ArrayList<>();
          for (int i = 0; i < 15; i++) {
            rows.add(random(random, batch * 100 + i));
          }
          live.load(List.of(Records.part(rows.toArray(new Incoming[0]))), batch);
        }
        List<String> ids = store.rowsAsText("(SELECT id FROM person)");
        for (int i = 0; i < 2; i++) {
          String id = ids.get(random.nextInt(ids.size())).replaceAll(".*'id': (.*)}", "$1");
          store.erasures().forget(id, "", 1, MODELS);
          Map<String, List<String>> now = derived(store);
          store.rebuild(MODELS);
          assertThat(now).as("seed %d, %s", seed, id).isEqualTo(derived(store));
        }
        List<Incoming> more = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
          more.add(random(random, 1000 + i));
        }
        live.load(List.of(Records.part(more.toArray(new Incoming[0]))), 9);
        Map<String, List<String>> now = derived(store);
        store.rebuild(MODELS);
        assertThat(now).as("seed %d", seed).isEqualTo(derived(store));
      }
    }
  }

  @Test
  void reasons_in_any_script_leave_the_list_whole() {
    Random random = new Random(7);
    Path file = folder.resolve("reasons").resolve("pulso.duckdb");
    try (Store store = Records.open(file)) {
      List<Incoming> rows = new ArrayList<>();
      for (int i = 0; i < 15; i++) {
        rows.add(random(random, i));
      }
      store
          .live(Clock.systemUTC(), () -> MODELS)
          .load(List.of(Records.part(rows.toArray(new Incoming[0]))), 1);
      for (int i = 0; i < 3; i++) {
        String id =
            store
                .rowsAsText("(SELECT id FROM person WHERE id <> '')")
                .getFirst()
                .replaceAll(".*'id': (.*)}", "$1");
        store.erasures().forget(id, "请求 😀 \uFFFF", i, MODELS);
      }
    }
    try (Store again = Records.open(file)) {
      assertThat(again.erasures().count()).isGreaterThanOrEqualTo(3);
    }
  }

  private static LiveLoad.Part marked() {
    String json = "{\"x\":\"" + MARK + "-text\"}";
    Incoming track =
        new Incoming(
            EventType.TRACK,
            MARK + "-user",
            MARK + "-device",
            null,
            MARK + "-account",
            MARK + " Done",
            null,
            "web",
            Records.START,
            Records.START,
            MARK + "-message",
            Double.NaN,
            0,
            json,
            json,
            null,
            0,
            1);
    return new LiveLoad.Part(
        "web",
        true,
        Records.START,
        List.of(
            track,
            Records.call(
                EventType.IDENTIFY, MARK + "-user", MARK + "-phone", null, "i1", null, json),
            Records.call(EventType.GROUP, MARK + "-user", null, "acme", "g1", null, json),
            Records.call(EventType.ALIAS, MARK + "-user", null, MARK + "-old", "l1", null, null),
            Records.track("bob", MARK + "-device", "b1", null),
            Records.call(EventType.GROUP, "bob", null, "acme", "g2", null, "{\"plan\":\"big\"}")),
        List.of(
            new Rejected(
                "/v1/track",
                1,
                RejectReason.NO_EVENT,
                "no event",
                "{\"userId\":\"" + MARK + "-user\"}"),
            new Rejected(
                "/v1/track",
                2,
                RejectReason.BAD_JSON,
                "broken",
                "{\"anonymousId\":\"" + MARK + "-phone\", \"eve"),
            new Rejected("/v1/track", 3, RejectReason.NO_ID, "no id", "{\"event\":\"Login\"}")));
  }

  private static AuditRows.Added audited(Store store, long no, Model.Subject kind, String id) {
    return new AuditRows.Added(
        new AuditRows.Row(
            no,
            1,
            "person x",
            "",
            "customer_read",
            "{\"of\":\"" + id + "\"}",
            "salt",
            "digest",
            "hash"),
        Objects.requireNonNull(store.access().audit().about(kind, id)));
  }

  /// The names of tables and files in which the mark stands.
  private List<String> marked(@Nullable Store store) throws IOException {
    List<String> found = new ArrayList<>();
    if (store != null) {
      Records.dump(store)
          .forEach((table, rows) -> {
            if (rows.toString().contains(MARK)) {
              found.add(table);
            }
          });
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        if (new String(Files.readAllBytes(each), StandardCharsets.ISO_8859_1).contains(MARK)) {
          found.add(each.getFileName().toString());
        }
      }
    }
    return found;
  }

  @Test
  void no_table_and_after_rewriting_no_file_has_anything_of_the_person() throws Exception {
    byte[] older;
    try (Store store = Records.open(file())) {
      store.live(Clock.systemUTC(), () -> MODELS).load(List.of(marked()), 7);
      store.upkeep().facts().renew(List.of(LATEST));
      store
          .access()
          .audit()
          .add(
              List.of(
                  audited(store, 1, Model.Subject.CUSTOMER, MARK + "-old"),
                  audited(store, 2, Model.Subject.CUSTOMER, "bob"),
                  audited(store, 3, Model.Subject.ACCOUNT, MARK + "-account"),
                  audited(store, 4, Model.Subject.ACCOUNT, "acme")));
      assertThat(marked(store))
          .contains(
              "audit",
              "person",
              "account",
              "event",
              "call",
              "fact_row",
              "kind",
              "trait_state",
              "account_state",
              "rejected");
    }
    older = Files.readAllBytes(file());
    try (Store store = Records.open(file())) {
      assertThat(marked(null)).contains("pulso.duckdb");
      Erasures.Result result = store.erasures().forget(MARK + "-phone", "asked for it", 5, MODELS);
      assertThat(result).isEqualTo(new Erasures.Result(4, 1, 3, 2));
      assertThat(Records.dump(store).toString()).doesNotContain(MARK);
      assertThat(store.rowsAsText("event")).hasSize(1);
      assertThat(store.access().audit().after(0, 9))
          .extracting(row -> row.secret() + row.salt() + row.digest())
          .containsExactly(
              "digest", "{\"of\":\"bob\"}saltdigest", "digest", "{\"of\":\"acme\"}saltdigest");
      assertThat(store.rowsAsText("rejected")).hasSize(1);
      assertThat(store.upkeep().rewriteDue()).hasValue(5);
      store.upkeep().rewrite();
      assertThat(store.upkeep().rewriteDue()).isEmpty();
      assertThat(marked(store)).isEmpty();
      assertThat(store.rowsAsText("erased")).hasSize(4);
    }
    assertThat(marked(null)).isEmpty();
    Files.write(file(), older);
    try (Store store = Records.open(file())) {
      assertThat(Records.dump(store).toString()).doesNotContain(MARK);
      store.upkeep().rewrite();
    }
    assertThat(marked(null)).isEmpty();
    assertThat(Files.getPosixFilePermissions(folder.resolve("erasure.key")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void an_erased_id_is_refused_and_counted_but_never_kept() throws Exception {
    try (Store store = Records.open(file());
        Store loading = store.steady()) {
      LiveLoad live = loading.live(Clock.systemUTC(), () -> MODELS);
      live.load(List.of(marked()), 7);
      store.erasures().forget(MARK + "-user", "", 5, MODELS);
      LiveLoad.Counts counts = Objects.requireNonNull(live.load(List.of(marked()), 8).get("web"));
      assertThat(counts.rejected())
          .containsEntry(RejectReason.ERASED, 5L)
          .containsEntry(RejectReason.NO_EVENT, 1L);
      assertThat(counts.stored() + counts.duplicates()).isEqualTo(1);
      assertThat(Records.dump(store).toString()).doesNotContain(MARK);
      live.load(List.of(Records.part(Records.event("carl", "n1"))), 9);
      try (Load load = store.load("files", true, "f", Clock.systemUTC(), MODELS)) {
        load.append(Records.event(MARK + "-old", "f1"));
        load.append(Records.event("carl", "f2"));
        assertThat(load.commit()).isEqualTo(new Load.Counts(1, 0, 1, 0));
      }
      assertThat(
              store.rowsAsText(
                  "(SELECT SUM(received) - SUM(stored) - SUM(duplicates) - (SELECT SUM(rows) FROM import_rejected) AS c FROM import)"))
          .containsExactly("{'c': 0}");
    }
  }

  @Test
  void without_its_key_a_store_that_forgot_people_is_not_opened() throws Exception {
    try (Store store = Records.open(file())) {
      assertThatThrownBy(() -> store.erasures().forget("ann", "", 5, MODELS))
          .isInstanceOf(Erasures.UnknownPerson.class);
      store
          .live(Clock.systemUTC(), () -> MODELS)
          .load(List.of(Records.part(Records.event("ann", "m1"))), 1);
      store.erasures().forget("ann", "", 5, MODELS);
      assertThat(store.erasures().forget("ann", "", 5, MODELS))
          .isEqualTo(new Erasures.Result(1, 0, 0, 0));
    }
    Files.delete(folder.resolve("erasure.key"));
    try (Store store = Records.open(file())) {
      LiveLoad live = store.live(Clock.systemUTC(), () -> MODELS);
      assertThatThrownBy(() -> live.load(List.of(marked()), 2))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("erasure.key is missing");
      assertThatThrownBy(() -> store.erasures().forget("bob", "", 6, MODELS))
          .hasMessageContaining("erasure.key is missing");
      assertThatThrownBy(() -> store.erasures().forget("bob", "bob asked", 6, MODELS))
          .hasMessageContaining("does not name the id");
    }
  }

  /// A new table or column must be thought of: does it say anything of a person?
  @Test
  void every_column_is_known_to_the_erasure() {
    try (Store store = Records.open(file())) {
      assertThat(
              store.rowsAsText(
                  "(SELECT table_name || '.' || column_name AS c FROM duckdb_columns() WHERE (column_name SIMILAR TO '.*(person|subject|user|customer|anonymous|previous|member|email|_id|body|traits|properties|context)' OR column_name = 'id') AND NOT internal)"))
          .extracting(text -> text.replaceAll(".*: (.*)}", "$1"))
          .containsExactlyInAnyOrder(
              "person.id",
              "account.id",
              "event.person",
              "event.anonymous",
              "event.properties",
              "event.context",
              "call.person",
              "call.anonymous",
              "call.previous",
              "call.traits",
              "call.context",
              "rejected.body",
              "merged.person",
              "merged.subject",
              "refused_link.person",
              "trait_state.subject",
              "trait_state.traits",
              "trait_state.email",
              "account_state.traits",
              "account_state.email",
              "membership.subject",
              "rollup.subject",
              "rollup_tail.subject",
              "session.subject",
              // A number for an id, of the session alone.
              "session.id",
              "session_due.subject",
              "person_seen.person",
              "person_seen.is_user",
              "internal_person.person",
              "readmitted.person",
              "audit.person",
              // People who use the pages, who are no customers.
              "member.id",
              "member.email",
              "member_session.member",
              "member_link.member",
              "objection.person",
              "link.person",
              "adjustment.person",
              "sentiment.person",
              "undone_link.person",
              "segment_listed.person",
              "fact_row.person",
              "share.person",
              "share.id",
              "saved_view.id",
              "write_key.id",
              "api_token.id");
    }
  }
}
