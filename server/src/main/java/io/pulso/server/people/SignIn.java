package io.pulso.server.people;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The way in with a password.
public final class SignIn {
  private final People people;
  private final Sessions sessions;
  private final Passwords passwords;
  private final Audit audit;
  private final Guesses guesses;

  public SignIn(People people, Sessions sessions, Passwords passwords, Audit audit, Clock clock) {
    this.people = people;
    this.sessions = sessions;
    this.passwords = passwords;
    this.audit = audit;
    this.guesses = new Guesses(clock);
  }

  /// What became of a try.
  public sealed interface Answer {}

  /// It was right.
  public record In(Sessions.Started started) implements Answer {}

  /// Address or password are wrong; which one is not said.
  public record Wrong() implements Answer {}

  /// It was not looked at, since there were many before it from that network for that account.
  public record Later(Duration pause) implements Answer {}

  /// Tries a password; throws [Passwords.Busy] where too many others do.
  ///
  /// @param address of the browser
  public Answer with(String email, String password, String address) {
    Duration wait = guesses.begin(email, address);
    if (wait.isPositive()) {
      return new Later(wait);
    }
    Person person = people.byEmail(email);
    if (!matches(email, person, password, address)) {
      if (person != null) {
        note(person, AuditAction.SIGN_IN_REFUSED, address);
      }
      return new Wrong();
    }
    guesses.forget(email, address);
    Person in = Objects.requireNonNull(person);
    note(in, AuditAction.SIGN_IN, address);
    return new In(sessions.start(in, address));
  }

  private boolean matches(String email, @Nullable Person person, String password, String address) {
    try {
      return passwords.matches(password, person == null ? "" : people.password(person.id()));
    } catch (Passwords.Busy e) {
      guesses.undo(email, address);
      throw e;
    }
  }

  /// Gives somebody who is signed in another password, if they know the present one; they go on
  /// with a new session, and are signed out everywhere else. Null where the present one is wrong.
  public Sessions.@Nullable Started change(
      Person person, String present, String next, String address) {
    if (guesses.begin(person.id(), address).isPositive()
        || !passwords.matches(present, people.password(person.id()))) {
      return null;
    }
    guesses.forget(person.id(), address);
    set(person, next, address);
    return sessions.start(person, address);
  }

  /// Gives somebody a password who proved otherwise who they are; they are signed out everywhere.
  void set(Person person, String password, String address) {
    people.password(person.id(), passwords.hash(password, person.email(), person.name()));
    note(person, AuditAction.PASSWORD_SET, address);
  }

  /// Makes the first administrator and signs them in.
  Sessions.Started first(People.Wanted wanted, String password, String address) {
    String hash = passwords.hash(password, wanted.email(), wanted.name());
    Person made = people.add(wanted);
    people.password(made.id(), hash);
    Person first = Objects.requireNonNull(people.find(made.id()));
    audit.add(
        Audit.Actor.of(first, address),
        AuditAction.PERSON_ADDED,
        Map.of("of", first.email(), "after", first.role().word()));
    return start(first, address);
  }

  /// Signs somebody in who proved otherwise who they are.
  Sessions.Started start(Person person, String address) {
    note(person, AuditAction.SIGN_IN, address);
    return sessions.start(person, address);
  }

  private void note(Person person, AuditAction action, String address) {
    audit.add(Audit.Actor.of(person, address), action, Map.of());
  }
}
