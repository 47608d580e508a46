package io.pulso.testkit;

import static io.pulso.testkit.Samples.array;
import static io.pulso.testkit.Samples.group;
import static io.pulso.testkit.Samples.identify;
import static io.pulso.testkit.Samples.model;
import static io.pulso.testkit.Samples.object;
import static io.pulso.testkit.Samples.page;
import static io.pulso.testkit.Samples.screen;
import static io.pulso.testkit.Samples.track;
import static io.pulso.testkit.Samples.world;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Which events an expression matches, and what it sees of traits and accounts.
abstract class MatchRules extends Rules {
  private static final String DAY = "2026-03-10T10:00:00Z";

  MatchRules(Engine engine) {
    super(engine);
  }

  private static Asked counting(String match) {
    return Asked.of(model("m").activity("a", match, 1).build(), "2026-03-31");
  }

  private void matches(String match, World world, int count) {
    check(world, counting(match), "ann " + count + ".000 very_disengaged");
  }

  private static Draft paid(@Nullable Object amount) {
    return track("ann", "Paid", DAY).with("amount", amount);
  }

  @Test
  void identify_group_and_alias_calls_never_match() {
    World world =
        world(identify("ann", DAY), group("ann", "acme", DAY), Samples.alias("old", "ann", DAY));
    check(world, counting("true"), "ann 0.000 very_disengaged inactive");
  }

  @Test
  void pages_and_screens_have_a_name_and_no_event() {
    World world =
        world(page("ann", "Home", DAY), screen("ann", "Home", DAY), track("ann", "Home", DAY));
    matches("name == \"Home\"", world, 2);
    matches("event == \"Home\"", world, 1);
    matches("has(properties.x) || type == \"screen\"", world, 1);
    matches("!(event == \"Home\")", world, 2);
    matches("event != \"Other\"", world, 1);
    matches("channel in [\"web\", \"app\"]", world, 2);
  }

  @Test
  void a_comparison_with_another_type_is_false_and_its_negation_true() {
    World world =
        world(
            paid(5), paid("5"), paid(true), paid(null), paid(array(5)), track("ann", "Paid", DAY));
    matches("properties.amount == 5", world, 1);
    matches("properties.amount != 5", world, 0);
    matches("!(properties.amount == 5)", world, 5);
    matches("properties.amount == \"5\"", world, 1);
    matches("properties.amount >= 5", world, 1);
    matches("has(properties.amount)", world, 4);
    matches("!has(properties.amount)", world, 2);
    matches("5 in properties.amount", world, 1);
  }

  @Test
  void numbers_compare_as_doubles() {
    World world =
        world(paid(0.1 + 0.2), paid(0.3), paid(-0.0), paid(1e300), paid(9007199254740992.0));
    matches("properties.amount == 0.3", world, 1);
    matches("properties.amount > 0.3", world, 3);
    matches("properties.amount == 0.0", world, 1);
    matches("properties.amount >= 1e300", world, 1);
    matches("properties.amount == 9007199254740992", world, 1);
  }

  @Test
  void texts_compare_by_code_point() {
    World world = world(paid("\uD83D\uDE00"), paid("\uFF5E"), paid("a"), paid("B"));
    matches("properties.amount > \"\uFF5E\"", world, 1);
    matches("properties.amount < \"a\"", world, 1);
    matches("properties.amount == \"A\"", world, 0);
  }

  @Test
  void value_is_a_number_or_missing() {
    World world =
        world(
            track("ann", "Paid", DAY).with("value", 5),
            track("ann", "Paid", DAY).with("value", "5"),
            track("ann", "Paid", DAY).with("revenue", 7),
            track("ann", "Paid", DAY));
    matches("value >= 5", world, 2);
    matches("!(value >= 5)", world, 2);
  }

  @Test
  void names_and_keys_may_hold_any_character() {
    World world =
        world(
            track("ann", "it's \"50%\" \\ off", DAY).with("it's.a \"key\"", 1).with("$.x", 2),
            track("ann", "\u540D\u524D", DAY).with("\u30AD\u30FC", "\uD83D\uDE00"),
            track("ann", "plain", DAY).with("it's", object("a \"key\"", 1)).with("", 3));
    matches("event == \"it's \\\"50%\\\" \\\\ off\"", world, 1);
    matches("event == \"\u540D\u524D\"", world, 1);
    matches("properties[\"it's.a \\\"key\\\"\"] == 1", world, 1);
    matches("properties[\"$.x\"] == 2", world, 1);
    matches("properties[\"\u30AD\u30FC\"] == \"\uD83D\uDE00\"", world, 1);
    matches("properties[\"it's\"][\"a \\\"key\\\"\"] == 1", world, 1);
    matches("properties[\"\"] == 3", world, 1);
  }

