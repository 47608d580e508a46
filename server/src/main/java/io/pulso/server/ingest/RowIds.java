package io.pulso.server.ingest;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/// Makes the id of a record that brings none: a hash of its text, and of how many equal ones were
/// before it in the file. So reading a renamed or longer file again makes the same ids.
final class RowIds implements Ids {
  private final MessageDigest digest = sha256();
  private final Repeats repeats = new Repeats();
  private final byte[] hash = new byte[32];

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /// A new file begins.
  void reset() {
    repeats.clear();
  }

  @Override
  public String next(Slice text) {
    return next(text, "");
  }

  /// @param more what else tells this record from another with the same text
  String next(Slice text, String more) {
    try {
      digest.update(text.bytes, text.from, text.length());
      if (!more.isEmpty()) {
        digest.update((byte) 0);
        digest.update(more.getBytes(StandardCharsets.UTF_8));
      }
      digest.digest(hash, 0, hash.length);
      long most = word(0);
      int n = repeats.count(most);
      if (n > 1) {
        digest.update(hash);
        digest.update(Integer.toString(n).getBytes(StandardCharsets.US_ASCII));
        digest.digest(hash, 0, hash.length);
        most = word(0);
      }
      return new UUID((most & ~0xF000L) | 0x8000L, (word(8) >>> 2) | Long.MIN_VALUE).toString();
    } catch (DigestException e) {
      throw new IllegalStateException("the digest has 32 bytes", e);
    }
  }

  private long word(int at) {
    long word = 0;
    for (int i = at; i < at + 8; i++) {
      word = word << 8 | (hash[i] & 0xFF);
    }
    return word;
  }
}
