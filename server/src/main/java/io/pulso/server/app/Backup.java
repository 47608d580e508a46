package io.pulso.server.app;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonText;
import io.pulso.server.api.Answer;
import io.pulso.server.event.InputException;
import io.pulso.server.store.Store;
import io.pulso.server.store.TableCopy;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/// A workspace in one zip file: the store as of one moment, its keys, models and settings, and at
/// the end a manifest with the checksum of each file and the rows of each table.
public final class Backup {
  static final String STORE = "pulso.duckdb";
  static final String MANIFEST = "manifest.json";
  static final int FORMAT = 1;
  private static final String PART = "backup.part-";
  static final String SETTINGS = "pulso.yaml";
  static final List<String> FOLDERS = List.of("models", "segments", "playbooks", "surveys");

  private final Workspace workspace;
  private final Store store;
  private final Clock clock;

  /// @param store which may be in use
  public Backup(Workspace workspace, Store store, Clock clock) {
    this.workspace = workspace;
    this.store = store;
    this.clock = clock;
  }

  /// A file that is part of a backup.
  private record Part(long bytes, String sha256) {}

  /// What a backup needs before its first byte can be written: a copy of the store.
  public final class Ready implements AutoCloseable {
    private final Path copy;
    private final TableCopy.Copied copied;

    private Ready() {
      Path made = store.upkeep().copyFile();
      copied = store.upkeep().copy(made);
      // Another backup, or the store itself, may be written while this one is sent.
      copy = made.resolveSibling(PART + UUID.randomUUID());
      try {
        Files.move(made, copy);
      } catch (IOException e) {
        throw new InputException("cannot move " + made + ": " + e, e);
      }
    }

    /// Writes the zip file; the stream stays open.
    public void write(OutputStream out) throws IOException {
      ZipOutputStream zip = new ZipOutputStream(out);
      zip.setLevel(Deflater.BEST_SPEED);
      Map<String, Part> parts = new LinkedHashMap<>();
      for (Map.Entry<String, Path> file : files(copy).entrySet()) {
        parts.put(file.getKey(), add(zip, file.getKey(), file.getValue()));
      }
      zip.putNextEntry(new ZipEntry(MANIFEST));
      zip.write(
          JsonText.write(manifest(copied, parts))
              .getBytes(java.nio.charset.StandardCharsets.UTF_8));
      zip.closeEntry();
      zip.finish();
      zip.flush();
    }

    @Override
    public void close() {
      try {
        Files.deleteIfExists(copy);
      } catch (IOException e) {
        throw new InputException("cannot remove " + copy + ": " + e, e);
      }
    }
  }

  public Ready ready() {
    return new Ready();
  }

  private Map<String, Path> files(Path copy) throws IOException {
    Map<String, Path> files = new LinkedHashMap<>();
    files.put(STORE, copy);
    Path data = workspace.folder().resolve("data");
    try (DirectoryStream<Path> keys = Files.newDirectoryStream(data, "*.{key,jsonl}")) {
      keys.forEach(file -> files.put("data/" + file.getFileName(), file));
    }
    files.put(SETTINGS, workspace.folder().resolve(SETTINGS));
    for (String folder : FOLDERS) {
      for (Path file : within(workspace.folder().resolve(folder))) {
        files.put(
            workspace
                .folder()
                .relativize(file)
                .toString()
                .replace(file.getFileSystem().getSeparator(), "/"),
            file);
      }
    }
    return files;
  }

  private static List<Path> within(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static Part add(ZipOutputStream zip, String name, Path file) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    MessageDigest digest = sha256();
    DigestOutputStream to = new DigestOutputStream(zip, digest);
    long bytes = Files.copy(file, to);
    zip.closeEntry();
    return new Part(bytes, HexFormat.of().formatHex(digest.digest()));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Json manifest(TableCopy.Copied copied, Map<String, Part> parts) {
    Answer rows = new Answer();
    copied.rows().forEach(rows::put);
    Answer files = new Answer();
    parts.forEach((name, part) ->
        files.put(
            name, new Answer().put("bytes", part.bytes()).put("sha256", part.sha256()).json()));
    return new Answer()
        .put("format", FORMAT)
        .put("made_at", clock.instant().toString())
        .put("store", copied.id())
        .put("journal_position", copied.position())
        .put("rows", rows.json())
        .put("files", files.json())
        .json();
  }

  /// That only the owner of a new file can read and write it, where files have owners.
  public static FileAttribute<?>[] ownersAlone(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /// Writes a file that only its owner can read, whole or not at all.
  ///
  /// @param passphrase null for a plain zip file
  /// @param work writes the zip file
  public static void file(Path file, @Nullable String passphrase, OutFile.Bytes work) {
    new OutFile(file)
        .whole(part -> {
          Files.deleteIfExists(part);
          Files.createFile(part, ownersAlone(part));
          try (OutputStream out = Files.newOutputStream(part);
              OutputStream sealed = passphrase == null ? out : Sealed.out(out, passphrase)) {
            work.write(sealed);
          }
          try (BackupReader check = BackupReader.open(part, passphrase)) {
            check.check();
          }
          try (var channel =
              java.nio.channels.FileChannel.open(part, java.nio.file.StandardOpenOption.WRITE)) {
            channel.force(true);
          }
        });
  }
}
