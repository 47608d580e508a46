package io.pulso.testkit;

import static io.pulso.testkit.Samples.alias;
import static io.pulso.testkit.Samples.group;
import static io.pulso.testkit.Samples.identify;
import static io.pulso.testkit.Samples.model;
import static io.pulso.testkit.Samples.track;
import static io.pulso.testkit.Samples.world;

import io.pulso.engine.model.Model;
import org.junit.jupiter.api.Test;

/// Who a record belongs to.
abstract class IdentityRules extends Rules {
  private static final Model LOGINS =
      model("logins").activity("login", "event == \"Login\"", 1).build();

  private static final Asked ASKED = Asked.of(LOGINS, "2026-03-31").everybody();

  IdentityRules(Engine engine) {
    super(engine);
  }

  private static Draft login(String userId, String at) {
    return track(userId, "Login", at);
  }

  /// A login of somebody who is not known yet.
  private static Draft visit(String anonymousId, String at) {
    return track(null, "Login", at).anonymous(anonymousId);
  }

  @Test
  void what_a_visitor_did_belongs_to_the_customer_he_turns_out_to_be() {
    World world =
        world(
            visit("a1", "2026-03-10T10:00:00Z").times(2),
            identify("ann", "2026-03-12T10:00:00Z").anonymous("a1"),
            visit("a1", "2026-03-14T10:00:00Z"),
            login("ann", "2026-03-15T10:00:00Z"));
    check(world, ASKED, "ann 4.000 very_disengaged");
  }

  @Test
  void a_link_holds_for_days_before_it_was_made() {
    World world =
        world(
            visit("a1", "2026-03-10T10:00:00Z"),
            login("ann", "2026-04-20T10:00:00Z").anonymous("a1"));
    check(world, ASKED, "ann 1.000 very_disengaged");
  }

  @Test
  void a_visitor_who_never_gave_an_id_stays_a_visitor() {
    World world = world(visit("a1", "2026-03-10T10:00:00Z"), login("ann", "2026-03-10T10:00:00Z"));
    check(world, ASKED, "a1 1.000 very_disengaged", "ann 1.000 very_disengaged");
  }

  @Test
  void group_calls_link_too() {
    World world =
        world(
            visit("a1", "2026-03-10T10:00:00Z"),
            group("ann", "acme", "2026-03-11T10:00:00Z").anonymous("a1"));
    check(world, ASKED, "ann 1.000 very_disengaged");
  }

  @Test
  void of_two_contrary_links_the_earlier_one_is_made() {
    World world =
        world(
            visit("a1", "2026-03-10T10:00:00Z"),
            login("ann", "2026-03-11T10:00:00Z").anonymous("a1"),
            login("bob", "2026-03-12T10:00:00Z").anonymous("a1").times(3),
            visit("a1", "2026-03-13T10:00:00Z"));
    check(world, ASKED, "ann 3.000 very_disengaged", "bob 3.000 very_disengaged");
  }

  @Test
  void the_earlier_link_is_the_one_that_happened_first_not_the_one_that_arrived_first() {
    World world =
        world(
            visit("a1", "2026-03-10T10:00:00Z"),
            identify("ann", "2026-03-12T10:00:00Z").anonymous("a1"),
            identify("bob", "2026-03-11T10:00:00Z")
                .anonymous("a1")
                .received("2026-03-20T10:00:00Z"));
    check(world, ASKED, "ann 0.000 very_disengaged inactive", "bob 1.000 very_disengaged");
  }

  @Test
  void of_links_made_at_once_the_one_received_first_is_made() {
    World world =
        world(
            visit("a1", "2026-03-10T10:00:00Z"),
            identify("ann", "2026-03-11T10:00:00Z")
                .anonymous("a1")
                .received("2026-03-11T10:00:02Z"),
            identify("bob", "2026-03-11T10:00:00Z")
                .anonymous("a1")
                .received("2026-03-11T10:00:01Z"));
    check(world, ASKED, "ann 0.000 very_disengaged inactive", "bob 1.000 very_disengaged");
  }

  @Test
  void of_links_made_and_received_at_once_the_least_message_id_wins_byte_by_byte() {
    World letters =
        world(
            visit("a1", "2026-03-10T10:00:00Z"),
            identify("ann", "2026-03-11T10:00:00Z").anonymous("a1").id("b"),
            identify("bob", "2026-03-11T10:00:00Z").anonymous("a1").id("B"));
    check(letters, ASKED, "ann 0.000 very_disengaged inactive", "bob 1.000 very_disengaged");
    World symbols =
        world(
            visit("a1", "2026-03-10T10:00:00Z"),
            identify("ann", "2026-03-11T10:00:00Z").anonymous("a1").id("\uD83D\uDE00"),
            identify("bob", "2026-03-11T10:00:00Z").anonymous("a1").id("\uFF5E"));
    check(symbols, ASKED, "ann 0.000 very_disengaged inactive", "bob 1.000 very_disengaged");
  }

