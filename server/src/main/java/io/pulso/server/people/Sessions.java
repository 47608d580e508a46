package io.pulso.server.people;

import io.pulso.server.access.Micros;
import io.pulso.server.access.Secret;
import io.pulso.server.event.InputException;
import io.pulso.server.store.SessionRows;
import io.pulso.server.store.Store;
import io.pulso.server.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The sessions of people who are signed in. They are kept in memory by the hashes of their values,
/// and in the store so that a restart ends none.
public final class Sessions implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Sessions.class.getName());

  /// How long nobody may use one.
  static final Duration IDLE = Duration.ofHours(12);

  /// How long one lasts.
  static final Duration LONGEST = Duration.ofDays(14);

  /// How exactly the store knows when one was used.
  private static final Duration NOTED = Duration.ofMinutes(10);

  private final Store store;
  private final People people;
  private final Clock clock;
  private final Map<String, Open> open = new ConcurrentHashMap<>();

  /// One that holds.
  private record Open(String member, String address, Instant began, Instant used, Instant noted) {
    Open used(Instant now, boolean stored) {
      return new Open(member, address, began, now, stored ? now : noted);
    }

    boolean holds(Instant now) {
      return now.isBefore(used.plus(IDLE)) && now.isBefore(began.plus(LONGEST));
    }
  }

  /// A new session and the value of its cookie, which is nowhere else.
  public record Started(Session session, String cookieValue) {}

  public Sessions(Store store, People people, Clock clock) {
    this.store = store;
    this.people = people;
    this.clock = clock;
    for (SessionRows.Row row : store.access().sessions().all()) {
      Instant used = Micros.instant(row.usedAt());
      open.put(
          row.hash(),
          new Open(row.member(), row.address(), Micros.instant(row.beganAt()), used, used));
    }
    people.whenEnded(this::endAll);
  }

  /// Signs somebody in: always with a new value.
  ///
  /// @param from the address of their browser
  public Started start(Person person, String from) {
    sweep();
    Secret secret = Secret.random("");
    Instant now = clock.instant();
    String hash = secret.hash();
    Open made = new Open(person.id(), from, now, now, now);
    open.put(hash, made);
    store.access().sessions().add(row(hash, made));
    return new Started(new Session(hash, person, csrf(secret.value()), now), secret.value());
  }

  /// The session of a cookie; null when there is none that holds.
  public @Nullable Session find(String cookieValue) {
    String hash = new Secret(cookieValue).hash();
    Open found = open.get(hash);
    Instant now = clock.instant();
    Person person = found == null || !found.holds(now) ? null : people.find(found.member());
    if (found == null || person == null) {
      return null;
    }
    boolean note = now.isAfter(found.noted().plus(NOTED));
    Open used = open.computeIfPresent(hash, (key, old) -> old.used(now, note));
    if (used == null) {
      return null;
    }
    if (note) {
      note(hash, now);
    }
    return new Session(hash, person, csrf(cookieValue), found.began());
  }

  /// A session holds, whether or not the store can be told that it was used.
  private void note(String hash, Instant at) {
    try {
      store.access().sessions().used(hash, Micros.of(at));
    } catch (StoreException | InputException e) {
      LOG.log(System.Logger.Level.WARNING, "the use of a session could not be noted", e);
    }
  }

  /// Stores when each was used last, so that the next start knows it exactly.
  @Override
  public void close() {
    open.forEach((hash, one) -> {
      if (one.used().isAfter(one.noted())) {
        note(hash, one.used());
      }
    });
  }

  /// As [#find], but it is not used by that.
  public @Nullable Session watch(String cookieValue) {
    String hash = new Secret(cookieValue).hash();
    Open found = open.get(hash);
    Person person =
        found == null || !found.holds(clock.instant()) ? null : people.find(found.member());
    return found == null || person == null
        ? null
        : new Session(hash, person, csrf(cookieValue), found.began());
  }

  /// Signs a browser out.
  public void end(Session session) {
    end(session.hash()::equals, any -> true);
  }

  /// Signs somebody out everywhere.
  public void endAll(String member) {
    end(hash -> true, one -> one.member().equals(member));
  }

  /// How many sessions somebody has.
  public int count(String member) {
    Instant now = clock.instant();
    return (int)
        open.values().stream().filter(o -> o.member().equals(member) && o.holds(now)).count();
  }

  private void sweep() {
    Instant now = clock.instant();
    end(hash -> true, one -> !one.holds(now));
  }

  private void end(Predicate<String> hashes, Predicate<Open> which) {
    List<String> ended =
        open.entrySet().stream()
            .filter(one -> hashes.test(one.getKey()) && which.test(one.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    ended.forEach(open::remove);
    if (!ended.isEmpty()) {
      store.access().sessions().end(ended);
    }
  }

  private static SessionRows.Row row(String hash, Open one) {
    return new SessionRows.Row(
        hash, one.member(), one.address(), Micros.of(one.began()), Micros.of(one.used()));
  }

  /// What forms carry: it follows from the cookie, which no other site can read.
  private static String csrf(String cookieValue) {
    return new Secret("csrf " + cookieValue).hash();
  }
}
