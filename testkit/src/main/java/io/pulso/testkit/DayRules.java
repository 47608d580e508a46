package io.pulso.testkit;

import static io.pulso.testkit.Samples.model;
import static io.pulso.testkit.Samples.track;
import static io.pulso.testkit.Samples.worldIn;

import io.pulso.engine.model.Model;
import org.junit.jupiter.api.Test;

/// Which day an event belongs to, and which days count.
abstract class DayRules extends Rules {
  /// One point a day at most, so that the score is the number of days with a login.
  private static final String LOGIN = "event == \"Login\"";

  DayRules(Engine engine) {
    super(engine);
  }

  private static Model days(int window) {
    return model("days")
        .window(window)
        .activity("login", LOGIN, a -> a.points(1).perDay(1))
        .build();
  }

  private static World logins(String zone, String... instants) {
    Draft[] drafts = new Draft[instants.length];
    for (int i = 0; i < drafts.length; i++) {
      drafts[i] = track("ann", "Login", instants[i]);
    }
    return worldIn(zone, drafts);
  }

  @Test
  void midnight_is_the_new_day() {
    World world = logins("UTC", "2026-03-31T23:59:59.999999Z", "2026-04-01T00:00:00Z");
    check(world, Asked.of(days(1), "2026-03-31"), "ann 1.000 very_disengaged");
    check(world, Asked.of(days(2), "2026-04-01"), "ann 2.000 very_disengaged");
  }

  @Test
  void an_event_after_the_as_of_day_does_not_count() {
    World world = logins("UTC", "2026-03-30T12:00:00Z", "2026-04-01T12:00:00Z");
    check(world, Asked.of(days(28), "2026-03-31"), "ann 1.000 very_disengaged");
  }

  @Test
  void a_late_event_counts_on_the_day_it_happened() {
    World world =
        worldIn(
            "UTC", track("ann", "Login", "2026-03-30T12:00:00Z").received("2026-04-20T12:00:00Z"));
    check(world, Asked.of(days(2), "2026-03-31"), "ann 1.000 very_disengaged");
  }

  @Test
  void the_day_is_that_of_the_workspace() {
    String instant = "2026-03-31T15:30:00Z";
    check(logins("Asia/Tokyo", instant), Asked.of(days(1), "2026-03-31"));
    check(
        logins("Asia/Tokyo", instant),
        Asked.of(days(1), "2026-04-01"),
        "ann 1.000 very_disengaged");
    check(
        logins("America/Los_Angeles", instant),
        Asked.of(days(1), "2026-03-31"),
        "ann 1.000 very_disengaged");
  }

  @Test
  void a_day_of_23_hours_is_one_day() {
    World world =
        logins(
            "Europe/Berlin",
            "2026-03-28T22:59:59.999999Z",
            "2026-03-28T23:00:00Z",
            "2026-03-29T21:59:59.999999Z",
            "2026-03-29T22:00:00Z");
    check(world, Asked.of(days(28), "2026-03-30"), "ann 3.000 very_disengaged");
    check(world, Asked.of(days(28), "2026-03-29"), "ann 2.000 very_disengaged");
    check(world, Asked.of(days(28), "2026-03-28"), "ann 1.000 very_disengaged");
  }

  @Test
  void a_day_of_25_hours_is_one_day() {
    World world =
        logins(
            "Europe/Berlin",
            "2026-10-24T21:59:59.999999Z",
            "2026-10-24T22:00:00Z",
            "2026-10-25T22:59:59.999999Z",
            "2026-10-25T23:00:00Z");
    check(world, Asked.of(days(28), "2026-10-26"), "ann 3.000 very_disengaged");
    check(world, Asked.of(days(28), "2026-10-25"), "ann 2.000 very_disengaged");
    check(world, Asked.of(days(1), "2026-10-26"), "ann 1.000 very_disengaged");
  }