  @Test
  void links_form_chains() {
    World world =
        world(
            visit("a1", "2026-03-10T10:00:00Z"),
            login("temp", "2026-03-11T10:00:00Z").anonymous("a1"),
            login("ann", "2026-03-12T10:00:00Z"),
            alias("temp", "ann", "2026-03-13T10:00:00Z"));
    check(world, ASKED, "ann 3.000 very_disengaged");
  }

  @Test
  void an_alias_links_its_anonymous_id_too() {
    World world =
        world(
            visit("a1", "2026-03-10T10:00:00Z"),
            login("old", "2026-03-10T10:00:00Z"),
            alias("old", "ann", "2026-03-13T10:00:00Z").anonymous("a1"));
    check(world, ASKED, "ann 2.000 very_disengaged");
  }

  @Test
  void a_link_that_would_close_a_circle_is_not_made() {
    World world =
        world(
            login("ann", "2026-03-10T10:00:00Z"),
            login("bob", "2026-03-10T11:00:00Z"),
            login("eve", "2026-03-10T12:00:00Z"),
            alias("ann", "bob", "2026-03-11T10:00:00Z"),
            alias("bob", "eve", "2026-03-12T10:00:00Z"),
            alias("eve", "ann", "2026-03-13T10:00:00Z"));
    check(world, ASKED, "eve 3.000 very_disengaged");
  }

  @Test
  void an_id_that_is_refused_a_circle_may_still_be_linked_elsewhere() {
    World world =
        world(
            login("ann", "2026-03-10T10:00:00Z"),
            login("bob", "2026-03-10T11:00:00Z"),
            alias("ann", "bob", "2026-03-11T10:00:00Z"),
            alias("bob", "ann", "2026-03-12T10:00:00Z"),
            alias("bob", "eve", "2026-03-13T10:00:00Z"));
    check(world, ASKED, "eve 2.000 very_disengaged");
  }

  @Test
  void an_id_does_not_link_to_itself() {
    World world =
        world(
            login("ann", "2026-03-10T10:00:00Z").anonymous("ann"),
            alias("ann", "bob", "2026-03-11T10:00:00Z"));
    check(world, ASKED, "bob 1.000 very_disengaged");
  }

  @Test
  void user_ids_and_anonymous_ids_are_names_of_one_space() {
    World world =
        world(login("ann", "2026-03-10T10:00:00Z"), visit("ann", "2026-03-11T10:00:00Z").times(2));
    check(world, ASKED, "ann 3.000 very_disengaged");
  }

  @Test
  void the_user_id_says_who_it_is_when_both_are_given() {
    World world =
        world(
            identify("ann", "2026-03-09T10:00:00Z").anonymous("a1"),
            identify("bob", "2026-03-09T11:00:00Z"),
            login("bob", "2026-03-10T10:00:00Z").anonymous("a1"));
    check(world, ASKED, "ann 0.000 very_disengaged inactive", "bob 1.000 very_disengaged");
  }

  @Test
  void a_day_of_two_ids_that_are_one_customer_is_capped_once() {
    Model capped =
        model("capped").activity("login", "event == \"Login\"", a -> a.points(1).perDay(3)).build();
    World world =
        world(
            visit("a1", "2026-03-10T10:00:00Z").times(2),
            login("ann", "2026-03-10T12:00:00Z").times(2),
            identify("ann", "2026-03-11T10:00:00Z").anonymous("a1"));
    check(world, Asked.of(capped, "2026-03-31"), "ann 3.000 very_disengaged");
  }

  @Test
  void distinct_values_are_counted_over_the_union_of_merged_ids() {
    Model features =
        model("features")
            .activity(
                "used",
                "event == \"Feature Used\"",
                a -> a.points(1).distinct("properties.feature"))
            .build();
    World world =
        world(
            track(null, "Feature Used", "2026-03-10T10:00:00Z")
                .anonymous("a1")
                .with("feature", "map"),
            track(null, "Feature Used", "2026-03-10T11:00:00Z")
                .anonymous("a1")
                .with("feature", "list"),
            track("ann", "Feature Used", "2026-03-10T12:00:00Z").with("feature", "map"),
            track("ann", "Feature Used", "2026-03-11T12:00:00Z").with("feature", "map"),
            identify("ann", "2026-03-12T10:00:00Z").anonymous("a1"));
    check(world, Asked.of(features, "2026-03-31"), "ann 3.000 very_disengaged");
  }
}