  @Test
  void a_property_may_hold_the_character_nul() {
    World world = world(paid("a\u0000b"), paid("a"), paid("a\u0000c"));
    matches("properties.amount == \"a\"", world, 1);
    matches("properties.amount.startsWith(\"a\")", world, 3);
    check(
        world,
        Asked.of(
            model("m")
                .activity("a", "true", a -> a.points(1).distinct("properties.amount"))
                .build(),
            "2026-03-31"),
        "ann 3.000 very_disengaged");
  }

  @Test
  void the_source_tells_its_name_and_whether_it_is_trusted() {
    World world =
        world(
            track("ann", "Paid", DAY).source("shop").trusted(),
            track("ann", "Paid", DAY).source("web"));
    matches("source.name == \"shop\"", world, 1);
    matches("source.trusted", world, 1);
    matches("!source.trusted", world, 1);
  }

  @Test
  void traits_are_those_that_held_at_the_event() {
    World world =
        world(
            track("ann", "Paid", "2026-03-09T10:00:00Z"),
            identify("ann", "2026-03-10T10:00:00Z").trait("plan", "free"),
            track("ann", "Paid", "2026-03-10T10:00:00Z"),
            track("ann", "Paid", "2026-03-11T09:59:59.999999Z"),
            identify("ann", "2026-03-11T10:00:00Z")
                .trait("plan", "pro")
                .received("2026-03-20T10:00:00Z"),
            track("ann", "Paid", "2026-03-11T10:00:00Z"),
            track("ann", "Paid", "2026-03-12T10:00:00Z"));
    matches("traits.plan == \"free\"", world, 2);
    matches("traits.plan == \"pro\"", world, 2);
    matches("!has(traits.plan)", world, 1);
  }

  @Test
  void traits_are_merged_key_by_key_and_a_null_removes_one() {
    World world =
        world(
            identify("ann", "2026-03-10T10:00:00Z").trait("plan", "pro").trait("seats", 3),
            identify("ann", "2026-03-11T10:00:00Z")
                .trait("plan", null)
                .trait("role", object("a", 1)),
            identify("ann", "2026-03-12T10:00:00Z").trait("role", object("b", 1)),
            track("ann", "Paid", "2026-03-12T10:00:00Z"));
    matches("traits.seats == 3", world, 1);
    matches("has(traits.plan)", world, 0);
    matches("has(traits.role.b) && !has(traits.role.a)", world, 1);
  }

  @Test
  void of_traits_of_one_instant_the_one_received_last_holds_then_the_greatest_message_id() {
    World received =
        world(
            identify("ann", DAY).trait("plan", "late").received("2026-03-12T10:00:00Z"),
            identify("ann", DAY).trait("plan", "soon").received("2026-03-11T10:00:00Z"),
            track("ann", "Paid", DAY));
    matches("traits.plan == \"late\"", received, 1);
    World ids =
        world(
            identify("ann", DAY).trait("plan", "small").id("b"),
            identify("ann", DAY).trait("plan", "capital").id("B"),
            track("ann", "Paid", DAY));
    matches("traits.plan == \"small\"", ids, 1);
  }

  @Test
  void traits_follow_the_customer_through_links() {
    World world =
        world(
            identify(null, "2026-03-09T10:00:00Z").anonymous("a1").trait("plan", "pro"),
            track("ann", "Paid", DAY),
            track(null, "Paid", DAY).anonymous("a1"),
            identify("ann", "2026-03-20T10:00:00Z").anonymous("a1"));
    matches("traits.plan == \"pro\"", world, 2);
  }

  @Test
  void the_account_is_the_one_the_event_names_else_the_one_the_customer_was_in() {
    World world =
        world(
            track("ann", "Paid", "2026-03-09T10:00:00Z"),
            group("ann", "acme", DAY).trait("tier", 1),
            track("ann", "Paid", DAY),
            group("ann", "other", "2026-03-12T10:00:00Z").trait("tier", 2),
            track("ann", "Paid", "2026-03-13T10:00:00Z"),
            track("ann", "Paid", "2026-03-13T10:00:00Z").group("acme"),
            track("ann", "Paid", "2026-03-09T10:00:00Z").group("acme"),
            track("ann", "Paid", "2026-03-13T10:00:00Z").group("unheard of"));
    matches("account.tier == 1", world, 2);
    matches("account.tier == 2", world, 1);
    matches("!has(account.tier)", world, 3);
  }

  @Test
  void account_traits_come_from_the_group_calls_of_anybody() {
    World world =
        world(
            group("ann", "acme", "2026-03-11T10:00:00Z"),
            group("bob", "acme", "2026-03-12T10:00:00Z").trait("tier", 1).trait("size", 5),
            group(null, "acme", "2026-03-13T10:00:00Z").trait("tier", 2),
            track("ann", "Paid", "2026-03-12T09:00:00Z"),
            track("ann", "Paid", "2026-03-12T11:00:00Z"),
            track("ann", "Paid", "2026-03-13T11:00:00Z"));
    matches("account.tier == 1", world, 1);
    matches("account.tier == 2 && account.size == 5", world, 1);
  }
}
