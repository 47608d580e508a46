package io.pulso.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.event.EventType;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.MetricReader;
import io.pulso.engine.metric.Period;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.ModelReader;
import io.pulso.engine.time.LocalDays;
import io.pulso.server.metric.Asked;
import io.pulso.server.metric.Audience;
import io.pulso.server.metric.KeptAnswers;
import io.pulso.server.metric.Metrics;
import io.pulso.server.metric.Told;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which counts of completed days are doubtful after a change.
class TouchedDaysTest {
  private static final long DAY = 86_400_000_000L;
  private static final int TODAY = 20_000;
  private static final List<Model> MODELS =
      List.of(
          ModelReader.read(
                  "m.yaml",
                  "name: m\nactivities:\n  - {name: logins, match: event == \"Login\", points: 6}\n")
              .model());

  @TempDir private Path folder = Path.of("");
  private @Nullable Store store;
  private @Nullable LiveLoad live;
  private int records;
  private int found;

  @BeforeEach
  void open() {
    store = Records.open(folder.resolve("pulso.duckdb"));
    live = store().live(Clock.systemUTC(), () -> MODELS);
    load(row(EventType.TRACK, "ann", null, 10), row(EventType.TRACK, "bob", null, 20));
    load(row(EventType.TRACK, null, "visitor", 5));
  }

  @AfterEach
  void close() {
    store().close();
  }

  private Store store() {
    return Objects.requireNonNull(store);
  }

  /// A record of some days ago.
  private Incoming row(
      EventType type, @Nullable String user, @Nullable String anonymous, int daysAgo) {
    long at = (TODAY - daysAgo) * DAY + DAY / 2;
    return new Incoming(
        type,
        user,
        anonymous,
        null,
        null,
        type == EventType.TRACK ? "Login" : null,
        null,
        "web",
        at,
        TODAY * DAY + DAY / 2,
        "m" + records++,
        Double.NaN,
        0,
        null,
        null,
        null,
        0,
        1);
  }

  private void load(Incoming... rows) {
    Objects.requireNonNull(live)
        .load(
            List.of(
                new LiveLoad.Part("web", true, TODAY * DAY + DAY / 2, List.of(rows), List.of())),
            records);
  }

  /// How many days ago the earliest day is whose count is doubtful after something; -1 for none.
  private int touched(Runnable change) {
    DailyCounts counts = store().dailyCounts();
    long revision = counts.begin(TODAY - 1);
    change.run();
    CountedDays touches = counts.counted();
    for (int ago = 1_000; ago > 0; ago--) {
      if (!touches.holds(TODAY - ago, revision)) {
        return ago;
      }
    }
    return -1;
  }

  @Test
  void events_of_today_touch_no_completed_day_and_late_ones_touch_theirs() {
    assertThat(touched(() -> load(row(EventType.TRACK, "ann", null, 0)))).isEqualTo(-1);
    assertThat(touched(() -> load(row(EventType.TRACK, "ann", null, 7)))).isEqualTo(7);
    assertThat(touched(() -> load(row(EventType.TRACK, "new", null, 3)))).isEqualTo(3);
  }

  @Test
  void a_link_touches_all_days_of_the_id_that_is_somebody_elses_now() {
    assertThat(touched(() -> load(row(EventType.IDENTIFY, "ann", "visitor", 0)))).isEqualTo(5);
  }

  @Test
  void an_id_that_was_never_a_users_touches_from_its_first_day_on_when_it_becomes_one() {
    assertThat(touched(() -> load(row(EventType.TRACK, "visitor", null, 0)))).isEqualTo(5);
  }

  @Test
  void objections_erasures_and_rebuilding_touch_all_days() {
    assertThat(touched(() -> store().objections().object("ann", "me", "", 1))).isEqualTo(1_000);
    assertThat(touched(() -> load(row(EventType.IDENTIFY, "ann", "visitor", 0)))).isEqualTo(1_000);
    assertThat(touched(() -> store().objections().withdraw("ann", "me", 2))).isEqualTo(1_000);
    assertThat(touched(() -> store().erasures().forget("bob", "asked", 3, MODELS)))
        .isEqualTo(1_000);
    assertThat(touched(() -> store().rebuild(MODELS))).isEqualTo(1_000);
  }

  @Test
  void what_is_touched_while_it_is_counted_is_doubtful_and_right_once_it_is_counted_again() {
    DailyCounts counts = store().dailyCounts();
    long began = counts.begin(TODAY - 1);
    load(row(EventType.TRACK, "ann", null, 7));
    load(row(EventType.TRACK, "ann", null, 3));
    assertThat(counts.counted().holds(TODAY - 8, began)).isTrue();
    assertThat(counts.counted().holds(TODAY - 7, began)).isFalse();
    long again = counts.begin(TODAY - 1);
    assertThat(counts.counted().holds(TODAY - 3, again)).isTrue();
    load(row(EventType.TRACK, "ann", null, 5));
    assertThat(counts.counted().holds(TODAY - 6, again)).isTrue();
    assertThat(counts.counted().holds(TODAY - 3, again)).isFalse();
  }

