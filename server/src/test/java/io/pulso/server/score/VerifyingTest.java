package io.pulso.server.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.model.Model;
import io.pulso.server.store.GivenPoints;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import io.pulso.testkit.Asked;
import io.pulso.testkit.Draft;
import io.pulso.testkit.RandomCase;
import io.pulso.testkit.Samples;
import io.pulso.testkit.World;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyingTest {
  private static final int CASES = 12;
  private static final int DAY = 20_543;

  @TempDir private Path folder = Path.of("");

  @Test
  void random_worlds_are_made_anew_as_they_are_stored() {
    for (long seed = 500; seed < 500 + CASES; seed++) {
      RandomCase random = RandomCase.of(seed);
      List<InUse> models =
          random.questions().stream().map(Asked::model).map(ExplainingTest::draft).toList();
      List<Model> half = models.stream().limit(2).map(InUse::model).toList();
      try (WorldStore world = WorldStore.of(folder.resolve("w" + seed), random.world(), half, 3)) {
        int day = ExplainingTest.day(random.questions().getFirst());
        int sample = seed % 2 == 0 ? 0 : 2;
        Verifying.Report report = verifying(world.store()).run(models, sample, day);
        assertThat(report.differences()).as("seed %d", seed).isEmpty();
        assertThat(report.models()).isEqualTo(models.size());
      }
    }
  }

  @Test
  void a_stored_unit_that_is_not_in_the_events_is_found_with_the_score_it_spoils()
      throws SQLException {
    Model model = Samples.model("m").activity("login", "event == \"Login\"", 2).build();
    World world =
        Samples.world(
            Samples.track("ann", "Login", "2026-03-30T10:00:00Z"),
            Samples.track("bob", "Login", "2026-03-31T10:00:00Z"));
    WorldStore.of(folder, world, List.of(model), 1).close();
    try (Connection raw = DriverManager.getConnection("jdbc:duckdb:" + file());
        Statement statement = raw.createStatement()) {
      statement.execute(
          "UPDATE rollup SET units = 3000 WHERE activity > 1 AND subject = (SELECT no FROM person WHERE id = 'bob')");
    }
    try (Store store = Store.open(file(), world.zone(), new Store.Limits(512L << 20, 2))) {
      Verifying.Report report = verifying(store).run(List.of(ExplainingTest.draft(model)), 0, DAY);
      assertThat(report.subjects()).isEqualTo(2);
      assertThat(report.units()).isEqualTo(2);
      assertThat(report.differences())
          .contains(
              new Verifying.Difference(
                  Verifying.What.UNITS, "m draft", "bob", "login", DAY, 3000L, 1000L),
              new Verifying.Difference(
                  Verifying.What.SCORE, "m draft", "bob", null, DAY, 6000L, 2000L))
          .allMatch(each -> each.subject().equals("bob"));
    }
  }

  @Test
  void points_by_hand_are_made_anew_for_customers_and_accounts() {
    Model people = Samples.model("m").activity("login", "event == \"Login\"", 2).build();
    Model companies =
        Samples.model("c").ofAccounts().activity("login", "event == \"Login\"", 2).build();
    World world =
        Samples.world(
            Samples.group("ann", "acme", "2026-03-29T10:00:00Z"),
            Samples.track("ann", "Login", "2026-03-30T10:00:00Z"));
    try (WorldStore made = WorldStore.of(folder, world, List.of(people, companies), 1);
        View view = made.store().now()) {
      for (Model model : List.of(people, companies)) {
        boolean customer = model.subject() == Model.Subject.CUSTOMER;
        Individual who = Individual.find(view, model.subject(), customer ? "ann" : "acme");
        made.store()
            .byHand()
            .points()
            .give(
                new GivenPoints.Wanted(
                    model.subject(), who.number(), model.name(), 700, DAY - 1, DAY, "why", "mia"),
                1);
        InUse use = ExplainingTest.draft(model);
        List<String> history = new ArrayList<>();
        new Histories(view)
            .one(
                List.of(new Histories.Period(use, DAY - 2, DAY + 1)),
                who,
                (id, day, score, band) -> history.add(day - DAY + " " + score));
        assertThat(history).endsWith("-1 2700", "0 2700", "1 2000");
        assertThat(new Explaining(view).withoutManual(use, who, DAY)).isEqualTo(2000);
        Verifying.Report report = verifying(made.store()).run(List.of(use), 0, DAY);
        assertThat(report.differences()).isEmpty();
        assertThat(report.scores()).isPositive();
      }
    }
  }

  /// A server goes on storing while it is asked.
  @Test
  void what_is_stored_between_two_questions_is_no_difference() throws InterruptedException {
    Model people = Samples.model("m").activity("login", "event == \"Login\"", 2).build();
    Model companies =
        Samples.model("c").ofAccounts().activity("login", "event == \"Login\"", 2).build();
    List<Model> models = List.of(people, companies);
    World world =
        Samples.world(
            IntStream.range(0, 120)
                .mapToObj(i ->
                    i % 3 == 0
                        ? Samples.group("c" + i, "acme", "2026-03-29T10:00:00Z")
                        : Samples.track("c" + (i - i % 3), "Login", "2026-03-30T10:00:00Z"))
                .toArray(Draft[]::new));
    try (Store store = WorldStore.open(folder, world);
        Store beside = store.beside()) {
      Thread loads =
          Thread.ofVirtual()
              .unstarted(() -> WorldStore.live(store, world, models, 40, change -> {}));
      List<InUse> uses = models.stream().map(ExplainingTest::draft).toList();
      loads.start();
      do {
        assertThat(verifying(beside).run(uses, 0, DAY).differences()).isEmpty();
      } while (loads.isAlive());
      Verifying.Report last = verifying(beside).run(uses, 0, DAY);
      assertThat(last.differences()).isEmpty();
      assertThat(last.subjects()).isEqualTo(41);
    }
  }

  private Path file() {
    return folder.resolve("pulso.duckdb");
  }

  private static Verifying verifying(Store store) {
    return new Verifying(store, new SplittableRandom(7));
  }
}
