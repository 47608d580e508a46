package io.pulso.server.store;

import io.pulso.server.event.InputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The key under which erased ids are hashed. It lies in a file beside the store that only its
/// owner can read.
public final class ErasureKey {
  public static final String FILE = "erasure.key";
  private static final String HMAC = "HmacSHA256";
  private static final int BYTES = 32;

  private final SecretKeySpec key;

  private ErasureKey(byte[] bytes) {
    key = new SecretKeySpec(bytes, HMAC);
  }

  /// The key in that folder; null when nothing was ever erased there.
  static @Nullable ErasureKey find(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return null;
    }
    try {
      return new ErasureKey(HexFormat.of().parseHex(Files.readString(file).strip()));
    } catch (IOException | IllegalArgumentException e) {
      throw new InputException(
          "cannot read the key of erased ids %s: %s; put the file of a backup there"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /// The key in that folder, where people were erased.
  static ErasureKey needed(Path folder) {
    ErasureKey there = find(folder);
    if (there == null) {
      throw new InputException(
          "%s is missing, without which erased people cannot be told from others: put the file of a backup there"
              .formatted(folder.resolve(FILE)));
    }
    return there;
  }

  /// The key in that folder, made when there is none.
  static ErasureKey make(Path folder) {
    ErasureKey there = find(folder);
    if (there != null) {
      return there;
    }
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    Path file = folder.resolve(FILE);
    Path part = folder.resolve(FILE + ".part");
    try {
      Files.deleteIfExists(part);
      Files.createFile(part, ownersAlone(part));
      Files.writeString(part, HexFormat.of().formatHex(bytes) + "\n");
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new InputException("cannot write " + file + ": " + e, e);
    }
    return new ErasureKey(bytes);
  }

  /// That only the owner of a new file can read and write it, where files have owners.
  static FileAttribute<?>[] ownersAlone(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  String hash(String id) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(id.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
