package io.pulso.server.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How long a browser stays signed in.
class SessionsTest {
  @TempDir private Path folder;
  private Staffed staffed;
  private Person ann;

  @BeforeEach
  void start() {
    staffed = new Staffed(folder);
    ann = staffed.add("ann@example.org", Role.MANAGER);
    staffed.add("root@example.org", Role.ADMIN);
  }

  @AfterEach
  void stop() {
    staffed.close();
  }

  private boolean holds(Sessions.Started started) {
    return staffed.sessions.find(started.cookieValue()) != null;
  }

  @Test
  void each_sign_in_has_a_value_of_its_own_that_is_stored_as_a_hash() {
    Sessions.Started one = staffed.sessions.start(ann, Staffed.HOME);
    Sessions.Started two = staffed.sessions.start(ann, Staffed.HOME);
    assertThat(one.cookieValue()).hasSize(64).isNotEqualTo(two.cookieValue());
    assertThat(one.session().csrf()).isNotEqualTo(two.session().csrf());
    assertThat(staffed.store.access().sessions().all())
        .hasSize(2)
        .allMatch(row -> !row.toString().contains(one.cookieValue()))
        .anyMatch(row -> row.hash().equals(one.session().hash()));
    assertThat(staffed.sessions.find(one.session().hash())).as("the hash lets nobody in").isNull();
  }

  @Test
  void a_session_is_the_same_after_a_restart() {
    Sessions.Started one = staffed.sessions.start(ann, Staffed.HOME);
    Sessions again = new Sessions(staffed.store, staffed.people, staffed.clock);
    assertThat(again.find(one.cookieValue())).isEqualTo(one.session());
  }

  @Test
  void it_ends_when_nobody_used_it_for_twelve_hours() {
    Sessions.Started one = staffed.sessions.start(ann, Staffed.HOME);
    staffed.clock.forward(Duration.ofHours(11));
    assertThat(holds(one)).isTrue();
    staffed.clock.forward(Duration.ofHours(11));
    assertThat(holds(one)).isTrue();
    Sessions again = new Sessions(staffed.store, staffed.people, staffed.clock);
    assertThat(again.find(one.cookieValue())).as("the use is stored").isNotNull();
    staffed.clock.forward(Duration.ofHours(12));
    assertThat(holds(one)).isFalse();
    assertThat(again.find(one.cookieValue())).isNull();
  }

  @Test
  void a_stop_and_a_start_take_nothing_of_the_twelve_hours() {
    Sessions.Started one = staffed.sessions.start(ann, Staffed.HOME);
    staffed.clock.forward(Duration.ofMinutes(9));
    assertThat(holds(one)).isTrue();
    staffed.sessions.close();
    Sessions again = new Sessions(staffed.store, staffed.people, staffed.clock);
    staffed.clock.forward(Duration.ofHours(12).minusSeconds(1));
    assertThat(again.find(one.cookieValue())).isNotNull();
  }

  @Test
  void it_holds_while_the_store_cannot_be_told_that_it_was_used() {
    Sessions.Started one = staffed.sessions.start(ann, Staffed.HOME);
    staffed.clock.forward(Duration.ofMinutes(11));
    staffed.store.close();
    assertThat(holds(one)).isTrue();
  }

  @Test
  void watching_it_does_not_use_it() {
    Sessions.Started one = staffed.sessions.start(ann, Staffed.HOME);
    staffed.clock.forward(Duration.ofHours(7));
    assertThat(staffed.sessions.watch(one.cookieValue())).isEqualTo(one.session());
    staffed.clock.forward(Duration.ofHours(7));
    assertThat(staffed.sessions.watch(one.cookieValue())).isNull();
    assertThat(holds(one)).isFalse();
  }

  @Test
  void it_ends_after_fourteen_days_however_much_it_is_used() {
    Sessions.Started one = staffed.sessions.start(ann, Staffed.HOME);
    for (int hour = 6; hour < 14 * 24; hour += 6) {
      staffed.clock.forward(Duration.ofHours(6));
      assertThat(holds(one)).isTrue();
    }
    staffed.clock.forward(Duration.ofHours(6));
    assertThat(holds(one)).isFalse();
  }

  @Test
  void another_password_role_or_sight_ends_all_of_a_person_and_of_nobody_else() {
    Person bob = staffed.add("bob@example.org", Role.VIEWER);
    Sessions.Started other = staffed.sessions.start(bob, Staffed.HOME);
    Sessions.Started password = staffed.sessions.start(ann, Staffed.HOME);
    staffed.people.password(ann.id(), "another");
    assertThat(holds(password)).isFalse();
    Sessions.Started role = staffed.sessions.start(ann, Staffed.HOME);
    staffed.people.change(ann.with(Role.VIEWER));
    assertThat(holds(role)).isFalse();
    Sessions.Started removed = staffed.sessions.start(ann, Staffed.HOME);
    staffed.people.remove(ann.id());
    assertThat(holds(removed)).isFalse();
    assertThat(holds(other)).isTrue();
    assertThat(staffed.store.access().sessions().all()).hasSize(1);
  }

  @Test
  void a_person_is_seen_as_they_are_now() {
    Sessions.Started one = staffed.sessions.start(ann, Staffed.HOME);
    staffed.people.change(
        new Person(
            ann.id(),
            ann.email(),
            "Anna",
            ann.role(),
            "",
            "zh",
            Theme.DARK,
            true,
            false,
            true,
            ann.createdAt()));
    Session found = Objects.requireNonNull(staffed.sessions.find(one.cookieValue()));
    assertThat(found.person().name()).isEqualTo("Anna");
    assertThat(found.person().theme()).isEqualTo(Theme.DARK);
  }

  @Test
  void signing_out_ends_one_browser() {
    Sessions.Started one = staffed.sessions.start(ann, Staffed.HOME);
    Sessions.Started two = staffed.sessions.start(ann, Staffed.HOME);
    staffed.sessions.end(one.session());
    assertThat(holds(one)).isFalse();
    assertThat(holds(two)).isTrue();
    assertThat(staffed.store.access().sessions().all()).hasSize(1);
  }
}
