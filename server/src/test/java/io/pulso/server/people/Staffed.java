package io.pulso.server.people;

import io.pulso.server.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// A store with people, and a clock that can be put forward.
final class Staffed implements AutoCloseable {
  static final String PASSWORD = "correct horse battery";
  static final String HOME = "203.0.113.7";

  final Store store;
  private final Store beside;
  final Ticking clock;
  final People people;
  final Sessions sessions;
  final Passwords passwords = new Passwords();
  final Audit audit;
  final SignIn signIn;
  final Links links;

  Staffed(Path folder) {
    this(folder, new Ticking());
  }

  Staffed(Path folder, Ticking clock) {
    this.clock = clock;
    this.store =
        Store.open(folder.resolve("pulso.duckdb"), ZoneOffset.UTC, new Store.Limits(256L << 20, 2));
    this.people = new People(store, clock);
    this.sessions = new Sessions(store, people, clock);
    this.beside = store.steady();
    this.audit = new Audit(beside, clock);
    this.signIn = new SignIn(people, sessions, passwords, audit, clock);
    this.links = new Links(store, people, signIn, audit, clock);
  }

  /// Somebody who can sign in with [#PASSWORD].
  Person add(String email, Role role) {
    Person added = people.add(new People.Wanted(email, "Somebody", role, "", null));
    people.password(added.id(), passwords.hash(PASSWORD, email, "Somebody"));
    Person found = people.find(added.id());
    if (found == null) {
      throw new IllegalStateException(email);
    }
    return found;
  }

  @Override
  public void close() {
    audit.close();
    beside.close();
    store.close();
  }

  /// A clock that stands still until it is put forward.
  static final class Ticking extends Clock {
    private volatile Instant now = Instant.parse("2026-03-18T09:00:00Z");

    void forward(Duration by) {
      now = now.plus(by);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
