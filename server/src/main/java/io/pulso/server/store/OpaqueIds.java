package io.pulso.server.store;

import io.pulso.engine.model.Model;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Numbers of customers and accounts as texts for addresses, which tell nothing to whoever reads
/// them: one encrypted block each. They stay the same as long as the store does, also in its
/// copies.
public final class OpaqueIds {
  private static final String SETTING = "page_key";
  private static final int BLOCK = 16;

  private final SecretKeySpec key;

  private OpaqueIds(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  /// Those of a store, whose key is made when there is none.
  static OpaqueIds of(Db db) {
    List<String> found = stored(db);
    return new OpaqueIds(
        HexFormat.of().parseHex(found.isEmpty() ? db.locked(() -> made(db)) : found.getFirst()));
  }

  private static List<String> stored(Db db) {
    return db.list("SELECT value FROM setting WHERE name = ?", row -> row.getString(1), SETTING);
  }

  private static String made(Db db) {
    List<String> found = stored(db);
    if (!found.isEmpty()) {
      return found.getFirst();
    }
    byte[] bytes = new byte[BLOCK];
    new SecureRandom().nextBytes(bytes);
    String hex = HexFormat.of().formatHex(bytes);
    db.run("INSERT INTO setting VALUES (?, ?)", SETTING, hex);
    return hex;
  }

  private static int word(Model.Subject kind) {
    return switch (kind) {
      case CUSTOMER -> 0;
      case ACCOUNT -> 1;
    };
  }

  /// The text for a number.
  public String of(Model.Subject kind, int number) {
    byte[] block = ByteBuffer.allocate(BLOCK).putInt(number).putInt(word(kind)).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(run(Cipher.ENCRYPT_MODE, block));
  }

  /// The number that a text stands for; empty where it stands for none of that kind.
  public OptionalInt number(Model.Subject kind, String text) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return OptionalInt.empty();
    }
    if (bytes.length != BLOCK) {
      return OptionalInt.empty();
    }
    int number = ByteBuffer.wrap(run(Cipher.DECRYPT_MODE, bytes)).getInt();
    return number >= 0 && of(kind, number).equals(text)
        ? OptionalInt.of(number)
        : OptionalInt.empty();
  }

  private byte[] run(int mode, byte[] block) {
    try {
      // A single block: the mode of operation plays no part.
      Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
      cipher.init(mode, key, new IvParameterSpec(new byte[BLOCK]));
      return cipher.doFinal(block);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES", e);
    }
  }
}
