package io.pulso.server.score;

import static io.pulso.server.score.QualityWorld.track;
import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.score.QualityWorld.Sent;
import io.pulso.server.store.QualityRules;
import io.pulso.server.store.View;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who is silent when, and how much of the scores that concerns. The days are Berlin's, and second
/// 0 is 11:00 there on 2 March 2026.
class CoverageTest {
  private static final double HOUR = 3600;
  private static final double DAY = 24 * HOUR;
  private static final int SECOND_OF_MARCH = 20_514;
  private static final long MICROS = 1_000_000;

  @TempDir private Path folder;

  private static Sent[] every(String source, double from, double to, double step, String event) {
    int count = (int) ((to - from) / step) + 1;
    Sent[] sent = new Sent[count];
    for (int i = 0; i < count; i++) {
      sent[i] = track(source, source + event + from + i, "ann", event, from + i * step);
    }
    return sent;
  }

  private static Coverage at(QualityWorld world, int model, int day, double second) {
    try (View view = world.store().now()) {
      return Coverage.of(
          view, QualityWorld.MODELS.get(model), day, world.store().days(), clock(second));
    }
  }

  private static long clock(double second) {
    return QualityWorld.START.getEpochSecond() * MICROS + Math.round(second * MICROS);
  }

  /// Sources with how many events they sent and whether they are silent.
  private static String words(Coverage coverage) {
    return coverage.sources().stream()
        .map(each ->
            "%s %d%s"
                .formatted(
                    each.rhythm().source(),
                    each.rhythm().matched(),
                    each.silent() ? " silent" : ""))
        .collect(Collectors.joining(", "));
  }

  @Test
  void a_source_that_stops_is_silent_after_three_times_its_longest_gap() {
    try (QualityWorld world = new QualityWorld(folder, QualityRules.NONE)) {
      // 31 logins from hour 0 to hour 60, two hours apart, and 3 beside.
      world.send(every("app", 0, 60 * HOUR, 2 * HOUR, "Login"));
      world.send(every("shop", 64 * HOUR, 66 * HOUR, HOUR, "Login"));
      Coverage before = at(world, 0, SECOND_OF_MARCH + 3, 66 * HOUR);
      assertThat(words(before)).isEqualTo("app 31, shop 3");
      assertThat(before.share()).isEqualTo(1000);
      Coverage after = at(world, 0, SECOND_OF_MARCH + 3, 66 * HOUR + 0.000001);
      assertThat(words(after)).isEqualTo("app 31 silent, shop 3");
      assertThat(after.silent()).containsExactly("app");
      // 3 of 34 events.
      assertThat(after.share()).isEqualTo(88);
      assertThat(after.sources().getFirst().silentAfter()).isEqualTo(6 * 3_600 * MICROS);
    }
  }

  @Test
  void nobody_is_silent_within_an_hour_and_everybody_after_three_days() {
    try (QualityWorld world = new QualityWorld(folder, QualityRules.NONE)) {
      world.send(every("busy", 0, HOUR, 60, "Login"));
      world.send(every("weekly", -14 * DAY, 0, 7 * DAY, "Login"));
      world.send(track("new", "n", "ann", "Login", 0));
      // Events of excluded and unmatched kinds are sent too.
      world.send(every("other", 0, 0, 1, "Export"));
      assertThat(words(at(world, 0, SECOND_OF_MARCH, HOUR)))
          .isEqualTo("busy 61, new 1, other 0, weekly 3");
      assertThat(words(at(world, 0, SECOND_OF_MARCH, HOUR + 1)))
          .isEqualTo("busy 61, new 1 silent, other 0 silent, weekly 3");
      assertThat(words(at(world, 0, SECOND_OF_MARCH, 2 * HOUR + 1)))
          .isEqualTo("busy 61 silent, new 1 silent, other 0 silent, weekly 3");
      assertThat(at(world, 0, SECOND_OF_MARCH, 2 * HOUR + 1).silent())
          .containsExactly("busy", "new");
      assertThat(words(at(world, 0, SECOND_OF_MARCH + 3, 3 * DAY))).contains("weekly 3");
      assertThat(words(at(world, 0, SECOND_OF_MARCH + 3, 3 * DAY + 1))).contains("weekly 3 silent");
    }
  }

