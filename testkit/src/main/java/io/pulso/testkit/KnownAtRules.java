package io.pulso.testkit;

import static io.pulso.testkit.Samples.group;
import static io.pulso.testkit.Samples.identify;
import static io.pulso.testkit.Samples.model;
import static io.pulso.testkit.Samples.track;
import static io.pulso.testkit.Samples.world;

import io.pulso.engine.model.Model;
import org.junit.jupiter.api.Test;

/// What was known when, and which copy of a record stays.
abstract class KnownAtRules extends Rules {
  private static final Model LOGINS =
      model("logins").activity("login", "event == \"Login\"", 1).build();

  private static final Asked ASKED = Asked.of(LOGINS, "2026-03-31");

  KnownAtRules(Engine engine) {
    super(engine);
  }

  private static Draft login(String userId, String at) {
    return track(userId, "Login", at);
  }

  @Test
  void an_event_is_not_known_before_it_was_received() {
    World world =
        world(
            login("ann", "2026-03-10T10:00:00Z"),
            login("ann", "2026-03-11T10:00:00Z").received("2026-03-20T10:00:00Z"));
    check(world, ASKED.knownAt("2026-03-20T09:59:59.999999Z"), "ann 1.000 very_disengaged");
    check(world, ASKED.knownAt("2026-03-20T10:00:00Z"), "ann 2.000 very_disengaged");
  }

  @Test
  void nobody_is_known_before_the_first_record_was_received() {
    World world = world(login("ann", "2026-03-10T10:00:00Z"));
    check(world, ASKED.knownAt("2026-03-10T09:59:59.999999Z"));
  }

  @Test
  void a_link_is_not_known_before_it_was_received() {
    World world =
        world(
            track(null, "Login", "2026-03-10T10:00:00Z").anonymous("a1"),
            login("ann", "2026-03-10T10:00:00Z"),
            identify("ann", "2026-03-09T10:00:00Z")
                .anonymous("a1")
                .received("2026-03-20T10:00:00Z"));
    check(
        world,
        ASKED.everybody().knownAt("2026-03-15T00:00:00Z"),
        "a1 1.000 very_disengaged",
        "ann 1.000 very_disengaged");
    check(world, ASKED.everybody().knownAt("2026-03-21T00:00:00Z"), "ann 2.000 very_disengaged");
  }

  @Test
  void a_contrary_link_stood_until_the_earlier_one_was_received() {
    World world =
        world(
            track(null, "Login", "2026-03-10T10:00:00Z").anonymous("a1"),
            identify("ann", "2026-03-12T10:00:00Z").anonymous("a1"),
            identify("bob", "2026-03-11T10:00:00Z")
                .anonymous("a1")
                .received("2026-03-20T10:00:00Z"));
    check(world, ASKED.knownAt("2026-03-15T00:00:00Z"), "ann 1.000 very_disengaged");
    check(world, ASKED, "ann 0.000 very_disengaged inactive", "bob 1.000 very_disengaged");
  }

  @Test
  void who_is_identified_depends_on_what_was_known() {
    World world =
        world(
            track(null, "Login", "2026-03-10T10:00:00Z").anonymous("ann"),
            identify("ann", "2026-03-11T10:00:00Z").received("2026-03-20T10:00:00Z"));
    check(world, ASKED.knownAt("2026-03-15T00:00:00Z"));
    check(world, ASKED.knownAt("2026-03-21T00:00:00Z"), "ann 1.000 very_disengaged");
  }

  @Test
  void traits_and_memberships_are_not_known_before_they_were_received() {
    Model model =
        model("facts")
            .activity("pro", "event == \"Login\" && traits.plan == \"pro\"", 1)
            .activity("large", "event == \"Login\" && account.size == \"large\"", 10)
            .build();
    World world =
        world(
            identify("ann", "2026-03-01T10:00:00Z")
                .trait("plan", "pro")
                .received("2026-03-20T00:00:00Z"),
            group("ann", "acme", "2026-03-01T10:00:00Z").received("2026-03-21T00:00:00Z"),
            group("bob", "acme", "2026-03-01T10:00:00Z")
                .trait("size", "large")
                .received("2026-03-22T00:00:00Z"),
            login("ann", "2026-03-10T10:00:00Z"));
    Asked asked = Asked.of(model, "2026-03-31");
    check(world, asked.knownAt("2026-03-19T00:00:00Z"), "ann 0.000 very_disengaged");
    check(world, asked.knownAt("2026-03-20T00:00:00Z"), "ann 1.000 very_disengaged");
    check(world, asked.knownAt("2026-03-21T00:00:00Z"), "ann 1.000 very_disengaged");
    check(world, asked.knownAt("2026-03-22T00:00:00Z"), "ann 11.000 very_disengaged");
  }

  @Test
  void a_day_asked_before_it_came_has_only_what_had_been_received() {
    World world = world(login("ann", "2026-03-10T10:00:00Z"), login("ann", "2026-03-30T10:00:00Z"));
    check(world, ASKED.knownAt("2026-03-15T00:00:00Z"), "ann 1.000 very_disengaged");
  }

  @Test
  void a_message_id_counts_once() {
    World world =
        world(
            login("ann", "2026-03-10T10:00:00Z").id("x").times(3),
            login("ann", "2026-03-10T10:00:00Z").id("X"));
    check(world, ASKED, "ann 2.000 very_disengaged");
  }

  @Test
  void each_source_has_its_own_message_ids() {
    World world =
        world(
            login("ann", "2026-03-10T10:00:00Z").id("x").source("web"),
            login("ann", "2026-03-10T10:00:00Z").id("x").source("shop"));
    check(world, ASKED, "ann 2.000 very_disengaged");
  }

  @Test
  void of_copies_the_one_received_first_stays() {
    World world =
        world(
            login("ann", "2026-03-10T10:00:00Z").id("x").received("2026-03-12T10:00:00Z"),
            login("bob", "2026-03-10T10:00:00Z").id("x").received("2026-03-11T10:00:00Z"));
    check(world, ASKED, "bob 1.000 very_disengaged");
  }

  @Test
  void of_copies_received_at_once_the_one_that_arrived_first_stays() {
    World world =
        world(
            login("bob", "2026-03-10T10:00:00Z").id("x").received("2026-03-11T10:00:00Z"),
            login("ann", "2026-03-10T09:00:00Z").id("x").received("2026-03-11T10:00:00Z"));
    check(world, ASKED, "bob 1.000 very_disengaged");
  }

  @Test
  void a_copy_links_nobody_and_sets_no_traits() {
    Model model = model("m").appliesTo("!has(traits.plan)").activity("login", "true", 1).build();
    World world =
        world(
            login("bob", "2026-03-10T10:00:00Z"),
            track(null, "Login", "2026-03-10T10:00:00Z").anonymous("a1"),
            identify("bob", "2026-03-11T10:00:00Z").id("x"),
            identify("bob", "2026-03-11T10:00:00Z").id("x").anonymous("a1").trait("plan", "pro"));
    check(
        world,
        Asked.of(model, "2026-03-31").everybody(),
        "a1 1.000 very_disengaged",
        "bob 1.000 very_disengaged");
  }
}
