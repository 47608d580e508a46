package io.pulso.server.sample;

import static java.util.stream.Collectors.averagingInt;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.event.Event;
import io.pulso.engine.event.EventType;
import io.pulso.engine.event.ReservedNames;
import io.pulso.engine.json.Json;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The causes that are built into the sample company show in its records.
final class CausesTest {
  private static final LocalDate END = LocalDate.of(2026, 3, 31);
  private static final int DAYS = 300;
  private static final long DAY = 86_400_000_000L;
  private static final List<Event> ALL = new ArrayList<>();
  private static final List<Event> FROM_POSTS = new ArrayList<>();
  private static final Map<String, Set<Long>> ACTIVE_DAYS = new HashMap<>();

  @BeforeAll
  static void generate() {
    new SampleCompany(11, 2500, END, DAYS).write(CausesTest::take);
  }

  private static void take(Event e) {
    boolean use = "Session Ended".equals(e.event()) || "Feature Used".equals(e.event());
    if (use && e.userId() != null) {
      long day = e.occurredAt() / DAY;
      ACTIVE_DAYS.computeIfAbsent(e.userId(), _ -> new TreeSet<>()).add(day);
    }
    if (e.context().get("campaign") instanceof Json.Obj from && from.get("medium") != null) {
      FROM_POSTS.add(e);
    }
    boolean kept = e.type() == EventType.TRACK && !use;
    if (kept || e.type() == EventType.IDENTIFY || "Feature Used".equals(e.event())) {
      ALL.add(e);
    }
  }

  private static Stream<Event> events(String name) {
    return ALL.stream().filter(e -> name.equals(e.event()));
  }

  private static String group(Event e) {
    return String.valueOf(e.groupId());
  }

  private static String text(Event e, String key) {
    return e.properties().get(key) instanceof Json.Str text ? text.value() : "";
  }

  private static long number(Event e, String key) {
    return e.properties().get(key) instanceof Json.Num(double number) ? (long) number : 0;
  }

  private static long activeDays(String user, long before) {
    return ACTIVE_DAYS.getOrDefault(user, Set.of()).stream()
        .filter(day -> day < before && day >= before - 28)
        .count();
  }

  @Test
  void nothing_is_done_under_a_name_before_it_is_known() {
    Map<String, Long> known = new HashMap<>();
    ALL.stream()
        .filter(e -> e.type() == EventType.IDENTIFY || "Signed Up".equals(e.event()))
        .forEach(e -> known.merge(String.valueOf(e.userId()), e.occurredAt(), Math::min));
    assertThat(ALL)
        .filteredOn(e -> e.userId() != null && e.userId().startsWith("c"))
        .filteredOn(e -> e.occurredAt() < known.getOrDefault(e.userId(), Long.MAX_VALUE))
        .isEmpty();
  }

  @Test
  void activated_trials_convert_at_least_twice_as_often() {
    Map<Boolean, Double> rate =
        trials().stream().collect(groupingBy(Trial::isActivated, averagingInt(Trial::converted)));
    assertThat(rate.getOrDefault(true, 0.0)).isGreaterThan(2 * rate.getOrDefault(false, 1.0));
    assertThat(rate.getOrDefault(false, 0.0)).isPositive();
  }

  private record Trial(boolean isActivated, int converted) {}

  private static List<Trial> trials() {
    Map<String, Long> start = new HashMap<>();
    events("Trial Started").forEach(e -> start.put(group(e), e.occurredAt()));
    Map<String, Set<String>> invites = early(start, "Invite Sent", Event::messageId);
    Map<String, Set<String>> features = early(start, "Feature Used", e -> text(e, "feature"));
    Map<String, Set<String>> links = early(start, "Integration Connected", Event::messageId);
    List<Trial> trials = new ArrayList<>();
    events("Trial Ended")
        .forEach(e -> {
          int signs = has(invites, e, 2) + has(features, e, 5) + has(links, e, 1);
          trials.add(new Trial(signs >= 2, text(e, "converted").equals("yes") ? 1 : 0));
        });
    return trials;
  }

  private static int has(Map<String, Set<String>> found, Event e, int least) {
    return found.getOrDefault(group(e), Set.of()).size() >= least ? 1 : 0;
  }

