package io.pulso.server.people;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import io.pulso.server.access.Secret;
import io.pulso.server.people.PeopleException.Fault;
import java.util.concurrent.Semaphore;

/// Passwords, of which only Argon2id hashes are kept. Hashing takes much memory and time on
/// purpose, so only a few are made at once.
public final class Passwords {
  /// How many hashes are made at once.
  static final int AT_ONCE = 4;

  private static final int SHORTEST = 10;
  private static final int LONGEST = 200;
  private static final int KIBIBYTES = 19_456;
  private static final int PASSES = 2;
  private static final int BYTES = 32;
  private static final int SALT = 16;

  private static final Argon2Function ARGON2 =
      Argon2Function.getInstance(KIBIBYTES, PASSES, 1, BYTES, Argon2.ID);

  /// The hash of a password that nobody has.
  private static final String NOBODYS = made(Secret.random("").value());

  private final Semaphore places = new Semaphore(AT_ONCE);

  /// Too many passwords are being looked at; nothing was looked at.
  public static final class Busy extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Busy() {
      super("too many people sign in at the moment; try again in a few seconds");
    }
  }

  /// The hash of a new password of somebody with that address and name.
  String hash(String password, String email, String name) {
    int length = password.codePointCount(0, password.length());
    if (length < SHORTEST || length > LONGEST) {
      throw new PeopleException(
          Fault.PASSWORD_LENGTH, "a password has %d to %d characters".formatted(SHORTEST, LONGEST));
    }
    if (password.equalsIgnoreCase(email) || password.equalsIgnoreCase(name)) {
      throw new PeopleException(
          Fault.PASSWORD_NAME, "a password is neither the name nor the e-mail address");
    }
    if (password.codePoints().distinct().count() < SHORTEST / 2) {
      throw new PeopleException(
          Fault.PASSWORD_PLAIN, "a password has at least five different characters");
    }
    return alone(() -> made(password));
  }

  /// Whether a password is the one of a hash. It takes as long where there is none.
  ///
  /// @param hash empty where there is none
  boolean matches(String password, String hash) {
    return alone(() -> {
      String against = hash.isEmpty() ? NOBODYS : hash;
      String asked = password.length() > LONGEST * 4 ? "" : password;
      return Password.check(asked, against).with(Argon2Function.getInstanceFromHash(against))
          && !hash.isEmpty();
    });
  }

  private static String made(String password) {
    return Password.hash(password).addRandomSalt(SALT).with(ARGON2).getResult();
  }

  private interface Work<T> {
    T run();
  }

  private <T> T alone(Work<T> work) {
    if (!places.tryAcquire()) {
      throw new Busy();
    }
    try {
      return work.run();
    } finally {
      places.release();
    }
  }
}
