package io.pulso.server.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulso.server.people.PeopleException.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The way in with a password, for its owner and for those who guess.
class SignInTest {
  private static final String EMAIL = "ann@example.org";
  private static final String ELSEWHERE = "198.51.100.9";

  @TempDir private Path folder;
  private Staffed staffed;

  @BeforeEach
  void start() {
    staffed = new Staffed(folder);
    staffed.add(EMAIL, Role.ADMIN);
  }

  @AfterEach
  void stop() {
    staffed.close();
  }

  private SignIn.Answer with(String email, String password, String address) {
    return staffed.signIn.with(email, password, address);
  }

  @Test
  void the_right_password_lets_in_and_only_it() {
    assertThat(with(EMAIL, Staffed.PASSWORD, Staffed.HOME)).isInstanceOf(SignIn.In.class);
    assertThat(with("ANN@example.org", Staffed.PASSWORD, Staffed.HOME))
        .isInstanceOf(SignIn.In.class);
    for (String wrong :
        List.of(
            "",
            "wrong",
            Staffed.PASSWORD + " ",
            Staffed.PASSWORD.toUpperCase(java.util.Locale.ROOT))) {
      assertThat(with(EMAIL, wrong, ELSEWHERE)).isInstanceOf(SignIn.Wrong.class);
    }
    assertThat(with("nobody@example.org", Staffed.PASSWORD, Staffed.HOME))
        .isInstanceOf(SignIn.Wrong.class);
  }

  @Test
  void passwords_are_kept_as_argon2id_with_a_salt_each() {
    Person bob = staffed.add("bob@example.org", Role.VIEWER);
    List<String> kept =
        staffed.store.access().members().all().stream().map(row -> row.password()).toList();
    assertThat(kept).allMatch(one -> one.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
    assertThat(kept).doesNotHaveDuplicates();
    assertThat(staffed.passwords.matches(Staffed.PASSWORD, staffed.people.password(bob.id())))
        .isTrue();
  }

  @Test
  void who_guesses_waits_longer_and_longer_and_the_owner_elsewhere_never() {
    for (int i = 0; i < 5; i++) {
      assertThat(with(EMAIL, "guess " + i, ELSEWHERE)).isInstanceOf(SignIn.Wrong.class);
    }
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 14; i++) {
      assertThat(with(EMAIL, Staffed.PASSWORD, ELSEWHERE))
          .isInstanceOfSatisfying(
              SignIn.Later.class, later -> pauses.add(later.pause().toSeconds()));
      staffed.clock.forward(Duration.ofSeconds(pauses.getLast()));
      assertThat(with(EMAIL, "guess", "198.51.100.77"))
          .as("the same network")
          .isInstanceOf(SignIn.Wrong.class);
    }
    assertThat(pauses).startsWith(1L, 2L, 4L, 8L, 16L).endsWith(900L).isSorted();
    assertThat(with(EMAIL, Staffed.PASSWORD, Staffed.HOME)).isInstanceOf(SignIn.In.class);
    staffed.clock.forward(Duration.ofMinutes(15));
    assertThat(with(EMAIL, Staffed.PASSWORD, ELSEWHERE)).isInstanceOf(SignIn.In.class);
    assertThat(with(EMAIL, "guess", ELSEWHERE)).isInstanceOf(SignIn.Wrong.class);
  }

  @Test
  void an_unknown_address_costs_as_much_as_a_known_one_and_waits_alike() {
    staffed.people.add(new People.Wanted("new@example.org", "New", Role.VIEWER, "", null));
    time("warm@example.org");
    double known = time(EMAIL);
    for (String email : List.of("nobody@example.org", "new@example.org")) {
      assertThat(time(email) / known).as(email).isBetween(0.4, 2.5);
    }
    for (int i = 0; i < 2; i++) {
      assertThat(with("nobody@example.org", "x", ELSEWHERE)).isInstanceOf(SignIn.Wrong.class);
    }
    assertThat(with("nobody@example.org", "x", ELSEWHERE)).isInstanceOf(SignIn.Later.class);
  }

  /// The median time of three tries.
  private double time(String email) {
    long[] took = new long[3];
    for (int i = 0; i < took.length; i++) {
      long began = System.nanoTime();
      assertThat(with(email, "wrong", ELSEWHERE)).isInstanceOf(SignIn.Wrong.class);
      took[i] = System.nanoTime() - began;
    }
    Arrays.sort(took);
    return took[1];
  }

  @Test
  void at_most_four_passwords_are_looked_at_at_once() throws Exception {
    int tries = 24;
    CountDownLatch ready = new CountDownLatch(tries);
    try (ExecutorService threads = Executors.newFixedThreadPool(tries)) {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < tries; i++) {
        String email = "user" + i + "@example.org";
        all.add(
            threads.submit(() -> {
              ready.countDown();
              ready.await();
              try {
                return with(email, "wrong", Staffed.HOME) instanceof SignIn.Wrong;
              } catch (Passwords.Busy e) {
                return false;
              }
            }));
      }
      int looked = 0;
      for (Future<Boolean> one : all) {
        looked += one.get() ? 1 : 0;
      }
      assertThat(looked).isBetween(1, tries - 1);
    }
    assertThat(with(EMAIL, Staffed.PASSWORD, Staffed.HOME))
        .as("places are given back")
        .isInstanceOf(SignIn.In.class);
  }

  @Test
  void poor_passwords_are_refused() {
    for (String poor : List.of("short", "x".repeat(201))) {
      assertThatThrownBy(() -> staffed.passwords.hash(poor, EMAIL, "Ann"))
          .isInstanceOfSatisfying(
              PeopleException.class, e -> assertThat(e.fault()).isEqualTo(Fault.PASSWORD_LENGTH));
    }
    assertThatThrownBy(() -> staffed.passwords.hash("ANN@example.org", EMAIL, "Ann"))
        .isInstanceOfSatisfying(
            PeopleException.class, e -> assertThat(e.fault()).isEqualTo(Fault.PASSWORD_NAME));
    assertThatThrownBy(() -> staffed.passwords.hash("aaaaabbbbb", EMAIL, "Ann"))
        .isInstanceOfSatisfying(
            PeopleException.class, e -> assertThat(e.fault()).isEqualTo(Fault.PASSWORD_PLAIN));
    assertThat(staffed.passwords.hash("我的密码是一匹马和电池", EMAIL, "Ann")).startsWith("$argon2id");
  }

  @Test
  void a_changed_password_ends_other_browsers_and_goes_on_in_this_one() {
    Person ann = staffed.people.list().getFirst();
    Sessions.Started other = staffed.sessions.start(ann, ELSEWHERE);
    assertThat(staffed.signIn.change(ann, "wrong", "another good one", Staffed.HOME)).isNull();
    assertThat(staffed.sessions.find(other.cookieValue())).isNotNull();
    Sessions.Started mine =
        Objects.requireNonNull(
            staffed.signIn.change(ann, Staffed.PASSWORD, "another good one", Staffed.HOME));
    assertThat(staffed.sessions.find(mine.cookieValue())).isNotNull();
    assertThat(staffed.sessions.find(other.cookieValue())).isNull();
    assertThat(with(EMAIL, Staffed.PASSWORD, Staffed.HOME)).isInstanceOf(SignIn.Wrong.class);
    assertThat(with(EMAIL, "another good one", Staffed.HOME)).isInstanceOf(SignIn.In.class);
  }
}
