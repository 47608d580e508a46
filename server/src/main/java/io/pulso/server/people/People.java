package io.pulso.server.people;

import io.pulso.server.access.Micros;
import io.pulso.server.access.Secret;
import io.pulso.server.event.InputException;
import io.pulso.server.people.PeopleException.Fault;
import io.pulso.server.score.Sight;
import io.pulso.server.store.MemberRows;
import io.pulso.server.store.Store;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The people who may use the pages. They are kept in memory as they are stored.
public final class People {
  /// The languages of the pages.
  public static final Set<String> LANGUAGES = Set.of("en", "es", "it", "zh");

  private static final Pattern EMAIL =
      Pattern.compile("[^\\s@\"'\\\\\\p{Cntrl}]+@[^\\s@\"'\\\\\\p{Cntrl}]+");
  private static final int LONGEST = 200;
  private static final int LONGEST_CONDITION = 2_000;

  private final Store store;
  private final Clock clock;
  private final List<Consumer<String>> ended = new ArrayList<>();
  private volatile Map<String, MemberRows.Row> rows = Map.of();
  private @Nullable Runnable administered;

  public People(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
    read();
  }

  /// What a new person is to be.
  ///
  /// @param accounts a condition over the accounts that they see; empty for all
  /// @param language null for that of their browser
  public record Wanted(
      String email, String name, Role role, String accounts, @Nullable String language) {}

  private void read() {
    Map<String, MemberRows.Row> found = new LinkedHashMap<>();
    store.access().members().all().forEach(row -> found.put(row.id(), row));
    rows = found;
    Runnable began = administered;
    if (began != null && hasAdministrator()) {
      administered = null;
      Thread.startVirtualThread(began);
    }
  }

  /// Is told whose sessions must end: another password or role, or none any more.
  void whenEnded(Consumer<String> ending) {
    ended.add(ending);
  }

  /// Is told once there is an administrator who can sign in, where there was none.
  public synchronized void whenAdministered(Runnable began) {
    administered = began;
  }

  /// Everybody who may sign in, oldest first.
  public List<Person> list() {
    return all().stream().filter(Person::active).toList();
  }

  /// As [#list], and who was removed.
  public List<Person> all() {
    return rows.values().stream().map(People::person).toList();
  }

  /// The person of an id; null when there is none, or they were removed.
  public @Nullable Person find(String id) {
    MemberRows.Row row = rows.get(id);
    return row == null || row.removedAt() != null ? null : person(row);
  }

  /// The person of an address, in whatever case.
  public @Nullable Person byEmail(String email) {
    String wanted = email.strip().toLowerCase(Locale.ROOT);
    return list().stream()
        .filter(one -> one.email().toLowerCase(Locale.ROOT).equals(wanted))
        .findFirst()
        .orElse(null);
  }

  /// Whom an identity provider means.
  public @Nullable Person byIssuer(String issuer, String issued) {
    return rows.values().stream()
        .filter(row -> row.removedAt() == null)
        .filter(row -> row.issuer().equals(issuer) && row.issued().equals(issued))
        .map(People::person)
        .findFirst()
        .orElse(null);
  }

  /// Whether anybody may decide on people; until then nobody is served but this machine.
  public boolean hasAdministrator() {
    return list().stream().anyMatch(one -> one.role() == Role.ADMIN && canSignIn(one));
  }

  private static boolean canSignIn(Person one) {
    return one.hasPassword() || one.isLinked();
  }

  /// The stored hash of somebody's password; empty when they have none.
  String password(String id) {
    MemberRows.Row row = rows.get(id);
    return row == null ? "" : row.password();
  }

  /// Adds somebody, who cannot sign in yet.
  public Person add(Wanted wanted) {
    return add(wanted, "", "");
  }

  /// Adds somebody for whom an identity provider vouches.
  synchronized Person add(Wanted wanted, String issuer, String issued) {
    if (byEmail(wanted.email()) != null) {
      throw new PeopleException(
          Fault.EMAIL_TAKEN, "there is somebody with the address %s".formatted(wanted.email()));
    }
    MemberRows.Row row =
        new MemberRows.Row(
            Secret.id(),
            email(wanted.email()),
            name(wanted.name()),
            wanted.role().word(),
            accounts(wanted.accounts()),
            language(wanted.language()),
            Theme.SYSTEM.word(),
            "",
            issuer,
            issued,
            Micros.of(clock.instant()),
            null);
    store.access().members().add(row);
    read();
    return person(row);
  }