  @Test
  void a_past_day_is_seen_from_its_end() {
    try (QualityWorld world = new QualityWorld(folder, QualityRules.NONE)) {
      world.send(every("app", 0, 5 * DAY, 6 * HOUR, "Login"));
      world.send(every("shop", 0, DAY, 6 * HOUR, "Login"));
      // 2 March ends 13 hours after second 0: 3 logins each at 0, 6 and 12 hours.
      Coverage first = at(world, 0, SECOND_OF_MARCH, 40 * DAY);
      assertThat(words(first)).isEqualTo("app 3, shop 3");
      assertThat(first.now()).isEqualTo(clock(13 * HOUR) - 1);
      // 4 March ends at hour 61, shop's last is at hour 24, so 37 hours before: more than 18.
      Coverage third = at(world, 0, SECOND_OF_MARCH + 2, 40 * DAY);
      assertThat(words(third)).isEqualTo("app 11, shop 5 silent");
      assertThat(third.share()).isEqualTo(687);
      // 28 days later nothing of it is left.
      Coverage late = at(world, 0, SECOND_OF_MARCH + 40, 60 * DAY);
      assertThat(words(late)).isEmpty();
      assertThat(late.share()).isNull();
      // 28 days after 2 March its 3 logins are out, though their sources are known still.
      Coverage month = at(world, 0, SECOND_OF_MARCH + 28, 60 * DAY);
      assertThat(words(month)).isEqualTo("app 18 silent, shop 2 silent");
      assertThat(month.share()).isZero();
    }
  }

  @Test
  void calls_and_excluded_events_show_that_a_source_sends_and_are_no_matched_events() {
    QualityRules rules = QualityRulesTest.own(List.of("own.com"), List.of(), null, null);
    try (QualityWorld world = new QualityWorld(folder, rules)) {
      world.send(
          track("app", "a", "ann", "Login", 0),
          QualityWorld.identify("app", "i", "ann", null, 5 * HOUR, "{\"x\":1}"),
          track("web", "b", "bob", "Login", 0),
          track("web", "c", "x@own.com", "Login", 5 * HOUR));
      assertThat(words(at(world, 0, SECOND_OF_MARCH, 6 * HOUR))).isEqualTo("app 1, web 1");
    }
  }

  @Test
  void an_event_that_several_activities_match_counts_once_and_accounts_need_one() {
    try (QualityWorld world = new QualityWorld(folder, QualityRules.NONE)) {
      world.send(
          QualityWorld.identify("app", "i", "ann", null, 0, "{\"plan\":\"pro\"}"),
          track("app", "a", "ann", "Login", 1),
          track("app", "b", "bob", "Login", 1),
          QualityWorld.group("app", "g", "bob", "acme", 0, "{\"size\":\"big\"}"));
      assertThat(words(at(world, 0, SECOND_OF_MARCH, 10))).isEqualTo("app 2");
      assertThat(words(at(world, 1, SECOND_OF_MARCH, 10))).isEqualTo("app 1");
    }
  }

  @Test
  void looking_is_shared_and_a_question_does_not_wait_for_ever() throws Exception {
    Coverages coverages = new Coverages();
    InUse use = new InUse(QualityWorld.MODELS.getFirst(), InUse.DRAFT);
    CountDownLatch slow = new CountDownLatch(1);
    AtomicInteger looks = new AtomicInteger();
    Coverage found = new Coverage(7, List.of());
    assertThat(
            coverages.of(
                use,
                1,
                () -> {
                  looks.incrementAndGet();
                  try {
                    slow.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  return found;
                }))
        .isNull();
    Future<Coverage> waiting;
    try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
      waiting = other.submit(() -> coverages.of(use, 1, () -> new Coverage(8, List.of())));
      slow.countDown();
    }
    assertThat(waiting.get()).isEqualTo(found);
    assertThat(coverages.of(use, 1, () -> new Coverage(9, List.of()))).isEqualTo(found);
    assertThat(looks).hasValue(1);
    Coverage other = new Coverage(10, List.of());
    assertThat(coverages.of(use, 2, () -> other)).isEqualTo(other);
  }
}
