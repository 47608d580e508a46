package io.pulso.testkit;

import static io.pulso.testkit.Samples.array;
import static io.pulso.testkit.Samples.model;
import static io.pulso.testkit.Samples.object;
import static io.pulso.testkit.Samples.page;
import static io.pulso.testkit.Samples.track;
import static io.pulso.testkit.Samples.world;

import io.pulso.engine.model.Model;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a unit is.
abstract class UnitRules extends Rules {
  private static final String DAY = "2026-03-10T10:00:00Z";

  UnitRules(Engine engine) {
    super(engine);
  }

  private static Asked minutes() {
    return asked(
        model("minutes")
            .activity(
                "time", "event == \"Session\"", a -> a.points(1).number("properties.minutes")));
  }

  private static Asked revenue() {
    return asked(
        model("revenue").activity("paid", "event == \"Paid\"", a -> a.points(1).number("value")));
  }

  private static Asked tags() {
    return asked(
        model("tags")
            .activity("tags", "event == \"Used\"", a -> a.points(1).distinct("properties.tag")));
  }

  private static Asked asked(ModelDraft draft) {
    return Asked.of(draft.build(), "2026-03-31");
  }

  private static Draft session(String who, @Nullable Object minutes) {
    return track(who, "Session", DAY).with("minutes", minutes);
  }

  private static Draft used(String who, @Nullable Object tag) {
    return track(who, "Used", DAY).with("tag", tag);
  }

  @Test
  void an_event_counts_in_every_activity_it_matches() {
    Model model =
        model("m")
            .activity("all", "true", 1)
            .activity("logins", "event == \"Login\"", 10)
            .activity("web", "channel == \"web\"", 100)
            .build();
    World world = world(track("ann", "Login", DAY).channel("web"), page("ann", "Home", DAY));
    check(world, Asked.of(model, "2026-03-31"), "ann 212.000 power_user");
  }

  @Test
  void a_number_is_rounded_half_away_from_zero_to_three_decimals() {
    World world =
        world(
            session("a", 12.3456),
            session("b", 0.0005),
            session("c", 0.0004999),
            session("d", 1.0005),
            session("e", 1.0015),
            session("f", 1e-5));
    check(
        world,
        minutes(),
        "a 12.346 very_disengaged",
        "b 0.001 very_disengaged",
        "c 0.000 very_disengaged",
        "d 1.001 very_disengaged",
        "e 1.002 very_disengaged",
        "f 0.000 very_disengaged");
  }

  @Test
  void each_number_is_rounded_before_it_is_added() {
    World world = world(session("ann", 0.0004).times(5), session("bob", 0.0006).times(5));
    check(world, minutes(), "ann 0.000 very_disengaged", "bob 0.005 very_disengaged");
  }

  @Test
  void quoted_numbers_booleans_and_what_is_no_number_count_nothing() {
    World world =
        world(
            session("ann", "5"),
            session("ann", true),
            session("ann", null),
            session("ann", array(5)),
            session("ann", object("minutes", 5)),
            track("ann", "Session", DAY),
            session("ann", 1));
    check(world, minutes(), "ann 1.000 very_disengaged");
  }

  @Test
  void negative_numbers_count_nothing() {
    World world = world(session("ann", -5), session("ann", -0.0), session("ann", 2));
    check(world, minutes(), "ann 2.000 very_disengaged");
  }

  @Test
  void a_number_of_a_billion_counts_and_a_greater_one_does_not() {
    Asked asked =
        asked(
            model("small")
                .activity(
                    "time",
                    "event == \"Session\"",
                    a -> a.points(0.001).number("properties.minutes")));
    World world =
        world(
            session("a", 1e9),
            session("b", 1_000_000_000.0001),
            session("c", 1e300),
            session("d", Double.MAX_VALUE),
            session("e", Double.MIN_VALUE),
            session("f", 999_999_999.9996));
    check(
        world,
        asked,
        "a 1000000.000 power_user",
        "b 0.000 very_disengaged",
        "c 0.000 very_disengaged",
        "d 0.000 very_disengaged",
        "e 0.000 very_disengaged",
        "f 1000000.000 power_user");
  }

