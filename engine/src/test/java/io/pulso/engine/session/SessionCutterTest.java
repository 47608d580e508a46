package io.pulso.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Which events of a subject belong together.
class SessionCutterTest {
  private static final long A = SessionCutter.id("a");
  private static final long B = SessionCutter.id("b");

  /// An event at a time, with the id of its session or [SessionCutter#NO_ID].
  private record At(String time, long id) {}

  private static At at(String time) {
    return new At(time, SessionCutter.NO_ID);
  }

  private static List<Integer> cut(At... events) {
    SessionCutter cutter = new SessionCutter(SessionCutter.USUAL_PAUSE);
    cutter.next();
    List<Integer> sessions = new ArrayList<>();
    for (At event : events) {
      sessions.add(cutter.of(micros(event.time()), event.id()));
    }
    return sessions;
  }

  private static long micros(String time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(time));
  }

  @Test
  void exactly_thirty_minutes_end_no_session_and_a_microsecond_more_does() {
    assertThat(cut(at("2026-03-01T10:00:00Z"), at("2026-03-01T10:30:00Z"))).containsExactly(0, 0);
    assertThat(cut(at("2026-03-01T10:00:00Z"), at("2026-03-01T10:30:00.000001Z")))
        .containsExactly(0, 1);
  }

  @Test
  void midnight_ends_no_session() {
    assertThat(cut(at("2026-03-01T23:50:00Z"), at("2026-03-02T00:10:00Z"))).containsExactly(0, 0);
  }

  @Test
  void an_id_of_its_own_wins_over_pauses() {
    assertThat(
            cut(
                new At("2026-03-01T10:00:00Z", A),
                new At("2026-03-01T10:01:00Z", B),
                new At("2026-03-03T10:00:00Z", A)))
        .containsExactly(0, 1, 0);
  }

  @Test
  void an_event_without_an_id_goes_on_with_what_came_before_it() {
    assertThat(
            cut(
                new At("2026-03-01T10:00:00Z", A),
                at("2026-03-01T10:20:00Z"),
                at("2026-03-01T10:50:00Z"),
                at("2026-03-01T11:21:00Z"),
                new At("2026-03-01T11:22:00Z", A),
                at("2026-03-01T11:23:00Z")))
        .containsExactly(0, 0, 0, 1, 0, 0);
  }

  @Test
  void another_subject_begins_with_a_session_of_its_own() {
    SessionCutter cutter = new SessionCutter(SessionCutter.USUAL_PAUSE);
    cutter.next();
    assertThat(cutter.of(0, A)).isZero();
    assertThat(cutter.of(1, B)).isEqualTo(1);
    cutter.next();
    assertThat(cutter.of(2, B)).isZero();
    cutter.next();
    assertThat(cutter.of(3, SessionCutter.NO_ID)).isZero();
  }

  @Test
  void a_session_goes_on_in_the_next_stretch_of_time() {
    List<Session> made = new ArrayList<>();
    SessionMaker maker = new SessionMaker(30, made::add);
    maker.take(1, SessionCutter.NO_ID, new Session.Ref(70, 1, 1), true);
    maker.take(2, SessionCutter.NO_ID, new Session.Ref(10, 1, 2), false);
    maker.endStretch(100);
    assertThat(made).extracting(Session::subject).containsExactly(2);
    maker.take(1, SessionCutter.NO_ID, new Session.Ref(100, 1, 3), false);
    maker.end();
    assertThat(made.getLast())
        .isEqualTo(
            new Session(
                1,
                SessionCutter.NO_ID,
                70,
                100,
                Session.NONE,
                1,
                2,
                new Session.Ref(70, 1, 1),
                new Session.Ref(70, 1, 1)));
  }

  @Test
  void a_session_knows_when_the_one_before_of_its_subject_started() {
    List<Session> made = new ArrayList<>();
    SessionMaker maker = new SessionMaker(30, made::add);
    maker.follows(3, 5);
    maker.take(1, SessionCutter.NO_ID, new Session.Ref(10, 1, 1), false);
    maker.take(1, SessionCutter.NO_ID, new Session.Ref(50, 1, 2), false);
    maker.take(3, SessionCutter.NO_ID, new Session.Ref(20, 1, 3), false);
    maker.endStretch(100);
    maker.take(1, SessionCutter.NO_ID, new Session.Ref(100, 1, 4), false);
    maker.end();
    assertThat(made)
        .extracting(each -> List.of(each.subject(), each.startedAt(), each.previousAt()))
        .containsExactlyInAnyOrder(
            List.of(1, 10L, Session.NONE),
            List.of(1, 50L, 10L),
            List.of(3, 20L, 5L),
            List.of(1, 100L, 50L));
  }
}
