package io.pulso.server.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulso.server.people.PeopleException.Fault;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may use the pages.
class PeopleTest {
  @TempDir private Path folder;

  private static People.Wanted wanted(String email, Role role, String accounts) {
    return new People.Wanted(email, "Ann", role, accounts, "it");
  }

  @Test
  void a_role_may_what_those_before_it_may() {
    assertThat(Role.ADMIN.allows(Role.VIEWER)).isTrue();
    assertThat(Role.ANALYST.allows(Role.ANALYST)).isTrue();
    assertThat(Role.ANALYST.allows(Role.MANAGER)).isFalse();
  }

  @Test
  void people_are_there_again_after_a_restart() {
    Person added;
    try (Staffed staffed = new Staffed(folder)) {
      added = staffed.people.add(wanted("Ann@Example.org", Role.MANAGER, "account.owner == me"));
    }
    try (Staffed staffed = new Staffed(folder)) {
      assertThat(staffed.people.find(added.id())).isEqualTo(added);
      assertThat(staffed.people.byEmail(" ann@example.ORG ")).isEqualTo(added);
      assertThat(added.language()).isEqualTo("it");
      assertThat(added.hasPassword()).isFalse();
    }
  }

  @Test
  void what_is_wrong_is_refused_with_its_reason() {
    try (Staffed staffed = new Staffed(folder)) {
      People people = staffed.people;
      Person ann = people.add(wanted("ann@example.org", Role.VIEWER, ""));
      assertThat(ann.role()).isEqualTo(Role.VIEWER);
      refused(people, wanted("ANN@example.org", Role.VIEWER, ""), Fault.EMAIL_TAKEN);
      refused(people, wanted("ann", Role.VIEWER, ""), Fault.EMAIL_WRONG);
      refused(people, wanted("a\"b@example.org", Role.VIEWER, ""), Fault.EMAIL_WRONG);
      refused(
          people,
          new People.Wanted("bob@example.org", " ", Role.VIEWER, "", null),
          Fault.NAME_WRONG);
      refused(
          people,
          new People.Wanted("bob@example.org", "Bob", Role.VIEWER, "", "xx"),
          Fault.LANGUAGE_UNKNOWN);
      refused(people, wanted("bob@example.org", Role.VIEWER, "owner =="), Fault.ACCOUNTS_WRONG);
      refused(
          people,
          wanted("bob@example.org", Role.VIEWER, "traits.plan == \"pro\""),
          Fault.ACCOUNTS_WRONG);
    }
  }

  private static void refused(People people, People.Wanted wanted, Fault fault) {
    assertThatThrownBy(() -> people.add(wanted))
        .isInstanceOfSatisfying(PeopleException.class, e -> assertThat(e.fault()).isEqualTo(fault));
  }

  @Test
  void the_only_administrator_who_can_sign_in_stays_one() {
    try (Staffed staffed = new Staffed(folder)) {
      Person ann = staffed.add("ann@example.org", Role.ADMIN);
      Person bob = staffed.people.add(wanted("bob@example.org", Role.ADMIN, ""));
      assertThatThrownBy(() -> staffed.people.remove(ann.id()))
          .hasMessageContaining("only administrator");
      assertThatThrownBy(() -> staffed.people.change(ann.with(Role.VIEWER)))
          .hasMessageContaining("only administrator");
      staffed.people.password(bob.id(), "hash");
      assertThat(staffed.people.change(ann.with(Role.VIEWER)).role()).isEqualTo(Role.VIEWER);
    }
  }

  @Test
  void who_was_removed_is_nobody_but_stays_named() {
    try (Staffed staffed = new Staffed(folder)) {
      Person ann = staffed.add("ann@example.org", Role.ADMIN);
      Person bob = staffed.add("bob@example.org", Role.VIEWER);
      staffed.people.remove(bob.id());
      assertThat(staffed.people.find(bob.id())).isNull();
      assertThat(staffed.people.byEmail("bob@example.org")).isNull();
      assertThat(staffed.people.list()).containsExactly(ann);
      assertThat(staffed.people.all())
          .extracting(Person::email)
          .containsExactly("ann@example.org", "bob@example.org");
      assertThat(staffed.people.password(bob.id())).isEmpty();
      assertThat(staffed.people.add(wanted("bob@example.org", Role.VIEWER, "")).id())
          .isNotEqualTo(bob.id());
    }
  }
}