  private static Map<String, Set<String>> early(
      Map<String, Long> start, String event, Function<Event, String> what) {
    Map<String, Set<String>> found = new HashMap<>();
    events(event)
        .filter(e -> e.occurredAt() < start.getOrDefault(group(e), Long.MIN_VALUE) + 14 * DAY)
        .forEach(e -> found.computeIfAbsent(group(e), _ -> new HashSet<>()).add(what.apply(e)));
    return found;
  }

  @Test
  void cancellations_follow_falling_activity() {
    double leaving =
        events("Subscription Cancelled")
            .mapToLong(e -> activeDays(String.valueOf(e.userId()), e.occurredAt() / DAY))
            .average()
            .orElseThrow();
    double staying =
        events("Subscription Renewed")
            .filter(e -> e.occurredAt() / DAY > END.toEpochDay() - 200)
            .mapToLong(e -> activeDays(String.valueOf(e.userId()), e.occurredAt() / DAY))
            .average()
            .orElseThrow();
    assertThat(events("Subscription Cancelled").count()).isGreaterThan(40);
    assertThat(leaving).isLessThan(staying / 2);
  }

  @Test
  void work_is_done_on_working_days() {
    Map<DayOfWeek, Long> days = new HashMap<>();
    ACTIVE_DAYS
        .values()
        .forEach(set ->
            set.forEach(
                day -> days.merge(LocalDate.ofEpochDay(day).getDayOfWeek(), 1L, Long::sum)));
    long tuesdays = days.getOrDefault(DayOfWeek.TUESDAY, 0L);
    assertThat(days.getOrDefault(DayOfWeek.SUNDAY, 0L)).isLessThan(tuesdays / 4);
    assertThat(days.getOrDefault(DayOfWeek.FRIDAY, 0L)).isBetween(tuesdays * 6 / 10, tuesdays);
  }

  @Test
  void the_bad_release_hurts_one_platform_only() {
    Timetable time = new Timetable(END, DAYS);
    long monday = time.first.toEpochDay() + time.badRelease;
    assertThat(featuresUsed("windows", monday))
        .isLessThan(0.6 * featuresUsed("windows", monday - 7));
    assertThat(featuresUsed("mac", monday)).isGreaterThan(0.8 * featuresUsed("mac", monday - 7));
  }

  private static double featuresUsed(String platform, long monday) {
    Set<String> people = new HashSet<>();
    ALL.stream()
        .filter(e -> e.type() == EventType.IDENTIFY)
        .filter(e -> e.traits().get("platform") instanceof Json.Str t && t.value().equals(platform))
        .forEach(e -> people.add(String.valueOf(e.userId())));
    return events("Feature Used")
        .filter(e -> e.occurredAt() / DAY >= monday && e.occurredAt() / DAY < monday + 7)
        .filter(e -> people.contains(String.valueOf(e.userId())))
        .count();
  }

  @Test
  void promoters_are_more_active_than_detractors() {
    Predicate<Event> nps = e -> text(e, "kind").equals("nps");
    List<Event> answers = events("Survey Answered").filter(nps).toList();
    assertThat(daysOf(answers, 9, 10)).isGreaterThan(1.3 * daysOf(answers, 0, 6));
  }

  @Test
  void comments_fit_the_answers() {
    List<Event> answers = events("Survey Answered").toList();
    List<Event> comments = answers.stream().filter(e -> !text(e, "comment").isEmpty()).toList();
    assertThat(comments.size()).isBetween(answers.size() / 5, answers.size() / 2);
    assertThat(comments).filteredOn(e -> text(e, "comment").contains("recommend")).isNotEmpty();
    assertThat(comments)
        .filteredOn(e -> text(e, "comment").contains("recommend"))
        .allMatch(e -> text(e, "kind").equals("nps") && number(e, "score") >= 9);
    assertThat(comments)
        .filteredOn(e -> text(e, "comment").contains("Errors all week"))
        .isNotEmpty()
        .allMatch(e -> number(e, "score") <= 6);
  }

