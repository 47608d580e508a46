package io.pulso.testkit;

import static io.pulso.testkit.Samples.group;
import static io.pulso.testkit.Samples.identify;
import static io.pulso.testkit.Samples.model;
import static io.pulso.testkit.Samples.track;
import static io.pulso.testkit.Samples.world;

import io.pulso.engine.model.Activity;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Scores of accounts.
abstract class AccountRules extends Rules {
  private static final String LOGIN = "event == \"Login\"";

  AccountRules(Engine engine) {
    super(engine);
  }

  private static Asked logins(UnaryOperator<ActivityDraft> more) {
    return Asked.of(
        model("m").ofAccounts().activity("login", LOGIN, a -> more.apply(a.points(1))).build(),
        "2026-03-31");
  }

  private static Asked logins() {
    return logins(a -> a);
  }

  private static Draft login(String who, String at) {
    return track(who, "Login", at);
  }

  @Test
  void an_event_counts_in_the_account_of_its_customer() {
    World world =
        world(
            group("ann", "acme", "2026-03-01T10:00:00Z"),
            group("bob", "acme", "2026-03-01T10:00:00Z"),
            login("ann", "2026-03-10T10:00:00Z"),
            login("bob", "2026-03-10T10:00:00Z"),
            login("eve", "2026-03-10T10:00:00Z"));
    check(world, logins(), "acme 2.000 very_disengaged");
  }

  @Test
  void a_later_group_call_moves_the_customer() {
    World world =
        world(
            login("ann", "2026-03-09T10:00:00Z"),
            group("ann", "acme", "2026-03-10T10:00:00Z"),
            login("ann", "2026-03-10T10:00:00Z"),
            login("ann", "2026-03-11T10:00:00Z"),
            group("ann", "other", "2026-03-12T10:00:00Z"),
            login("ann", "2026-03-12T10:00:00Z"),
            group("ann", "acme", "2026-03-14T10:00:00Z"),
            login("ann", "2026-03-15T10:00:00Z"));
    check(world, logins(), "acme 3.000 very_disengaged", "other 1.000 very_disengaged");
  }

  @Test
  void an_event_that_names_its_account_counts_there() {
    World world =
        world(
            group("ann", "acme", "2026-03-01T10:00:00Z"),
            login("ann", "2026-03-10T10:00:00Z").group("other"),
            login("bob", "2026-03-10T10:00:00Z").group("other"),
            login("ann", "2026-03-11T10:00:00Z"));
    check(world, logins(), "acme 1.000 very_disengaged", "other 2.000 very_disengaged");
  }

  @Test
  void an_account_begins_with_its_group_call_or_its_first_event() {
    World world =
        world(
            group("ann", "acme", "2026-03-10T10:00:00Z"),
            login("bob", "2026-03-12T10:00:00Z").group("other"),
            identify("eve", "2026-03-12T10:00:00Z").group("third"));
    check(world, Asked.of(logins().model(), "2026-03-09"));
    check(world, Asked.of(logins().model(), "2026-03-11"), "acme 0.000 very_disengaged inactive");
    check(world, logins(), "acme 0.000 very_disengaged inactive", "other 1.000 very_disengaged");
  }

  @Test
  void memberships_follow_the_customer_through_links() {
    World world =
        world(
            group(null, "acme", "2026-03-01T10:00:00Z").anonymous("a1"),
            login("ann", "2026-03-10T10:00:00Z"),
            track(null, "Login", "2026-03-11T10:00:00Z").anonymous("a1"),
            identify("ann", "2026-03-20T10:00:00Z").anonymous("a1"));
    check(world, logins(), "acme 2.000 very_disengaged");
  }

  @Test
  void visitors_count_in_their_account_too() {
    World world = world(track(null, "Login", "2026-03-10T10:00:00Z").anonymous("a1").group("acme"));
    check(world, logins(), "acme 1.000 very_disengaged");
  }

  @Test
  void of_memberships_of_one_instant_the_one_received_last_holds() {
    World world =
        world(
            group("ann", "acme", "2026-03-10T10:00:00Z").received("2026-03-10T10:00:02Z"),
            group("ann", "other", "2026-03-10T10:00:00Z").received("2026-03-10T10:00:01Z"),
            login("ann", "2026-03-10T10:00:00Z"));
    check(world, logins(), "acme 1.000 very_disengaged", "other 0.000 very_disengaged inactive");
  }