  @Test
  void lord_howe_moves_its_clocks_by_half_an_hour() {
    World back =
        logins(
            "Australia/Lord_Howe",
            "2026-04-04T12:59:59.999999Z",
            "2026-04-04T13:00:00Z",
            "2026-04-05T13:29:59.999999Z",
            "2026-04-05T13:30:00Z");
    check(back, Asked.of(days(28), "2026-04-06"), "ann 3.000 very_disengaged");
    check(back, Asked.of(days(28), "2026-04-05"), "ann 2.000 very_disengaged");
    World forth =
        logins(
            "Australia/Lord_Howe",
            "2026-10-03T13:29:59.999999Z",
            "2026-10-03T13:30:00Z",
            "2026-10-04T12:59:59.999999Z",
            "2026-10-04T13:00:00Z");
    check(forth, Asked.of(days(28), "2026-10-05"), "ann 3.000 very_disengaged");
    check(forth, Asked.of(days(28), "2026-10-04"), "ann 2.000 very_disengaged");
  }

  @Test
  void a_day_may_begin_at_one_oclock() {
    World cairo =
        logins(
            "Africa/Cairo",
            "2026-04-23T21:59:59.999999Z",
            "2026-04-23T22:00:00Z",
            "2026-04-24T20:59:59.999999Z",
            "2026-04-24T21:00:00Z");
    check(cairo, Asked.of(days(28), "2026-04-25"), "ann 3.000 very_disengaged");
    check(cairo, Asked.of(days(28), "2026-04-24"), "ann 2.000 very_disengaged");
    World saoPaulo =
        logins(
            "America/Sao_Paulo",
            "2018-11-04T02:59:59.999999Z",
            "2018-11-04T03:00:00Z",
            "2018-11-05T01:59:59.999999Z",
            "2018-11-05T02:00:00Z");
    check(saoPaulo, Asked.of(days(28), "2018-11-05"), "ann 3.000 very_disengaged");
    check(saoPaulo, Asked.of(days(28), "2018-11-04"), "ann 2.000 very_disengaged");
  }

  @Test
  void the_last_hour_of_a_day_may_come_twice() {
    World world =
        logins(
            "America/Sao_Paulo",
            "2018-02-17T02:00:00Z",
            "2018-02-18T01:59:59.999999Z",
            "2018-02-18T02:59:59.999999Z",
            "2018-02-18T03:00:00Z");
    check(world, Asked.of(days(28), "2018-02-17"), "ann 1.000 very_disengaged");
    check(world, Asked.of(days(28), "2018-02-18"), "ann 2.000 very_disengaged");
  }

  @Test
  void clocks_set_back_at_one_past_midnight_return_to_the_day_before() {
    World world = logins("America/St_Johns", "2010-11-07T02:30:30Z", "2010-11-07T02:45:00Z");
    check(world, Asked.of(days(1), "2010-11-06"), "ann 1.000 very_disengaged");
    check(world, Asked.of(days(2), "2010-11-07"), "ann 2.000 very_disengaged");
  }

  @Test
  void a_day_that_a_country_skipped_still_ages_what_was_before() {
    World world = logins("Pacific/Apia", "2011-12-30T09:59:59.999999Z", "2011-12-30T10:00:00Z");
    check(world, Asked.of(days(2), "2011-12-31"), "ann 1.000 very_disengaged");
    check(world, Asked.of(days(3), "2011-12-31"), "ann 2.000 very_disengaged");
    check(world, Asked.of(days(2), "2011-12-30"), "ann 1.000 very_disengaged");
  }

  @Test
  void days_before_1970_are_days() {
    World world = logins("UTC", "1969-12-31T23:59:59.999999Z", "1970-01-01T00:00:00Z");
    check(world, Asked.of(days(1), "1969-12-31"), "ann 1.000 very_disengaged");
    check(world, Asked.of(days(2), "1970-01-01"), "ann 2.000 very_disengaged");
  }

  @Test
  void an_activity_may_look_back_longer_or_shorter_than_its_model() {
    Model model =
        model("windows")
            .window(7)
            .activity("short", LOGIN, a -> a.points(1).window(1))
            .activity("own", LOGIN, 10)
            .activity("long", LOGIN, a -> a.points(100).window(14))
            .build();
    World world =
        logins("UTC", "2026-03-31T10:00:00Z", "2026-03-25T10:00:00Z", "2026-03-18T10:00:00Z");
    check(world, Asked.of(model, "2026-03-31"), "ann 321.000 power_user");
  }
}