  @Test
  void replies_come_after_comments_and_later_on_the_second_network() {
    Map<String, Long> comments = new HashMap<>();
    events("Social Commented")
        .forEach(e -> comments.put(e.userId() + text(e, "post"), e.occurredAt()));
    Map<String, List<Long>> waits = new HashMap<>();
    events("Social Replied")
        .forEach(e -> {
          long comment = comments.getOrDefault(e.userId() + text(e, "post"), Long.MAX_VALUE);
          assertThat(comment).as(e.messageId()).isLessThan(e.occurredAt());
          waits
              .computeIfAbsent(text(e, "network"), _ -> new ArrayList<>())
              .add(e.occurredAt() - comment);
        });
    assertThat(waits.values().stream().mapToInt(List::size).sum())
        .isBetween(comments.size() / 2, comments.size() * 9 / 10);
    assertThat(median(waits, "instagram")).isGreaterThan(1.5 * median(waits, "linkedin"));
  }

  @Test
  void networks_tell_totals_of_posts_and_followers() {
    Set<String> posts = new HashSet<>();
    events("Social Post Reached").forEach(e -> posts.add(text(e, "post")));
    Predicate<Event> clicks = e -> text(e, "metric").equals("social.clicks");
    assertThat(events("Metric Reported").filter(clicks).map(e -> text(e, "post")))
        .hasSizeBetween(posts.size() - 3, posts.size() + 3)
        .allMatch(posts::contains);
    long followers =
        events("Metric Reported")
            .filter(e -> text(e, "metric").equals("social.follower_growth"))
            .mapToLong(e -> number(e, "value"))
            .sum();
    assertThat(followers).isBetween(50L, 2500L);
  }

  @Test
  void some_who_follow_a_post_become_customers_soon() {
    Set<LocalDate> posts = new HashSet<>();
    events("Social Post Reached").forEach(e -> posts.add(date(e)));
    assertThat(FROM_POSTS)
        .filteredOn(e -> date(e).isAfter(END.minusDays(DAYS - 4)))
        .allMatch(e -> e.anonymousId() != null && e.type() == EventType.PAGE)
        .allMatch(
            e -> IntStream.range(0, 5).anyMatch(age -> posts.contains(date(e).minusDays(age))));
    Map<String, Long> followed = new HashMap<>();
    FROM_POSTS.forEach(e -> followed.put(visitor(e), e.occurredAt()));
    Map<String, Long> people = new HashMap<>();
    events("Signed Up")
        .filter(e -> followed.containsKey(visitor(e)))
        .forEach(e -> people.put(user(e), followed.getOrDefault(visitor(e), 0L)));
    long soon =
        events("Subscription Started")
            .filter(e -> people.containsKey(user(e)))
            .filter(e -> e.occurredAt() <= people.getOrDefault(user(e), 0L) + 30 * DAY)
            .count();
    assertThat(people).hasSizeBetween(followed.size() / 10, followed.size() / 2);
    assertThat(soon).isBetween(people.size() / 10L, people.size() / 2L);
    assertThat(soon).isGreaterThan(5);
  }

  private static String visitor(Event e) {
    return String.valueOf(e.anonymousId());
  }

  private static String user(Event e) {
    return String.valueOf(e.userId());
  }

  private static LocalDate date(Event e) {
    return LocalDate.ofEpochDay(e.occurredAt() / DAY);
  }

  private static double median(Map<String, List<Long>> waits, String network) {
    List<Long> sorted = waits.getOrDefault(network, List.of()).stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private static double daysOf(List<Event> answers, long low, long high) {
    return answers.stream()
        .filter(e -> number(e, "score") >= low && number(e, "score") <= high)
        .mapToLong(e -> activeDays(String.valueOf(e.userId()), e.occurredAt() / DAY))
        .average()
        .orElseThrow();
  }

  @Test
  void sign_ups_grow() {
    long middle = END.toEpochDay() - DAYS / 2;
    long first = events("Signed Up").filter(e -> e.occurredAt() / DAY < middle).count();
    long second = events("Signed Up").filter(e -> e.occurredAt() / DAY >= middle).count();
    assertThat(second).isGreaterThan(first * 6 / 5);
  }

  @Test
  void channels_are_those_that_the_reserved_names_imply() {
    assertThat(ALL)
        .filteredOn(e -> ReservedEvents.channel(e.event()) != null)
        .allMatch(e -> String.valueOf(e.channel()).equals(ReservedEvents.channel(e.event())));
    assertThat(
            Arrays.asList(
                "Email Link Clicked",
                "Social Replied",
                "Survey Answered",
                "Ticket Resolved",
                "Event Attended"))
        .allMatch(name -> ReservedNames.find(name) != null);
  }
}