  @Test
  void one_busy_person_is_cut_before_people_are_added_up() {
    World world =
        world(
            group("ann", "acme", "2026-03-01T10:00:00Z"),
            group("bob", "acme", "2026-03-01T10:00:00Z"),
            login("ann", "2026-03-10T10:00:00Z").times(9),
            login("bob", "2026-03-10T10:00:00Z").times(2),
            login("ann", "2026-03-11T10:00:00Z").times(2));
    check(world, logins(a -> a.perPerson(3)), "acme 7.000 very_disengaged");
    check(world, logins(a -> a.perPerson(3).perDay(4)), "acme 6.000 very_disengaged");
    check(world, logins(a -> a.perPerson(0)), "acme 0.000 very_disengaged");
  }

  @Test
  void a_person_with_two_ids_is_one_person() {
    World world =
        world(
            group("ann", "acme", "2026-03-01T10:00:00Z").anonymous("a1"),
            login("ann", "2026-03-10T10:00:00Z").times(2),
            track(null, "Login", "2026-03-10T11:00:00Z").anonymous("a1").times(2));
    check(world, logins(a -> a.perPerson(3)), "acme 3.000 very_disengaged");
  }

  @Test
  void distinct_values_are_counted_by_person_and_added_up() {
    Asked asked =
        Asked.of(
            model("m")
                .ofAccounts()
                .activity("f", "true", a -> a.points(1).distinct("properties.feature"))
                .build(),
            "2026-03-31");
    World world =
        world(
            track("ann", "Used", "2026-03-10T10:00:00Z")
                .group("acme")
                .with("feature", "map")
                .times(2),
            track("bob", "Used", "2026-03-10T10:00:00Z").group("acme").with("feature", "map"));
    check(world, asked, "acme 2.000 very_disengaged");
  }

  @Test
  void seats_divide_by_what_they_were_at_the_end_of_that_day() {
    World world =
        world(
            group("ann", "acme", "2026-03-10T00:00:00Z").trait("seats", 4),
            login("ann", "2026-03-10T10:00:00Z").times(10),
            login("ann", "2026-03-11T10:00:00Z").times(10),
            group("bob", "acme", "2026-03-11T23:59:59.999999Z").trait("seats", 3),
            group("bob", "acme", "2026-03-12T00:00:00Z").trait("seats", 1));
    check(world, logins(a -> a.per(Activity.Per.SEAT)), "acme 5.833 very_disengaged");
    check(world, logins(a -> a.per(Activity.Per.SEAT).perDay(3)), "acme 5.500 very_disengaged");
  }

  @Test
  void accounts_without_a_number_of_seats_have_no_units_per_seat() {
    World world =
        world(
            login("a", "2026-03-10T10:00:00Z").group("none"),
            group("b", "half", "2026-03-01T10:00:00Z").trait("seats", 0.5),
            login("b", "2026-03-10T10:00:00Z"),
            group("c", "quoted", "2026-03-01T10:00:00Z").trait("seats", "4"),
            login("c", "2026-03-10T10:00:00Z"),
            group("d", "minus", "2026-03-01T10:00:00Z").trait("seats", -4),
            login("d", "2026-03-10T10:00:00Z"),
            group("e", "later", "2026-03-11T10:00:00Z").trait("seats", 4),
            login("e", "2026-03-10T10:00:00Z").group("later"),
            group("f", "one and a half", "2026-03-01T10:00:00Z").trait("seats", 1.5),
            login("f", "2026-03-10T10:00:00Z"),
            group("g", "astronomic", "2026-03-01T10:00:00Z").trait("seats", 1e300),
            login("g", "2026-03-10T10:00:00Z"));
    check(
        world,
        logins(a -> a.per(Activity.Per.SEAT)),
        "astronomic 0.000 very_disengaged",
        "half 0.000 very_disengaged",
        "later 0.000 very_disengaged",
        "minus 0.000 very_disengaged",
        "none 0.000 very_disengaged",
        "one and a half 0.667 very_disengaged",
        "quoted 0.000 very_disengaged");
  }

