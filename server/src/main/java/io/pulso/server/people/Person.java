package io.pulso.server.people;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Somebody who may use the pages.
///
/// @param accounts a condition in CEL over the accounts that they see; empty for all
/// @param language of their pages, such as `en`; null for that of their browser
/// @param hasPassword whether they can sign in with one
/// @param isLinked whether an identity provider vouches for them
/// @param active false for who was removed
public record Person(
    String id,
    String email,
    String name,
    Role role,
    String accounts,
    @Nullable String language,
    Theme theme,
    boolean hasPassword,
    boolean isLinked,
    boolean active,
    Instant createdAt) {
  /// The same person with another role.
  public Person with(Role other) {
    return new Person(
        id,
        email,
        name,
        other,
        accounts,
        language,
        theme,
        hasPassword,
        isLinked,
        active,
        createdAt);
  }

  public Person withName(String other) {
    return new Person(
        id,
        email,
        other,
        role,
        accounts,
        language,
        theme,
        hasPassword,
        isLinked,
        active,
        createdAt);
  }

  /// The same person, who sees other accounts.
  public Person withAccounts(String other) {
    return new Person(
        id, email, name, role, other, language, theme, hasPassword, isLinked, active, createdAt);
  }

  public Person withLanguage(String chosen) {
    return new Person(
        id, email, name, role, accounts, chosen, theme, hasPassword, isLinked, active, createdAt);
  }

  public Person withTheme(Theme chosen) {
    return new Person(
        id,
        email,
        name,
        role,
        accounts,
        language,
        chosen,
        hasPassword,
        isLinked,
        active,
        createdAt);
  }
}
