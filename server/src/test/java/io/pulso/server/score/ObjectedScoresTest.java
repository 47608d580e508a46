package io.pulso.server.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulso.engine.event.Event;
import io.pulso.engine.event.EventType;
import io.pulso.engine.json.Json;
import io.pulso.engine.model.Model;
import io.pulso.server.event.InputException;
import io.pulso.server.store.Objections;
import io.pulso.server.store.Population;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import io.pulso.testkit.Asked;
import io.pulso.testkit.RandomCase;
import io.pulso.testkit.ReferenceScorer;
import io.pulso.testkit.Samples;
import io.pulso.testkit.Scored;
import io.pulso.testkit.World;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Scores when somebody objected: of customers those of everybody else, of accounts those that they
/// would have without what that person did.
class ObjectedScoresTest {
  private static final int CASES = 10;

  @TempDir private Path folder = Path.of("");

  @Test
  void kernel_and_sql_leave_a_random_person_out_and_everybody_else_as_the_reference_says() {
    int[] compared = new int[2];
    for (long seed = 0; seed < CASES; seed++) {
      RandomCase random = RandomCase.of(seed);
      List<Model> models = random.questions().stream().map(Asked::model).limit(1).toList();
      Path place = folder.resolve("w" + seed);
      try (WorldStore world =
          seed % 2 == 0 || WorldStore.repeatsLate(random.world())
              ? WorldStore.of(place, random.world(), models, 1)
              : WorldStore.live(place, random.world(), models, 3)) {
        Set<String> ids = object(world.store(), new SplittableRandom(seed));
        for (Asked asked : random.questions()) {
          SortedMap<String, Scored> kernel = world.byKernel(asked);
          assertThat(world.bySql(asked)).as("seed %d", seed).isEqualTo(kernel);
          Set<String> theirs = known(world.store(), asked, ids);
          if (asked.model().subject() == Model.Subject.CUSTOMER) {
            compared[0] += customers(random.world(), asked, theirs, kernel, seed);
          } else {
            compared[1] += accounts(random.world(), asked, theirs, kernel, seed);
          }
        }
        List<InUse> uses =
            random.questions().stream().map(Asked::model).map(ExplainingTest::draft).toList();
        if (seed % 4 == 0) {
          assertThat(
                  new Verifying(world.store(), new SplittableRandom(seed))
                      .run(uses, 0, ExplainingTest.day(random.questions().getFirst()))
                      .differences())
              .as("seed %d", seed)
              .isEmpty();
        }
      }
      Folders.delete(place);
    }
    assertThat(compared[0]).isGreaterThan(CASES / 3);
    assertThat(compared[1]).isPositive();
  }

  /// Enters an objection under one of the ids of somebody, and gives all these ids.
  private static Set<String> object(Store store, SplittableRandom random) {
    Set<String> ids = new HashSet<>();
    try (View view = store.now()) {
      Population all = view.population(Model.Subject.CUSTOMER);
      if (all.size() > 0) {
        int row = random.nextInt(all.size());
        ids.add(all.ids()[row]);
        ids.addAll(view.standings(Model.Subject.CUSTOMER).merged(all.numbers()[row]));
        List<String> any = List.copyOf(ids);
        store.objections().object(any.get(random.nextInt(any.size())), "test", "", 1);
      }
    }
    return ids;
  }

  /// All ids of whoever one of the ids belonged to, as was known then.
  private static Set<String> known(Store store, Asked asked, Set<String> ids) {
    Instant at = asked.knownAt();
    if (at == null) {
      return ids;
    }
    Set<String> all = new HashSet<>(ids);
    try (View view = store.knownAt(at.getEpochSecond() * 1_000_000 + at.getNano() / 1000)) {
      for (String id : ids) {
        int subject = view.subject(Model.Subject.CUSTOMER, id).orElseThrow();
        all.add(view.id(Model.Subject.CUSTOMER, subject));
        all.addAll(view.standings(Model.Subject.CUSTOMER).merged(subject));
      }
    }
    return all;
  }

  /// Tells whether anybody was left out.
  private static int customers(
      World world, Asked asked, Set<String> ids, SortedMap<String, Scored> found, long seed) {
    SortedMap<String, Scored> expected = ReferenceScorer.score(world, asked);
    boolean some = expected.keySet().removeAll(ids);
    assertThat(found).as("seed %d, %s", seed, asked.model().name()).isEqualTo(expected);
    return some ? 1 : 0;
  }

  /// Tells whether any account has another score.
  private static int accounts(
      World world, Asked asked, Set<String> ids, SortedMap<String, Scored> found, long seed) {
    World without =
        new World(world.zone(), world.records().stream().map(event -> silent(event, ids)).toList());
    SortedMap<String, Scored> expected = ReferenceScorer.score(without, asked);
    SortedMap<String, Scored> before = ReferenceScorer.score(world, asked);
    assertThat(found.keySet()).as("seed %d", seed).isEqualTo(before.keySet());
    expected.forEach(
        (account, scored) -> assertThat(found.get(account)).as("seed %d", seed).isEqualTo(scored));
    return found.equals(before) ? 0 : 1;
  }