  @Test
  void an_accounts_day_holds_a_billion_units_at_most_before_it_is_divided() {
    Asked asked =
        Asked.of(
            model("m")
                .ofAccounts()
                .activity(
                    "paid",
                    "event == \"Paid\"",
                    a -> a.points(0.001).number("value").per(Activity.Per.SEAT))
                .build(),
            "2026-03-31");
    World world =
        world(
            group("ann", "acme", "2026-03-01T10:00:00Z").trait("seats", 4),
            track("ann", "Paid", "2026-03-10T10:00:00Z").group("acme").with("value", 1e9),
            track("bob", "Paid", "2026-03-10T10:00:00Z").group("acme").with("value", 1e9));
    check(world, asked, "acme 250000.000 power_user");
  }

  @Test
  void active_people_are_those_with_any_active_event_of_the_day_in_the_account() {
    World world =
        world(
            login("ann", "2026-03-10T10:00:00Z").group("acme").times(4),
            login("bob", "2026-03-10T10:00:00Z").group("acme").times(2),
            track("eve", "Looked", "2026-03-10T10:00:00Z").group("acme").times(2),
            track("dan", "Email Delivered", "2026-03-10T10:00:00Z").group("acme"),
            track("fay", "Looked", "2026-03-11T10:00:00Z").group("acme"),
            track("gus", "Looked", "2026-03-10T10:00:00Z").group("other"));
    check(
        world,
        logins(a -> a.per(Activity.Per.ACTIVE_PERSON)),
        "acme 2.000 very_disengaged",
        "other 0.000 very_disengaged");
    check(
        world,
        logins(a -> a.per(Activity.Per.ACTIVE_PERSON).perPerson(3)),
        "acme 1.667 very_disengaged",
        "other 0.000 very_disengaged");
  }

  @Test
  void units_without_an_active_person_are_divided_by_one() {
    Asked asked =
        Asked.of(
            model("m")
                .ofAccounts()
                .activity(
                    "mail",
                    "event == \"Email Delivered\"",
                    a -> a.points(1).per(Activity.Per.ACTIVE_PERSON))
                .build(),
            "2026-03-31");
    World world =
        world(track("dan", "Email Delivered", "2026-03-10T10:00:00Z").group("acme").times(2));
    check(world, asked, "acme 2.000 very_disengaged inactive");
  }

  @Test
  void a_model_may_apply_to_some_accounts() {
    Asked asked =
        Asked.of(
            model("m")
                .ofAccounts()
                .appliesTo("account.tier == 1")
                .activity("login", LOGIN, 1)
                .build(),
            "2026-03-31");
    World world =
        world(
            group("ann", "acme", "2026-03-01T10:00:00Z").trait("tier", 1),
            group("bob", "other", "2026-03-01T10:00:00Z").trait("tier", 2),
            identify("bob", "2026-03-01T10:00:00Z").trait("tier", 1),
            login("ann", "2026-03-10T10:00:00Z"),
            login("bob", "2026-03-10T10:00:00Z"));
    check(world, asked, "acme 1.000 very_disengaged");
  }

  @Test
  void accounts_fit_by_their_traits() {
    Asked asked =
        Asked.of(
            model("m").ofAccounts().fit().activity("large", "account.seats >= 10", 5).build(),
            "2026-03-31");
    World world =
        world(
            group("ann", "acme", "2026-03-01T10:00:00Z").trait("seats", 10),
            group("bob", "other", "2026-03-01T10:00:00Z").trait("seats", 9));
    check(
        world,
        asked,
        "acme 5.000 very_disengaged inactive",
        "other 0.000 very_disengaged inactive");
  }

  @Test
  void a_membership_that_is_not_known_yet_attributes_nothing() {
    World world =
        world(
            group("ann", "acme", "2026-03-01T10:00:00Z").received("2026-03-20T10:00:00Z"),
            login("ann", "2026-03-10T10:00:00Z"));
    check(world, logins().knownAt("2026-03-19T00:00:00Z"));
    check(world, logins().knownAt("2026-03-21T00:00:00Z"), "acme 1.000 very_disengaged");
  }
}
