package io.pulso.server.access;

import io.pulso.server.event.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Encrypts secrets that must be stored so that they can be read again: AES-256-GCM with a key that
/// stands in the environment, or in a file of the workspace that only its owner may read.
public final class Vault {
  /// The variable of the environment that holds the key.
  public static final String VARIABLE = "PULSO_SECRET_KEY";

  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int KEY = 32;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final Path file;
  private final @Nullable String given;

  /// @param file where the key stands, or is put when it is first needed
  /// @param given the key where the environment tells it: 64 hexadecimal digits
  public Vault(Path file, @Nullable String given) {
    this.file = file;
    this.given = given;
    if (given != null && !HEX.matcher(given.strip()).matches()) {
      throw new InputException(
          VARIABLE + " must be 64 hexadecimal digits; `openssl rand -hex 32` makes some");
    }
  }

  /// The encrypted value.
  ///
  /// @param name what it is the value of; it can be read under this name alone
  public String seal(String name, byte[] value) {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    byte[] sealed = crypt(Cipher.ENCRYPT_MODE, key(true), nonce, name, value);
    byte[] both = Arrays.copyOf(nonce, NONCE + sealed.length);
    System.arraycopy(sealed, 0, both, NONCE, sealed.length);
    return Base64.getEncoder().encodeToString(both);
  }

  /// The value again.
  public byte[] open(String name, String sealed) {
    byte[] both = Base64.getDecoder().decode(sealed);
    return crypt(
        Cipher.DECRYPT_MODE,
        key(false),
        Arrays.copyOf(both, NONCE),
        name,
        Arrays.copyOfRange(both, NONCE, both.length));
  }

  private byte[] crypt(int mode, byte[] key, byte[] nonce, String name, byte[] text) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new InputException(
          "a stored secret cannot be decrypted: %s is not the key it was stored with"
              .formatted(given == null ? file : VARIABLE),
          e);
    }
  }

  private byte[] key(boolean make) {
    if (given != null) {
      return HexFormat.of().parseHex(given.strip());
    }
    try {
      if (!Files.exists(file)) {
        if (!make) {
          throw new InputException(
              "stored secrets cannot be decrypted: %s is missing; put it back, or set %s"
                  .formatted(file, VARIABLE));
        }
        write();
      }
      String text = Files.readString(file).strip();
      if (!HEX.matcher(text).matches()) {
        throw new InputException(
            file + " must hold 64 hexadecimal digits; put the right file back");
      }
      return HexFormat.of().parseHex(text);
    } catch (IOException e) {
      throw new InputException("cannot read or write " + file + ": " + e, e);
    }
  }

  private void write() throws IOException {
    byte[] key = new byte[KEY];
    RANDOM.nextBytes(key);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, HexFormat.of().formatHex(key) + "\n");
  }
}
