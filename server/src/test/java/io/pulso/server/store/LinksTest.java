package io.pulso.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulso.engine.event.EventType;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.ModelReader;
import io.pulso.server.event.InputException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Links between ids that a person says are wrong.
class LinksTest {
  private static final List<Model> MODELS =
      List.of(
          model(
              """
              name: product
              activities:
                - {name: logins, match: event == "Login", points: 5}
                - {name: big, match: 'event == "Login" && account.plan == "big"', points: 7}
                - {name: pro, match: 'event == "Login" && traits.plan == "pro"', points: 7}
              """),
          model(
              """
              name: companies
              subject: account
              activities:
                - {name: logins, match: event == "Login", points: 5}
              """));

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

  @TempDir private Path folder;

  private static Model model(String text) {
    return ModelReader.read("model.yaml", text).model();
  }

  private static Map<String, List<String>> derived(Store store) {
    Map<String, List<String>> rows = new TreeMap<>();
    store.now().sessions().renew();
    DERIVED.forEach(from -> rows.put(from, store.rowsAsText(from).stream().sorted().toList()));
    return rows;
  }

  private static Incoming random(Random random, int i) {
    String user = "u" + random.nextInt(5);
    String anonymous = random.nextBoolean() ? "a" + random.nextInt(5) : null;
    String id = "m" + i;
    return switch (random.nextInt(5)) {
      case 0 ->
          Records.call(
              EventType.IDENTIFY,
              user,
              anonymous,
              null,
              id,
              null,
              "{\"plan\":\"" + (random.nextBoolean() ? "pro" : "free") + "\"}");
      case 1 ->
          Records.call(
              EventType.GROUP,
              user,
              anonymous,
              "c" + random.nextInt(2),
              id,
              null,
              "{\"plan\":\"big\"}");
      case 2 -> Records.call(EventType.ALIAS, user, null, "u" + random.nextInt(5), id, null, null);
      default ->
          random.nextBoolean()
              ? Records.track(user, anonymous, id, null)
              : Records.track(null, "a" + random.nextInt(5), id, null);
    };
  }

  private static LiveLoad.Part part(Random random, int first, int size) {
    List<Incoming> rows = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      rows.add(random(random, first + i));
    }
    return Records.part(rows.toArray(new Incoming[0]));
  }

  /// Ids that are linked, as the store says.
  private static List<String> linked(Store store) {
    return store
        .rowsAsText("(SELECT p.id FROM merged m JOIN person p ON p.no = m.person ORDER BY 1)")
        .stream()
        .map(text -> text.replaceAll(".*'id': (.*)}", "$1"))
        .toList();
  }

  @Test
  void only_what_hangs_on_the_ids_changes_and_it_is_as_if_made_anew() {
    int undone = 0;
    for (int seed = 0; seed < 12; seed++) {
      Random random = new Random(seed);
      Path file = folder.resolve("s" + seed).resolve("pulso.duckdb");
      try (Store store = Records.open(file)) {
        LiveLoad live = store.live(Clock.systemUTC(), () -> MODELS);
        live.load(List.of(part(random, 100, 25)), 1);
        for (int round = 0; round < 3; round++) {
          List<String> ids = linked(store);
          if (ids.isEmpty()) {
            continue;
          }
          Map<String, List<String>> before = derived(store);
          String id = ids.get(random.nextInt(ids.size()));
          Links.Undone link = store.byHand().links().undo(id, "mia", "", round + 1, MODELS);
          Map<String, List<String>> now = derived(store);
          // Another link of the id may lead to the same person.
          undone += now.equals(before) ? 0 : 1;
          if (round == 1) {
            store.byHand().links().restore(link.no(), "mia", 9, MODELS);
            assertThat(derived(store)).as("seed %d, %s again", seed, id).isEqualTo(before);
            continue;
          }
          store.rebuild(MODELS);
          assertThat(now).as("seed %d, %s", seed, id).isEqualTo(derived(store));
          live.load(List.of(part(random, 1000 * (round + 1), 10)), round + 2);
          Map<String, List<String>> later = derived(store);
          store.rebuild(MODELS);
          assertThat(later).as("seed %d, %s, later", seed, id).isEqualTo(derived(store));
        }
      }
    }
    assertThat(undone).isGreaterThan(15);
  }

  @Test
  void a_shared_device_goes_to_whoever_it_was_refused_to() {
    try (Store store = Records.open(folder.resolve("pulso.duckdb"))) {
      LiveLoad live = store.live(Clock.systemUTC(), () -> MODELS);
      live.load(
          List.of(
              Records.part(
                  Records.track("ann", "tablet", "m1", null),
                  Records.track("bob", "tablet", "m2", null),
                  Records.track(null, "tablet", "m3", null))),
          1);
      Links links = store.byHand().links();
      int ann = number(store, "ann");
      assertThat(links.of(ann)).extracting(Links.Made::id, Links.Made::to).containsExactly(tuple());
      links.undo("tablet", "mia", "shared", 5, MODELS);
      assertThat(number(store, "tablet")).isEqualTo(number(store, "bob")).isNotEqualTo(ann);
      assertThat(links.of(ann)).isEmpty();
      assertThat(links.undone(ann)).extracting(Links.Undone::undoneBy).containsExactly("mia");
      links.undo("tablet", "mia", "shared", 6, MODELS);
      assertThat(number(store, "tablet")).isNotEqualTo(number(store, "bob"));
      live.load(List.of(Records.part(Records.track("bob", "tablet", "m4", null))), 2);
      assertThat(number(store, "tablet")).isNotEqualTo(number(store, "bob"));
      assertThatThrownBy(() -> links.undo("tablet", "mia", "", 7, MODELS))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("linked to no other one");
      assertThatThrownBy(() -> links.undo("nobody", "mia", "", 7, MODELS))
          .isInstanceOf(Unknown.class);
    }
  }

  private static org.assertj.core.groups.Tuple tuple() {
    return org.assertj.core.groups.Tuple.tuple("tablet", "ann");
  }

  private static int number(Store store, String id) {
    try (View view = store.now()) {
      return view.subject(Model.Subject.CUSTOMER, id).getAsInt();
    }
  }

  @Test
  void what_was_not_known_to_be_undone_then_holds_as_known_then() {
    try (Store store = Records.open(folder.resolve("pulso.duckdb"))) {
      LiveLoad live = store.live(Clock.systemUTC(), () -> MODELS);
      live.load(List.of(Records.part(Records.track("ann", "tablet", "m1", null))), 1);
      long undone = Records.START + 1_000_000;
      Links.Undone link = store.byHand().links().undo("tablet", "mia", "", undone, MODELS);
      store.byHand().links().restore(link.no(), "mia", undone + 1_000_000, MODELS);
      for (long at : List.of(undone - 1, undone, undone + 999_999, undone + 1_000_000)) {
        try (View then = store.knownAt(at)) {
          boolean one =
              then.subject(Model.Subject.CUSTOMER, "tablet")
                  .equals(then.subject(Model.Subject.CUSTOMER, "ann"));
          assertThat(one).as("at %d", at).isEqualTo(at < undone || at >= undone + 1_000_000);
        }
      }
      assertThatThrownBy(() -> store.byHand().links().restore(link.no(), "mia", 1, MODELS))
          .hasMessageContaining("holds again already");
    }
  }
}
