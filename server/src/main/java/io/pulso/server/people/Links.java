package io.pulso.server.people;

import io.pulso.server.access.Micros;
import io.pulso.server.access.Secret;
import io.pulso.server.people.PeopleException.Fault;
import io.pulso.server.store.MemberRows;
import io.pulso.server.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One-time links: they make the first administrator, or let somebody choose a password.
public final class Links {
  /// How long the link of the first administrator, or of one who forgot the password, lives.
  public static final Duration SHORT = Duration.ofMinutes(15);

  /// How long an invitation lives.
  public static final Duration INVITATION = Duration.ofDays(3);

  private static final String FIRST = "";

  private final Store store;
  private final People people;
  private final SignIn signIn;
  private final Audit audit;
  private final Clock clock;
  private final ReentrantLock using = new ReentrantLock();

  public Links(Store store, People people, SignIn signIn, Audit audit, Clock clock) {
    this.store = store;
    this.people = people;
    this.signIn = signIn;
    this.audit = audit;
    this.clock = clock;
  }

  /// A new link.
  ///
  /// @param value is shown once
  public record Made(String value, Instant expiresAt) {}

  /// What a link is for.
  ///
  /// @param person who chooses a password; null for the first administrator
  public record Meaning(@Nullable Person person) {}

  /// A link for the first administrator; older ones no longer hold.
  public Made first() {
    if (people.hasAdministrator()) {
      throw new PeopleException(
          Fault.ADMINISTRATOR_EXISTS,
          "there is an administrator; `pulso person link EMAIL` makes a link for them");
    }
    return make(FIRST, SHORT);
  }

  /// A link with which somebody chooses a password; older ones of theirs no longer hold.
  public Made of(Person person, Duration life, Audit.Actor actor) {
    Made made = make(person.id(), life);
    audit.add(actor, AuditAction.LINK_MADE, Map.of("of", person.email()));
    return made;
  }

  private Made make(String member, Duration life) {
    Secret secret = Secret.random("");
    Instant end = clock.instant().plus(life);
    store.access().members().link(new MemberRows.Link(secret.hash(), member, Micros.of(end)));
    return new Made(secret.value(), end);
  }

  /// What a link is for; null where it does not hold.
  public @Nullable Meaning find(String value) {
    String hash = new Secret(value).hash();
    long now = Micros.of(clock.instant());
    MemberRows.Link link =
        store.access().members().links().stream()
            .filter(one -> one.hash().equals(hash) && one.expiresAt() > now)
            .findFirst()
            .orElse(null);
    if (link == null) {
      return null;
    }
    if (link.member().equals(FIRST)) {
      return people.hasAdministrator() ? null : new Meaning(null);
    }
    Person person = people.find(link.member());
    return person == null ? null : new Meaning(person);
  }

  /// Lets somebody choose a password with a link, which is used up, and signs them in.
  ///
  /// @param address of the browser
  public Sessions.Started choose(String value, String password, String address) {
    return used(
        value,
        meaning -> {
          Person person = meaning.person();
          if (person == null) {
            throw gone();
          }
          signIn.set(person, password, address);
          return signIn.start(person, address);
        });
  }

  /// Makes the first administrator with a link, which is used up, and signs them in.
  ///
  /// @param wanted who that is; the role is that of an administrator
  public Sessions.Started begin(
      String value, People.Wanted wanted, String password, String address) {
    return used(
        value,
        meaning -> {
          if (meaning.person() != null) {
            throw gone();
          }
          return signIn.first(wanted, password, address);
        });
  }

  private interface Use {
    Sessions.Started of(Meaning meaning);
  }

  /// One after the other, so that a link is used once. What fails leaves the link as it is.
  private Sessions.Started used(String value, Use use) {
    using.lock();
    try {
      Meaning meaning = find(value);
      if (meaning == null) {
        throw gone();
      }
      Sessions.Started started = use.of(meaning);
      store.access().members().unlink(new Secret(value).hash());
      return started;
    } finally {
      using.unlock();
    }
  }

  private static PeopleException gone() {
    return new PeopleException(
        Fault.LINK_GONE, "this link does not hold any more; ask for another one");
  }
}