  @Test
  void a_day_holds_a_billion_units_at_most() {
    Asked asked =
        asked(
            model("small")
                .activity(
                    "time",
                    "event == \"Session\"",
                    a -> a.points(0.001).number("properties.minutes")));
    World world =
        world(
            session("ann", 1e9).times(3),
            session("bob", 1e9),
            track("bob", "Session", "2026-03-11T10:00:00Z").with("minutes", 1e9));
    check(world, asked, "ann 1000000.000 power_user", "bob 2000000.000 power_user");
  }

  @Test
  void value_is_the_first_of_value_revenue_and_total_that_is_there() {
    World world =
        world(
            track("a", "Paid", DAY).with("total", 3).with("revenue", 2).with("value", 1),
            track("b", "Paid", DAY).with("total", 3).with("revenue", 2),
            track("c", "Paid", DAY).with("total", 3),
            track("d", "Paid", DAY).with("total", 3).with("value", null),
            track("e", "Paid", DAY));
    check(
        world,
        revenue(),
        "a 1.000 very_disengaged",
        "b 2.000 very_disengaged",
        "c 3.000 very_disengaged",
        "d 3.000 very_disengaged",
        "e 0.000 very_disengaged");
  }

  @Test
  void a_value_that_is_no_number_hides_the_revenue() {
    World world =
        world(
            track("a", "Paid", DAY).with("value", "1").with("revenue", 2),
            track("b", "Paid", DAY).with("value", false).with("total", 2));
    check(world, revenue(), "a 0.000 very_disengaged", "b 0.000 very_disengaged");
  }

  @Test
  void a_unit_may_lie_deep_or_in_the_context() {
    Model model =
        model("deep")
            .activity("deep", "true", a -> a.points(1).number("properties.order.sum"))
            .activity("context", "true", a -> a.points(10).number("context.battery"))
            .build();
    World world =
        world(
            track("ann", "Paid", DAY).with("order", object("sum", 2)).context("battery", 0.5),
            track("ann", "Paid", DAY).with("order", 7).context("other", 1));
    check(world, Asked.of(model, "2026-03-31"), "ann 7.000 very_disengaged");
  }

  @Test
  void equal_values_of_a_day_count_once_and_again_on_the_next_day() {
    World world =
        world(
            used("ann", "map"),
            used("ann", "map"),
            used("ann", "list"),
            track("ann", "Used", "2026-03-11T10:00:00Z").with("tag", "map"));
    check(world, tags(), "ann 3.000 very_disengaged");
  }

  @Test
  void values_are_equal_when_type_and_value_are() {
    World numbers = world(used("ann", 1), used("ann", 1.0), used("ann", 0.0), used("ann", -0.0));
    check(numbers, tags(), "ann 2.000 very_disengaged");
    World types =
        world(
            used("ann", 1),
            used("ann", "1"),
            used("ann", true),
            used("ann", "true"),
            used("ann", "1.0"),
            used("ann", ""),
            used("ann", "null"));
    check(types, tags(), "ann 7.000 very_disengaged");
    World close =
        world(used("ann", 0.1 + 0.2), used("ann", 0.3), used("ann", 1e300), used("ann", -5));
    check(close, tags(), "ann 4.000 very_disengaged");
  }

  @Test
  void texts_are_equal_when_their_characters_are() {
    World world =
        world(
            used("ann", "Caf\u00E9"),
            used("ann", "Cafe\u0301"),
            used("ann", "caf\u00E9"),
            used("ann", "Caf\u00E9 "),
            used("ann", "\"Caf\u00E9\""));
    check(world, tags(), "ann 5.000 very_disengaged");
  }

  @Test
  void nulls_missing_values_objects_and_arrays_are_no_values() {
    World world =
        world(
            used("ann", null),
            track("ann", "Used", DAY),
            used("ann", array("map")),
            used("ann", object("tag", "map")),
            used("ann", array()));
    check(world, tags(), "ann 0.000 very_disengaged");
  }

  @Test
  void names_of_pages_can_be_counted_apart() {
    Asked asked =
        asked(model("names").activity("pages", "true", a -> a.points(1).distinct("name")));
    World world =
        world(
            page("ann", "Home", DAY),
            page("ann", "Home", DAY),
            page("ann", "Pricing", DAY),
            track("ann", "Home", DAY));
    check(world, asked, "ann 2.000 very_disengaged");
  }
}