  /// What is left of an event of the person: its links, and that they were there.
  private static Event silent(Event event, Set<String> ids) {
    String user = event.person();
    return !event.type().isEvent() || user == null || !ids.contains(user)
        ? event
        : new Event(
            EventType.IDENTIFY,
            event.userId(),
            event.anonymousId(),
            null,
            null,
            null,
            null,
            null,
            event.occurredAt(),
            event.receivedAt(),
            event.receivedAssumed(),
            event.messageId(),
            event.source(),
            event.trusted(),
            Json.Obj.EMPTY,
            event.context(),
            Json.Obj.EMPTY);
  }

  private static final Model LOGINS =
      Samples.model("m").activity("login", "event == \"Login\"", 2).build();

  private void with(Consumer<WorldStore> work) {
    World world =
        Samples.world(
            Samples.track("ann", "Login", "2026-03-30T10:00:00Z"),
            Samples.track("bob", "Login", "2026-03-31T10:00:00Z"),
            Samples.identify("ann", "2026-03-31T12:00:00Z").anonymous("phone"),
            Samples.track(null, "Login", "2026-03-29T10:00:00Z").anonymous("phone"));
    try (WorldStore store = WorldStore.of(folder, world, List.of(LOGINS), 1)) {
      work.accept(store);
    }
  }

  @Test
  void it_holds_for_days_and_states_of_knowledge_before_it_until_it_is_taken_back() {
    with(world -> {
      Asked now = Asked.of(LOGINS, "2026-03-31").everybody();
      Asked before = now.knownAt("2026-03-30T12:00:00Z");
      assertThat(world.byKernel(now).keySet()).containsExactly("ann", "bob");
      assertThat(world.byKernel(before).keySet()).containsExactly("ann", "phone");
      Objections objections = world.store().objections();
      // Long after the days that are asked for, under an id that was not yet known to be hers.
      assertThat(objections.object("phone", "test", "", 1_800_000_000_000_000L).id())
          .isEqualTo("ann");
      assertThat(world.byKernel(now).keySet()).containsExactly("bob");
      assertThat(world.bySql(now).keySet()).containsExactly("bob");
      assertThat(world.byKernel(before)).isEmpty();
      try (View view = world.store().now()) {
        Scoring scoring = new Scoring(view);
        assertThat(scoring.objected(ExplainingTest.draft(LOGINS), 20_543, false)).isEqualTo(1);
        assertThat(scoring.objected(ExplainingTest.draft(LOGINS), 20_500, false)).isZero();
        assertThat(view.scoreSql(LOGINS, 20_543)).contains("objection");
        assertThatThrownBy(() -> Individual.scored(view, Model.Subject.CUSTOMER, "phone"))
            .isInstanceOf(InputException.class)
            .hasMessageContaining("'ann' objected to being scored on 2027-01-15T08:00:00Z");
        Overview overview = Overview.of(view, ExplainingTest.draft(LOGINS), 20_543, false, 3);
        assertThat(overview.objected()).isEqualTo(1);
        assertThat(overview.table().ids()).containsExactly("bob");
        assertThat(overview.up()).extracting(Overview.Mover::id).doesNotContain("ann");
      }
      assertThat(objections.withdraw("ann", "test", 2).since()).isNull();
      assertThat(world.byKernel(now).keySet()).containsExactly("ann", "bob");
      try (View view = world.store().now()) {
        assertThat(view.scoreSql(LOGINS, 20_543)).doesNotContain("objection");
      }
    });
  }

  @Test
  void whoever_is_forgotten_has_no_objection_either() {
    with(world -> {
      Store store = world.store();
      store.objections().object("phone", "test", "a note", 1);
      store.erasures().forget("ann", "", 2, List.of(LOGINS));
      assertThat(store.count("objection")).isZero();
      assertThatThrownBy(() -> store.objections().standing("phone"))
          .isInstanceOf(Objections.UnknownPerson.class);
      assertThatThrownBy(() -> store.objections().object("", "test", "", 1))
          .isInstanceOf(Objections.UnknownPerson.class);
    });
  }

  @Test
  void nobody_has_a_history_who_objected() {
    with(world -> {
      Set<String> seen = new HashSet<>();
      world.store().objections().object("ann", "test", "", 1);
      try (View view = world.store().now()) {
        new Histories(view)
            .all(
                List.of(new Histories.Period(ExplainingTest.draft(LOGINS), 20_540, 20_543)),
                true,
                (id, day, score, band) -> seen.add(id));
      }
      assertThat(seen).containsExactly("bob");
    });
  }
}
