package io.pulso.server.app;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import io.pulso.server.event.InputException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/// A backup file that is read; everything in it is held against its manifest.
final class BackupReader implements AutoCloseable {
  private static final int MAGIC = 8;
  private static final long LARGEST_MANIFEST = 1 << 24;
  private static final Pattern NAME =
      Pattern.compile(
          "pulso\\.duckdb|pulso\\.yaml|manifest\\.json|data/[a-z]+\\.(key|jsonl)|(models|segments|playbooks|surveys)(/[^/\\\\:\\x00]+)+");

  private final Path file;
  private final ZipInputStream zip;

  private BackupReader(Path file, ZipInputStream zip) {
    this.file = file;
    this.zip = zip;
  }

  /// What a backup says of itself.
  record Manifest(
      String madeAt,
      String store,
      long position,
      Map<String, Long> rows,
      Map<String, String> sha256) {}

  /// Where a file of the backup goes.
  interface Target {
    OutputStream open(String name) throws IOException;
  }

  static BackupReader open(Path file, @Nullable String passphrase) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InputException("there is no file " + file);
    }
    InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    boolean done = false;
    try {
      PushbackInputStream in = new PushbackInputStream(raw, MAGIC);
      boolean sealed = Sealed.begins(in);
      if (!sealed) {
        isWhole(file);
      }
      if (sealed && passphrase == null) {
        throw new InputException(
            "%s is encrypted: give its passphrase with --passphrase-file, or in PULSO_BACKUP_PASSPHRASE"
                .formatted(file));
      }
      InputStream plain = sealed && passphrase != null ? Sealed.in(in, passphrase) : in;
      BackupReader reader = new BackupReader(file, new ZipInputStream(plain));
      done = true;
      return reader;
    } finally {
      if (!done) {
        raw.close();
      }
    }
  }

  /// A zip file ends with the list of its files.
  private static void isWhole(Path file) throws IOException {
    try (ZipFile whole = new ZipFile(file.toFile())) {
      if (whole.getEntry(Backup.MANIFEST) == null) {
        throw new InputException(file + " is no backup of Pulso; nothing was changed");
      }
    } catch (ZipException e) {
      throw new InputException(
          "%s is no backup, or it is damaged or cut short; nothing was changed".formatted(file), e);
    }
  }

  /// Reads everything and keeps nothing.
  Manifest check() throws IOException {
    return read(name -> OutputStream.nullOutputStream());
  }

  /// Hands every file on, and fails unless all are as the manifest says.
  Manifest read(Target target) throws IOException {
    Map<String, String> sums = new HashMap<>();
    Manifest manifest = null;
    try {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName();
        if (!NAME.matcher(name).matches()
            || Path.of(name).normalize().startsWith("..")
            || name.contains("..")) {
          throw damaged("it holds '%s', which no backup has".formatted(name));
        }
        if (name.equals(Backup.MANIFEST)) {
          manifest = manifest(zip.readNBytes((int) LARGEST_MANIFEST));
        } else {
          sums.put(name, sum(target, name));
        }
      }
      // The end of an encrypted file is checked when it is reached.
      zip.transferTo(OutputStream.nullOutputStream());
    } catch (ZipException | java.io.EOFException e) {
      throw damaged(String.valueOf(e.getMessage()));
    }
    if (manifest == null) {
      throw damaged(
          sums.isEmpty() ? "it is no backup of Pulso" : "it is cut short, its manifest is missing");
    }
    if (!manifest.sha256().equals(sums)) {
      throw damaged("its files are not those of its manifest");
    }
    return manifest;
  }

  private String sum(Target target, String name) throws IOException {
    MessageDigest digest = Backup.sha256();
    try (OutputStream out = target.open(name);
        DigestOutputStream summed = new DigestOutputStream(out, digest)) {
      zip.transferTo(summed);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private InputException damaged(String why) {
    return new InputException("%s cannot be used: %s; nothing was changed".formatted(file, why));
  }

  private Manifest manifest(byte[] bytes) {
    try {
      if (JsonText.read(new String(bytes, StandardCharsets.UTF_8)) instanceof Json.Obj all
          && all.fields().get("format") instanceof Json.Num(double format)
          && all.fields().get("made_at") instanceof Json.Str(String madeAt)
          && all.fields().get("store") instanceof Json.Str(String store)
          && all.fields().get("journal_position") instanceof Json.Num(double position)
          && all.fields().get("rows") instanceof Json.Obj rows
          && all.fields().get("files") instanceof Json.Obj files) {
        if (format > Backup.FORMAT) {
          throw new InputException(
              file + " was made by a newer Pulso: use that version or a newer one");
        }
        Map<String, Long> counts = new LinkedHashMap<>();
        rows.fields()
            .forEach((table, count) ->
                counts.put(table, count instanceof Json.Num(double n) ? (long) n : -1));
        Map<String, String> sums = new HashMap<>();
        files
            .fields()
            .forEach((name, part) -> {
              if (part instanceof Json.Obj each
                  && each.fields().get("sha256") instanceof Json.Str(String sum)) {
                sums.put(name, sum);
              }
            });
        return new Manifest(madeAt, store, (long) position, counts, sums);
      }
    } catch (JsonFault e) {
      throw damaged("its manifest is damaged");
    }
    throw damaged("its manifest is damaged");
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
