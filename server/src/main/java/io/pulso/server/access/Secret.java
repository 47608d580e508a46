package io.pulso.server.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/// A value that lets somebody in. Only its SHA-256 is kept.
///
/// @param value what is shown once
public record Secret(String value) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 32;
  private static final int HINT = 4;

  /// A new one of 256 random bits.
  ///
  /// @param prefix tells people what it is
  public static Secret random(String prefix) {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return new Secret(prefix + HexFormat.of().formatHex(bytes));
  }

  /// A short name that says nothing of any value.
  public static String id() {
    byte[] bytes = new byte[6];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  public String hash() {
    try {
      byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(utf8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The end, by which people tell values apart; nothing of a short one.
  public String hint() {
    return value.length() >= 4 * HINT ? value.substring(value.length() - HINT) : "";
  }
}
