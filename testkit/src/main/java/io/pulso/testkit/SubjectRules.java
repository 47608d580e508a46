package io.pulso.testkit;

import static io.pulso.testkit.Samples.alias;
import static io.pulso.testkit.Samples.group;
import static io.pulso.testkit.Samples.identify;
import static io.pulso.testkit.Samples.model;
import static io.pulso.testkit.Samples.page;
import static io.pulso.testkit.Samples.track;
import static io.pulso.testkit.Samples.world;

import io.pulso.engine.model.Model;
import org.junit.jupiter.api.Test;

/// Who is scored, to whom a model applies, and who is inactive.
abstract class SubjectRules extends Rules {
  private static final Model LOGINS =
      model("logins").activity("login", "event == \"Login\"", 1).build();

  private static final Asked ASKED = Asked.of(LOGINS, "2026-03-31");

  private static final String DAY = "2026-03-10T10:00:00Z";

  SubjectRules(Engine engine) {
    super(engine);
  }

  private static Draft login(String who, String at) {
    return track(who, "Login", at);
  }

  @Test
  void an_empty_world_has_no_scores() {
    check(world(), ASKED);
    check(world(), ASKED.everybody());
  }

  @Test
  void visitors_are_scored_only_when_all_are_asked() {
    World world =
        world(
            track(null, "Login", DAY).anonymous("a1"), login("ann", DAY), page("bob", "Home", DAY));
    check(world, ASKED, "ann 1.000 very_disengaged", "bob 0.000 very_disengaged");
    check(
        world,
        ASKED.everybody(),
        "a1 1.000 very_disengaged",
        "ann 1.000 very_disengaged",
        "bob 0.000 very_disengaged");
  }

  @Test
  void a_subject_begins_with_its_first_event_or_identify_call() {
    World world =
        world(login("ann", "2026-03-10T10:00:00Z"), identify("bob", "2026-03-12T10:00:00Z"));
    check(world, Asked.of(LOGINS, "2026-03-09"));
    check(world, Asked.of(LOGINS, "2026-03-10"), "ann 1.000 very_disengaged");
    check(
        world,
        Asked.of(LOGINS, "2026-03-12"),
        "ann 1.000 very_disengaged",
        "bob 0.000 very_disengaged inactive");
  }

  @Test
  void group_and_alias_calls_alone_make_no_customer() {
    World world = world(group("ann", "acme", DAY), alias("old", "bob", DAY));
    check(world, ASKED.everybody());
  }

  @Test
  void an_id_is_identified_by_any_record_on_whatever_day() {
    World world =
        world(
            track(null, "Login", DAY).anonymous("ann"),
            group("ann", "acme", "2026-06-01T10:00:00Z"),
            track(null, "Login", DAY).anonymous("bob"),
            alias("old", "bob", "2026-06-01T10:00:00Z"),
            track(null, "Login", DAY).anonymous("old2"),
            alias("old2", "eve", "2026-06-01T10:00:00Z"),
            track(null, "Login", DAY).anonymous("dan"));
    check(
        world,
        ASKED,
        "ann 1.000 very_disengaged",
        "bob 1.000 very_disengaged",
        "eve 1.000 very_disengaged");
  }

  @Test
  void subjects_come_in_the_order_of_their_utf_8_bytes() {
    World world =
        world(
            login("\uD83D\uDE00", DAY),
            login("\uFF5E", DAY),
            login("\u00E9", DAY),
            login("z", DAY),
            login("Z", DAY),
            login("10", DAY),
            login("9", DAY));
    check(
        world,
        ASKED,
        "10 1.000 very_disengaged",
        "9 1.000 very_disengaged",
        "Z 1.000 very_disengaged",
        "z 1.000 very_disengaged",
        "\u00E9 1.000 very_disengaged",
        "\uFF5E 1.000 very_disengaged",
        "\uD83D\uDE00 1.000 very_disengaged");
  }

  @Test
  void ids_are_neither_trimmed_nor_folded_nor_normalised() {
    World world =
        world(
            login("ann", DAY),
            login("Ann", DAY),
            login(" ann", DAY),
            login("ann ", DAY),
            login("Zo\u00E9", DAY),
            login("Zoe\u0301", DAY),
            login("01", DAY),
            login("1", DAY));
    check(
        world,
        ASKED,
        " ann 1.000 very_disengaged",
        "01 1.000 very_disengaged",
        "1 1.000 very_disengaged",
        "Ann 1.000 very_disengaged",
        "Zoe\u0301 1.000 very_disengaged",
        "Zo\u00E9 1.000 very_disengaged",
        "ann 1.000 very_disengaged",
        "ann  1.000 very_disengaged");
  }

  @Test
  void ids_may_hold_any_character() {
    World world =
        world(
            login("o'brien", DAY),
            login("\"; DROP TABLE events; --", DAY),
            login("a\u0000b", DAY),
            login("a\\b\n%_", DAY),
            login("null", DAY));
    check(
        world,
        ASKED,
        "\"; DROP TABLE events; -- 1.000 very_disengaged",
        "a\u0000b 1.000 very_disengaged",
        "a\\b\n%_ 1.000 very_disengaged",
        "null 1.000 very_disengaged",
        "o'brien 1.000 very_disengaged");
  }

  @Test
  void an_event_without_any_id_belongs_to_nobody() {
    World world = world(track(null, "Login", DAY), login("ann", DAY));
    check(world, ASKED.everybody(), "ann 1.000 very_disengaged");
  }

