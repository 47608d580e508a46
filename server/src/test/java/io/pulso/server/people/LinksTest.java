package io.pulso.server.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulso.server.people.PeopleException.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One-time links.
class LinksTest {
  private static final People.Wanted ANN =
      new People.Wanted("ann@example.org", "Ann", Role.ADMIN, "", "en");

  @TempDir private Path folder;
  private Staffed staffed;

  @BeforeEach
  void start() {
    staffed = new Staffed(folder);
  }

  @AfterEach
  void stop() {
    staffed.close();
  }

  @Test
  void the_first_link_makes_one_administrator() {
    String link = staffed.links.first().value();
    assertThat(staffed.links.find(link)).isEqualTo(new Links.Meaning(null));
    assertThat(staffed.links.find(link + "0")).isNull();
    assertThatThrownBy(() -> staffed.links.begin(link, ANN, "short", Staffed.HOME))
        .as("what fails leaves the link")
        .isInstanceOf(PeopleException.class);
    assertThat(staffed.people.all()).isEmpty();
    Sessions.Started in = staffed.links.begin(link, ANN, Staffed.PASSWORD, Staffed.HOME);
    assertThat(in.session().person().role()).isEqualTo(Role.ADMIN);
    assertThat(staffed.people.hasAdministrator()).isTrue();
    assertThat(staffed.links.find(link)).isNull();
    assertThatThrownBy(() -> staffed.links.begin(link, ANN, Staffed.PASSWORD, Staffed.HOME))
        .isInstanceOfSatisfying(
            PeopleException.class, e -> assertThat(e.fault()).isEqualTo(Fault.LINK_GONE));
    assertThatThrownBy(() -> staffed.links.first())
        .isInstanceOfSatisfying(
            PeopleException.class,
            e -> assertThat(e.fault()).isEqualTo(Fault.ADMINISTRATOR_EXISTS));
  }

  @Test
  void it_lives_for_fifteen_minutes_and_a_new_one_takes_its_place() {
    String old = staffed.links.first().value();
    String link = staffed.links.first().value();
    assertThat(staffed.links.find(old)).isNull();
    staffed.clock.forward(Duration.ofMinutes(15).minusMillis(1));
    assertThat(staffed.links.find(link)).isNotNull();
    staffed.clock.forward(Duration.ofMillis(1));
    assertThat(staffed.links.find(link)).isNull();
    assertThatThrownBy(() -> staffed.links.begin(link, ANN, Staffed.PASSWORD, Staffed.HOME))
        .isInstanceOf(PeopleException.class);
  }

  @Test
  void only_its_hash_is_stored() {
    String link = staffed.links.first().value();
    assertThat(staffed.store.access().members().links().toString()).doesNotContain(link);
  }

  @Test
  void of_many_who_use_it_at_once_one_becomes_the_administrator() throws Exception {
    String link = staffed.links.first().value();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        People.Wanted wanted =
            new People.Wanted("user" + i + "@example.org", "Ann", Role.ADMIN, "", "en");
        all.add(
            threads.submit(() -> {
              try {
                return staffed.links.begin(link, wanted, Staffed.PASSWORD, Staffed.HOME) != null;
              } catch (PeopleException e) {
                return false;
              }
            }));
      }
      int in = 0;
      for (Future<Boolean> one : all) {
        in += one.get() ? 1 : 0;
      }
      assertThat(in).isEqualTo(1);
    }
    assertThat(staffed.people.all()).hasSize(1);
  }

  @Test
  void an_invitation_lets_its_person_choose_a_password_and_nothing_more() {
    staffed.add("root@example.org", Role.ADMIN);
    Person bob =
        staffed.people.add(new People.Wanted("bob@example.org", "Bob", Role.VIEWER, "", null));
    String link = staffed.links.of(bob, Links.INVITATION, Audit.Actor.machine()).value();
    assertThatThrownBy(() -> staffed.links.begin(link, ANN, Staffed.PASSWORD, Staffed.HOME))
        .isInstanceOf(PeopleException.class);
    assertThat(Objects.requireNonNull(staffed.links.find(link)).person()).isEqualTo(bob);
    Sessions.Started in = staffed.links.choose(link, Staffed.PASSWORD, Staffed.HOME);
    assertThat(in.session().person().id()).isEqualTo(bob.id());
    assertThat(in.session().person().role()).isEqualTo(Role.VIEWER);
    assertThat(staffed.links.find(link)).isNull();
    assertThat(staffed.signIn.with("bob@example.org", Staffed.PASSWORD, Staffed.HOME))
        .isInstanceOf(SignIn.In.class);
  }

  @Test
  void who_was_removed_has_no_link_any_more() {
    staffed.add("root@example.org", Role.ADMIN);
    Person bob = staffed.add("bob@example.org", Role.VIEWER);
    String link = staffed.links.of(bob, Links.SHORT, Audit.Actor.machine()).value();
    staffed.people.remove(bob.id());
    assertThat(staffed.links.find(link)).isNull();
  }
}
