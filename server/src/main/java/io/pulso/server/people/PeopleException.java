package io.pulso.server.people;

import io.pulso.server.event.InputException;
import java.util.Locale;

/// Something about people, passwords or links that is refused, with a word by which pages tell it
/// in the language of their reader.
public final class PeopleException extends InputException {
  private static final long serialVersionUID = 1L;

  private final Fault fault;

  /// Why it is refused.
  public enum Fault {
    EMAIL_TAKEN,
    EMAIL_WRONG,
    NAME_WRONG,
    LANGUAGE_UNKNOWN,
    ACCOUNTS_WRONG,
    ONLY_ADMINISTRATOR,
    NOBODY,
    PASSWORD_LENGTH,
    PASSWORD_NAME,
    PASSWORD_PLAIN,
    ADMINISTRATOR_EXISTS,
    PROVIDER_TAKEN,
    PROVIDER_REFUSED,
    LINK_GONE;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  PeopleException(Fault fault, String message) {
    super(message);
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }
}