  @Test
  void passive_events_may_score_but_make_nobody_active() {
    Model model = model("all").activity("all", "true", 1).build();
    World world =
        world(
            track("a", "Email Delivered", DAY),
            track("b", "Email Bounced", DAY),
            track("c", "SMS Delivered", DAY),
            track("d", "Push Bounced", DAY),
            track("e", "Survey Sent", DAY),
            track("f", "Order Refunded", DAY),
            track("g", "Subscription Renewed", DAY),
            track("h", "Score Adjusted", DAY),
            track("i", "Subscription Cancelled", DAY),
            track("j", "Invite Sent", DAY),
            track("k", "email delivered", DAY),
            page("l", "Email Delivered", DAY));
    check(
        world,
        Asked.of(model, "2026-03-31"),
        "a 1.000 very_disengaged inactive",
        "b 1.000 very_disengaged inactive",
        "c 1.000 very_disengaged inactive",
        "d 1.000 very_disengaged inactive",
        "e 1.000 very_disengaged inactive",
        "f 1.000 very_disengaged inactive",
        "g 1.000 very_disengaged inactive",
        "h 1.000 very_disengaged inactive",
        "i 1.000 very_disengaged",
        "j 1.000 very_disengaged",
        "k 1.000 very_disengaged",
        "l 1.000 very_disengaged");
  }

  @Test
  void a_ticket_replied_or_resolved_is_passive_when_an_agent_did_it() {
    World world =
        world(
            track("a", "Ticket Replied", DAY).with("agent", "Kim"),
            track("b", "Ticket Replied", DAY),
            track("c", "Ticket Resolved", DAY).with("agent", "Kim"),
            track("d", "Ticket Resolved", DAY).with("agent", null),
            track("e", "Ticket Created", DAY).with("agent", "Kim"));
    check(
        world,
        ASKED,
        "a 0.000 very_disengaged inactive",
        "b 0.000 very_disengaged",
        "c 0.000 very_disengaged inactive",
        "d 0.000 very_disengaged",
        "e 0.000 very_disengaged");
  }

  @Test
  void inactive_looks_at_every_active_event_of_the_models_own_window() {
    Model model =
        model("m")
            .window(7)
            .activity("login", "event == \"Login\"", a -> a.points(1).window(28))
            .build();
    World world =
        world(
            login("ann", "2026-03-24T23:59:59Z"),
            login("bob", "2026-03-25T00:00:00Z"),
            login("eve", "2026-03-20T00:00:00Z"),
            page("eve", "Home", "2026-03-31T00:00:00Z"),
            login("fay", "2026-03-20T00:00:00Z"),
            page("fay", "Home", "2026-04-01T00:00:00Z"));
    check(
        world,
        Asked.of(model, "2026-03-31"),
        "ann 1.000 very_disengaged inactive",
        "bob 1.000 very_disengaged",
        "eve 1.000 very_disengaged",
        "fay 1.000 very_disengaged inactive");
  }

  @Test
  void a_model_applies_by_the_traits_at_the_end_of_the_as_of_day() {
    Model model =
        model("m").appliesTo("!(traits.plan == \"internal\")").activity("all", "true", 1).build();
    World world =
        world(
            login("ann", DAY),
            login("bob", DAY),
            identify("bob", "2026-03-31T23:59:59.999999Z").trait("plan", "internal"),
            login("eve", DAY),
            identify("eve", "2026-04-01T00:00:00Z").trait("plan", "internal"));
    check(
        world,
        Asked.of(model, "2026-03-31"),
        "ann 1.000 very_disengaged",
        "eve 1.000 very_disengaged");
    check(world, Asked.of(model, "2026-04-01"), "ann 1.000 very_disengaged");
  }

  @Test
  void a_model_may_apply_by_the_account() {
    Model model = model("m").appliesTo("account.tier == 1").activity("all", "true", 1).build();
    World world =
        world(
            login("ann", DAY),
            group("ann", "acme", DAY).trait("tier", 1),
            login("bob", DAY),
            group("bob", "acme", DAY),
            group("bob", "other", "2026-03-20T10:00:00Z").trait("tier", 2),
            login("eve", DAY));
    check(
        world,
        Asked.of(model, "2026-03-11"),
        "ann 1.000 very_disengaged",
        "bob 1.000 very_disengaged");
    check(world, Asked.of(model, "2026-03-31"), "ann 1.000 very_disengaged");
  }

  @Test
  void a_fit_model_gives_one_unit_where_a_condition_holds() {
    Model model =
        model("fit")
            .fit()
            .base(1)
            .clamp(null, 25.0)
            .group("who", null, 12.0)
            .activity("pro", "traits.plan == \"pro\"", a -> a.points(10).group("who"))
            .activity("owner", "traits.role == \"owner\"", a -> a.points(10).group("who"))
            .activity("large", "account.seats >= 10", a -> a.points(15))
            .build();
    World world =
        world(
            identify("ann", DAY).trait("plan", "pro").trait("role", "owner"),
            identify("bob", DAY).trait("plan", "pro").trait("role", "owner"),
            group("bob", "acme", DAY).trait("seats", 10),
            login("eve", "2026-01-01T10:00:00Z"),
            group("eve", "acme", DAY),
            login("fay", "2026-03-31T10:00:00Z"));
    check(
        world,
        Asked.of(model, "2026-03-31"),
        "ann 13.000 very_disengaged inactive",
        "bob 25.000 very_disengaged inactive",
        "eve 16.000 very_disengaged inactive",
        "fay 1.000 very_disengaged");
  }
}
