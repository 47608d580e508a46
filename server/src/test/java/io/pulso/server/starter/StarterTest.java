package io.pulso.server.starter;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.event.ReservedNames;
import io.pulso.server.sample.SampleCompany;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StarterTest {
  @TempDir private Path folder = Path.of("");

  /// The promise: no warning, the median somewhat engaged, the top tenth highly engaged.
  private static void promised(StarterWorld world, Proposal proposal) {
    StarterWorld.Kept kept = world.kept(proposal);
    assertThat(kept.warnings()).isEmpty();
    assertThat(kept.median()).isGreaterThan(40_000).isLessThanOrEqualTo(70_000);
    assertThat(kept.top()).isGreaterThanOrEqualTo(71_000);
    assertThat(proposal.spread()).isNotNull();
    if (!proposal.sampled()) {
      assertThat(proposal.active()).isEqualTo(kept.scores().length);
      assertThat(Objects.requireNonNull(proposal.spread()).median()).isEqualTo(kept.median());
      assertThat(Objects.requireNonNull(proposal.spread()).top()).isEqualTo(kept.top());
    }
  }

  private static List<String> rules(Proposal proposal) {
    return proposal.rules().stream().map(Proposal.Rule::name).toList();
  }

  private static List<String> outcomes(Proposal proposal) {
    return proposal.leftOut().stream()
        .filter(each -> each.why() == Proposal.Why.OUTCOME)
        .map(Proposal.LeftOut::name)
        .toList();
  }

  @Test
  void the_sample_company_gets_what_was_promised() {
    try (StarterWorld world = new StarterWorld(folder)) {
      LocalDate end = LocalDate.ofEpochDay(StarterWorld.TODAY);
      world.all(sink -> new SampleCompany(1, 800, end, 90).write(sink));
      Proposal proposal = world.starter().proposal();
      promised(world, proposal);
      assertThat(proposal.shortfalls()).isEmpty();
      assertThat(outcomes(proposal))
          .contains("Subscription Cancelled", "Subscription Renewed", "Order Completed");
      assertThat(rules(proposal)).contains("invite_sent", "email_opened", "unsubscribed");
      assertThat(proposal.rules())
          .filteredOn(rule -> rule.role() == Role.OPEN)
          .isNotEmpty()
          .allMatch(rule -> rule.points() == 0);
      assertThat(proposal.rules())
          .filteredOn(rule -> rule.role() == Role.NEGATIVE)
          .isNotEmpty()
          .allMatch(rule -> rule.points() < 0);
    }
  }

  /// People who look, some who put into the cart, few who buy.
  private static void shop(StarterWorld world, Random random, int customers) {
    for (int i = 0; i < customers; i++) {
      String who = "c" + i;
      int visits = 1 + (int) Math.abs(random.nextGaussian() * 5);
      for (int visit = 0; visit < visits; visit++) {
        int day = random.nextInt(28);
        int looks = 1 + random.nextInt(8);
        for (int look = 0; look < looks; look++) {
          world.track(who, "Product Viewed", day);
        }
        if (random.nextInt(4) == 0) {
          world.track(who, "Product Added", day);
        }
        if (random.nextInt(10) == 0) {
          world.track(who, "order_placed", day);
          world.track(who, "Order Completed", day);
        }
        if (random.nextInt(40) == 0) {
          world.track(who, "Unsubscribed", day);
        }
      }
      world.track(who, "Email Delivered", 3);
      world.track(who, "Email Opened", 3);
    }
  }

  @Test
  void a_shop_gets_what_was_promised_and_orders_are_left_out() {
    try (StarterWorld world = new StarterWorld(folder)) {
      shop(world, new Random(1), 600);
      Proposal proposal = world.starter().proposal();
      promised(world, proposal);
      assertThat(outcomes(proposal)).containsExactlyInAnyOrder("Order Completed", "order_placed");
      assertThat(proposal.text())
          .doesNotContain("event == \"Order")
          .doesNotContain("event == \"order");
      assertThat(proposal.rules())
          .filteredOn(rule -> rule.name().equals("product_added"))
          .singleElement()
          .satisfies(rule -> assertThat(rule.title().in("zh")).isEqualTo("加入购物车"));
    }
  }

  @Test
  void page_views_alone_are_enough() {
    try (StarterWorld world = new StarterWorld(folder)) {
      Random random = new Random(2);
      for (int i = 0; i < 300; i++) {
        int visits = 1 + random.nextInt(20);
        for (int visit = 0; visit < visits; visit++) {
          String page = random.nextInt(30) == 0 ? "Cancel subscription" : "Home";
          world.page("c" + i, null, page, random.nextInt(28));
        }
      }
      Proposal proposal = world.starter().proposal();
      promised(world, proposal);
      assertThat(rules(proposal)).containsExactlyInAnyOrder("visit_days", "pages_seen");
      assertThat(outcomes(proposal)).containsExactly("Cancel subscription");
    }
  }

  @Test
  void one_event_name_is_enough_and_the_proposal_says_that_it_decides_alone() {
    try (StarterWorld world = new StarterWorld(folder)) {
      Random random = new Random(3);
      for (int i = 0; i < 200; i++) {
        for (int n = random.nextInt(15); n >= 0; n--) {
          world.track("c" + i, "Login", random.nextInt(28));
        }
      }
      Proposal proposal = world.starter().proposal();
      promised(world, proposal);
      assertThat(proposal.shortfalls()).containsExactly(Shortfall.ONE_RULE);
    }
  }

  @Test
  void five_thousand_names_become_few_rules() {
    try (StarterWorld world = new StarterWorld(folder)) {
      Random random = new Random(4);
      for (int i = 0; i < 3000; i++) {
        for (int n = random.nextInt(20); n >= 0; n--) {
          world.track("c" + i, "thing-" + random.nextInt(5000), random.nextInt(28));
        }
      }
      Proposal proposal = world.starter().proposal();
      promised(world, proposal);
      assertThat(proposal.rules()).hasSizeLessThanOrEqualTo(14);
      assertThat(rules(proposal)).contains("other_actions");
    }
  }

  @Test
  void a_large_world_is_told_from_a_sample_and_the_promise_holds_for_everybody() {
    try (StarterWorld world = new StarterWorld(folder)) {
      shop(world, new Random(5), 30_000);
      Proposal proposal = world.starter().proposal();
      assertThat(proposal.sampled()).isTrue();
      assertThat(proposal.active()).isBetween(29_000L, 31_000L);
      promised(world, proposal);
    }
  }

  @Test
  void what_is_missing_is_said() {
    try (StarterWorld world = new StarterWorld(folder)) {
      Proposal nothing = world.starter().proposal();
      assertThat(nothing.shortfalls()).containsExactly(Shortfall.NO_EVENTS);
      assertThat(nothing.text()).isNull();
      world.track("ann", "Order Completed", 1);
      Proposal outcomes = world.starter().proposal();
      assertThat(outcomes.shortfalls()).containsExactly(Shortfall.NOTHING_COUNTS);
      assertThat(outcomes.text()).isNull();
      world.track("ann", "Login", 1);
      Proposal first = world.starter().proposal();
      assertThat(first.shortfalls()).containsExactly(Shortfall.TOO_FEW, Shortfall.ONE_RULE);
      assertThat(first.rules())
          .singleElement()
          .satisfies(rule -> assertThat(rule.points()).isEqualTo(3000));
      assertThat(world.kept(first).warnings()).isEmpty();
    }
  }

  @Test
  void visitors_are_looked_at_where_nobody_is_identified() {
    try (StarterWorld world = new StarterWorld(folder)) {
      world.page(null, "visitor-1", "Home", 1);
      Proposal proposal = world.starter().proposal();
      assertThat(proposal.shortfalls()).contains(Shortfall.NOBODY_IDENTIFIED);
      assertThat(proposal.active()).isEqualTo(1);
      world.page("ann", null, "Home", 1);
      assertThat(world.starter().proposal().shortfalls())
          .doesNotContain(Shortfall.NOBODY_IDENTIFIED);
    }
  }

  @Test
  void customers_who_all_do_the_same_cannot_be_told_apart_and_that_is_said() {
    try (StarterWorld world = new StarterWorld(folder)) {
      for (int i = 0; i < 50; i++) {
        world.track("c" + i, "Login", 3);
      }
      Proposal proposal = world.starter().proposal();
      assertThat(proposal.shortfalls()).contains(Shortfall.TOO_ALIKE);
      assertThat(world.kept(proposal).median()).isBetween(40_001L, 70_000L);
    }
  }

  @Test
  void customers_of_whom_most_do_nothing_that_counts_are_told() {
    try (StarterWorld world = new StarterWorld(folder)) {
      for (int i = 0; i < 50; i++) {
        world.track("c" + i, i < 10 ? "Login" : "Order Completed", 3);
      }
      assertThat(world.starter().proposal().shortfalls()).contains(Shortfall.MOST_DO_NOTHING);
    }
  }

  @Test
  void the_same_events_give_the_same_text() {
    String first;
    try (StarterWorld world = new StarterWorld(folder.resolve("one"))) {
      shop(world, new Random(6), 100);
      first = world.starter().proposal().text();
    }
    try (StarterWorld world = new StarterWorld(folder.resolve("two"))) {
      shop(world, new Random(6), 100);
      assertThat(world.starter().proposal().text()).isEqualTo(first);
    }
  }

  @Test
  void hostile_names_are_only_names() {
    List<String> names =
        List.of(
            "\"}] && true || event != \"",
            "line\nbreak: {points: 9}",
            "'quoted' # comment",
            "back\\slash",
            "<script>alert(1)</script>",
            "!tag *alias &anchor",
            "bell\u0007 and \u202e turn",
            "字 and 😀",
            "- item",
            "null");
    try (StarterWorld world = new StarterWorld(folder)) {
      Random random = new Random(7);
      for (int i = 0; i < 100; i++) {
        for (int n = random.nextInt(40); n >= 0; n--) {
          world.track("c" + i, names.get(random.nextInt(names.size())), random.nextInt(28));
        }
      }
      Proposal proposal = world.starter().proposal();
      promised(world, proposal);
      assertThat(proposal.rules()).hasSize(names.size());
    }
  }

  @Test
  void other_choices_are_answered_from_the_sample() {
    try (StarterWorld world = new StarterWorld(folder)) {
      shop(world, new Random(8), 300);
      Starter starter = world.starter("engagement");
      assertThat(starter.proposal().text()).contains("name: engagement-2\n");
      Proposal other =
          starter.with(Map.of("product_viewed", 1_000L), Set.of("product_added", "email_opened"));
      StarterWorld.Kept kept = world.kept(other);
      assertThat(rules(other)).contains("product_viewed").doesNotContain("product_added");
      assertThat(Objects.requireNonNull(other.spread()).median()).isEqualTo(kept.median());
      assertThat(other.spread().top()).isEqualTo(kept.top());
      assertThat(starter.with(Map.of(), Set.copyOf(rules(starter.proposal()))).text()).isNull();
    }
  }

  @Test
  void every_reserved_name_has_a_role_and_every_rule_four_titles() {
    assertThat(ReservedNames.all())
        .allSatisfy(name -> assertThat(KnownNames.find(name.name())).isNotNull());
    assertThat(KnownNames.all())
        .filteredOn(known -> known.role().isRule())
        .allSatisfy(known ->
            assertThat(known.title().byLanguage()).containsOnlyKeys("en", "es", "it", "zh"));
    assertThat(ReservedNames.all())
        .filteredOn(name -> name.passive() == ReservedNames.Passive.ALWAYS)
        .extracting(name -> KnownNames.find(name.name()))
        .noneMatch(known -> known == null || known.role().earns());
  }
}