  @Test
  void an_instant_in_a_repeated_end_of_a_day_is_of_that_day() {
    // Clocks went from 00:01 on 2010-11-07 back to 23:01 of the day before in Newfoundland.
    LocalDays days = new LocalDays(ZoneId.of("America/St_Johns"));
    long firstMidnight = Instant.parse("2010-11-07T02:30:30Z").getEpochSecond() * 1_000_000;
    int day = days.day(firstMidnight);
    assertThat(TouchedDays.firstDay(days, firstMidnight)).isEqualTo(day - 1);
    assertThat(TouchedDays.firstDay(days, days.end(day - 1))).isEqualTo(day);
  }

  /// Asks for a number that grows with each time it is found.
  private int asked(KeptAnswers kept, int lastDay) {
    try (View view = store().now()) {
      return kept.ask(view, "question", lastDay, Integer.class, () -> ++found);
    }
  }

  @Test
  void an_answer_is_kept_until_its_days_are_changed() {
    KeptAnswers kept = new KeptAnswers();
    assertThat(asked(kept, TODAY - 1)).isEqualTo(1);
    assertThat(asked(kept, TODAY - 1)).as("nobody watches these days yet").isEqualTo(1);
    load(row(EventType.TRACK, "ann", null, 0));
    assertThat(asked(kept, TODAY - 1)).as("any event could change them").isEqualTo(2);
    store().dailyCounts().begin(TODAY - 1);
    assertThat(asked(kept, TODAY - 1)).as("changes of before were not watched").isEqualTo(3);
    assertThat(asked(kept, TODAY - 1)).isEqualTo(3);
    load(row(EventType.TRACK, "ann", null, 0));
    assertThat(asked(kept, TODAY - 1)).as("an event of today").isEqualTo(3);
    load(row(EventType.TRACK, "ann", null, 3));
    assertThat(asked(kept, TODAY - 4)).as("the days before it").isEqualTo(3);
    assertThat(asked(kept, TODAY - 1)).as("a late event").isEqualTo(4);
    assertThat(asked(kept, TODAY - 1)).isEqualTo(4);
    assertThat(asked(kept, TODAY)).as("nothing came").isEqualTo(4);
    load(row(EventType.TRACK, "bob", null, 0));
    assertThat(asked(kept, TODAY)).as("a day that is not over").isEqualTo(5);
  }

  /// How many events there are on each of the last five completed days, and in all of them.
  private String logins(KeptAnswers kept) {
    return told(kept, "count, is: {events: event == \"Login\"}", TODAY - 1);
  }

  /// How many were active on the five days up to today or on the day before each.
  private String actives(KeptAnswers kept) {
    return told(kept, "customers, is: {active: {days: 2}}", TODAY);
  }

  /// What a metric comes to on five days, and in all of them.
  private String told(KeptAnswers kept, String metric, int last) {
    Asked asked =
        new Asked(
            MetricReader.read(
                    "metrics.yaml", "metrics:\n  - {id: asked, kind: %s}\n".formatted(metric))
                .metrics()
                .getFirst(),
            new Period(last - 4, last),
            Every.DAY,
            null,
            DayOfWeek.MONDAY,
            TODAY);
    try (View view = store().now()) {
      Told told =
          Metrics.ask(
              view, asked, kept, new Audience(view, (kind, begin, end) -> List.of(), Map::of));
      return told.series().stream()
              .map(point -> String.valueOf(point.figure().n()))
              .collect(Collectors.joining(" "))
          + ": "
          + told.whole().figure().n();
    }
  }

  @Test
  void days_that_add_up_are_counted_again_where_events_come_late() {
    KeptAnswers kept = new KeptAnswers();
    store().dailyCounts().begin(TODAY - 1);
    load(row(EventType.TRACK, "ann", null, 4), row(EventType.TRACK, "ann", null, 2));
    store().dailyCounts().begin(TODAY - 1);
    assertThat(logins(kept)).isEqualTo("1 1 0 1 0: 3");
    load(row(EventType.TRACK, "ann", null, 2), row(EventType.TRACK, "bob", null, 3));
    assertThat(logins(kept)).isEqualTo("1 1 1 2 0: 5");
    load(row(EventType.TRACK, "ann", null, 5));
    assertThat(logins(kept)).isEqualTo("2 1 1 2 0: 6");
  }

  @Test
  void days_of_the_active_are_counted_again_from_where_events_come_late() {
    KeptAnswers kept = new KeptAnswers();
    store().dailyCounts().begin(TODAY - 1);
    load(row(EventType.TRACK, "ann", null, 4), row(EventType.TRACK, "ann", null, 1));
    store().dailyCounts().begin(TODAY - 1);
    assertThat(actives(kept)).isEqualTo("1 1 0 1 1: 1");
    load(row(EventType.TRACK, "bob", null, 0));
    assertThat(actives(kept)).as("today is counted each time").isEqualTo("1 1 0 1 2: 2");
    load(row(EventType.TRACK, "bob", null, 3));
    assertThat(actives(kept)).as("a late event").isEqualTo("1 2 1 1 2: 2");
    load(row(EventType.IDENTIFY, "bob", "late", 0), row(EventType.TRACK, "cid", null, 5));
    assertThat(actives(kept)).isEqualTo("2 2 1 1 2: 2");
  }
}