  /// Replaces name, role, accounts, language and theme by those of a changed person. Another role
  /// or other accounts sign them out.
  public synchronized Person change(Person changed) {
    MemberRows.Row old = row(changed.id());
    if (Role.of(old.role()) == Role.ADMIN && changed.role() != Role.ADMIN) {
      keepOne(old.id());
    }
    MemberRows.Row row =
        new MemberRows.Row(
            old.id(),
            old.email(),
            name(changed.name()),
            changed.role().word(),
            accounts(changed.accounts()),
            language(changed.language()),
            changed.theme().word(),
            old.password(),
            old.issuer(),
            old.issued(),
            old.createdAt(),
            null);
    put(row);
    if (!old.role().equals(row.role()) || !old.accounts().equals(row.accounts())) {
      ended.forEach(one -> one.accept(row.id()));
    }
    return person(row);
  }

  /// Gives somebody another password, and signs them out.
  ///
  /// @param hash of it
  synchronized void password(String id, String hash) {
    MemberRows.Row old = row(id);
    put(
        new MemberRows.Row(
            old.id(),
            old.email(),
            old.name(),
            old.role(),
            old.accounts(),
            old.language(),
            old.theme(),
            hash,
            old.issuer(),
            old.issued(),
            old.createdAt(),
            null));
    ended.forEach(one -> one.accept(id));
  }

  /// Lets an identity provider vouch for somebody.
  synchronized void link(String id, String issuer, String issued) {
    MemberRows.Row old = row(id);
    put(
        new MemberRows.Row(
            old.id(),
            old.email(),
            old.name(),
            old.role(),
            old.accounts(),
            old.language(),
            old.theme(),
            old.password(),
            issuer,
            issued,
            old.createdAt(),
            null));
  }

  /// Removes somebody, who is signed out at once.
  public synchronized Person remove(String id) {
    MemberRows.Row old = row(id);
    if (Role.of(old.role()) == Role.ADMIN) {
      keepOne(id);
    }
    store.access().members().remove(id, Micros.of(clock.instant()));
    read();
    ended.forEach(one -> one.accept(id));
    return person(old);
  }

  /// A workspace without an administrator could not be got back from the pages.
  private void keepOne(String id) {
    if (list().stream()
        .noneMatch(one -> one.role() == Role.ADMIN && canSignIn(one) && !one.id().equals(id))) {
      throw new PeopleException(
          Fault.ONLY_ADMINISTRATOR,
          "this is the only administrator who can sign in; make another one first");
    }
  }

  private MemberRows.Row row(String id) {
    MemberRows.Row row = rows.get(id);
    if (row == null || row.removedAt() != null) {
      throw new PeopleException(Fault.NOBODY, "there is nobody with the id '%s'".formatted(id));
    }
    return row;
  }

  private void put(MemberRows.Row row) {
    if (!store.access().members().change(row)) {
      throw new PeopleException(
          Fault.NOBODY, "there is nobody with the id '%s'".formatted(row.id()));
    }
    read();
  }

  private static String email(String text) {
    String email = text.strip();
    if (email.length() > LONGEST || !EMAIL.matcher(email).matches()) {
      throw new PeopleException(Fault.EMAIL_WRONG, "'%s' is no e-mail address".formatted(text));
    }
    return email;
  }

  private static String name(String text) {
    String name = text.strip();
    if (name.isEmpty()
        || name.length() > LONGEST
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new PeopleException(
          Fault.NAME_WRONG, "a name has 1 to %d characters".formatted(LONGEST));
    }
    return name;
  }

  private static String language(@Nullable String word) {
    if (word != null && !LANGUAGES.contains(word)) {
      throw new PeopleException(
          Fault.LANGUAGE_UNKNOWN,
          "'%s' is no language of the pages; there are en, es, it and zh".formatted(word));
    }
    return word == null ? "" : word;
  }

  private static String accounts(String text) {
    String condition = text.strip();
    if (condition.length() > LONGEST_CONDITION) {
      throw new PeopleException(
          Fault.ACCOUNTS_WRONG, "the accounts: at most %d characters".formatted(LONGEST_CONDITION));
    }
    if (!condition.isEmpty()) {
      try {
        var read = Sight.of(condition, "me@example.org", Set.of());
        assert !read.seesAll();
      } catch (InputException e) {
        throw new PeopleException(Fault.ACCOUNTS_WRONG, String.valueOf(e.getMessage()));
      }
    }
    return condition;
  }

  private static Person person(MemberRows.Row row) {
    return new Person(
        row.id(),
        row.email(),
        row.name(),
        Role.of(row.role()),
        row.accounts(),
        row.language().isEmpty() ? null : row.language(),
        Theme.of(row.theme()),
        !row.password().isEmpty(),
        !row.issuer().isEmpty(),
        row.removedAt() == null,
        Micros.instant(row.createdAt()));
  }
}
