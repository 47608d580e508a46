package io.pulso.server.app;

import io.pulso.server.event.InputException;
import io.pulso.server.journal.Journal;
import io.pulso.server.store.ErasureKey;
import io.pulso.server.store.FileRows;
import io.pulso.server.store.Store;
import io.pulso.server.store.StoreException;
import io.pulso.server.store.StoreHeld;
import io.pulso.server.store.Takeover;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Brings a backup back into a workspace. Everything is unpacked and checked beside it first, so a
/// backup that cannot be used changes nothing.
public final class Restore {
  private static final String ERASURES = "erasures.jsonl";

  private final Path folder;
  private final Path data;
  private final Path staged;
  private final Clock clock;
  private final Consumer<String> notes;

  private Restore(Path folder, Clock clock, Consumer<String> notes) {
    this.folder = folder;
    this.data = folder.resolve("data");
    this.staged = data.resolve("restore.part");
    this.clock = clock;
    this.notes = notes;
  }

  /// What a restore brought back.
  ///
  /// @param erasedAgain how many ids were forgotten again that the backup still had
  /// @param lostBytes of the journal that are newer than the backup and no longer there
  /// @param waitingBytes of the journal that are loaded next
  public record Report(
      String madeAt,
      long events,
      long calls,
      long erasedAgain,
      long lostBytes,
      long waitingBytes) {}

  /// Brings it back.
  ///
  /// @param replace whether the folder may hold a workspace, which is then replaced
  public static Report run(
      Path file,
      @Nullable String passphrase,
      Path folder,
      boolean replace,
      Clock clock,
      Consumer<String> notes) {
    boolean used =
        Files.exists(folder.resolve(Backup.SETTINGS))
            || Files.exists(folder.resolve("data").resolve(Backup.STORE));
    if (used && !replace) {
      throw new InputException(
          "%s holds a workspace: give --replace to put the backup in its place, or another folder"
              .formatted(folder));
    }
    Restore restore = new Restore(folder, clock, notes);
    try {
      try {
        return restore.restore(file, passphrase);
      } finally {
        remove(restore.staged);
      }
    } catch (IOException e) {
      throw new InputException(
          "cannot restore %s into %s: %s".formatted(file, folder, e.getMessage()), e);
    }
  }

  private Report restore(Path file, @Nullable String passphrase) throws IOException {
    remove(staged);
    // Checked before anything is written, even the folder.
    try (BackupReader reader = BackupReader.open(file, passphrase)) {
      reader.check();
    }
    Files.createDirectories(staged);
    BackupReader.Manifest manifest;
    try (BackupReader reader = BackupReader.open(file, passphrase)) {
      manifest = reader.read(this::unpacked);
    }
    Path store = staged.resolve("data").resolve(Backup.STORE);
    Files.createDirectories(store.getParent());
    Files.move(staged.resolve(Backup.STORE), store);
    if (!FileRows.of(store, manifest.rows().keySet()).equals(manifest.rows())) {
      throw new InputException(
          "%s cannot be used: its tables do not have the rows of its manifest; nothing was changed"
              .formatted(file));
    }
    keepErasures(manifest);
    long before;
    long after;
    Report report;
    try (Store restored = Store.openForRebuild(store, ZoneOffset.UTC, Store.Limits.ofMachine())) {
      restored.access().sessions().endAll();
      after = restored.erasures().count();
      before = manifest.rows().getOrDefault("erased", 0L);
      if (restored.upkeep().rewriteDue().isPresent()) {
        restored.upkeep().rewrite();
      }
      report =
          new Report(
              manifest.madeAt(),
              restored.count("event"),
              restored.count("call"),
              after - before,
              0,
              0);
    }
    put(store);
    return journal(report, manifest.position());
  }

  private java.io.OutputStream unpacked(String name) throws IOException {
    Path to = staged.resolve(name);
    Files.createDirectories(to.getParent());
    Files.createFile(
        to,
        name.startsWith("data/") || name.equals(Backup.STORE)
            ? Backup.ownersAlone(to)
            : new java.nio.file.attribute.FileAttribute<?>[0]);
    return Files.newOutputStream(to);
  }

  /// Puts beside the unpacked store what this workspace knows of erased people, so that it forgets
  /// them when it is opened.
  private void keepErasures(BackupReader.Manifest manifest) throws IOException {
    Path old = data.resolve(Backup.STORE);
    if (Files.exists(old)) {
      String id = null;
      try (Store present = Store.openForRebuild(old, ZoneOffset.UTC, Store.Limits.ofMachine())) {
        id = present.id();
      } catch (StoreHeld e) {
        throw e;
      } catch (InputException | StoreException e) {
        notes.accept(
            "the present store cannot be read, only the list of erased people beside it is heeded: "
                + e.getMessage());
      }
      if (id != null && !id.equals(manifest.store())) {
        throw new InputException(
            "this backup is of another workspace: restore it into a folder of its own; nothing was changed");
      }
    }
    Path key = data.resolve(ErasureKey.FILE);
    if (Files.exists(key)) {
      Files.copy(
          key,
          staged.resolve("data").resolve(ErasureKey.FILE),
          StandardCopyOption.REPLACE_EXISTING);
    }
    Path lines = data.resolve(ERASURES);
    if (Files.exists(lines)) {
      Path of = staged.resolve("data").resolve(ERASURES);
      Set<String> all = new LinkedHashSet<>(Files.exists(of) ? Files.readAllLines(of) : List.of());
      all.addAll(Files.readAllLines(lines));
      if (!Files.exists(of)) {
        Files.createFile(of, Backup.ownersAlone(of));
      }
      Files.write(of, all);
    }
  }

  /// Puts everything in its place, the store last.
  private void put(Path store) throws IOException {
    List<String> names = new ArrayList<>(Backup.FOLDERS);
    names.add(Backup.SETTINGS);
    Path aside = folder.resolve("before-restore-" + clock.instant().getEpochSecond());
    for (String name : names) {
      Path from = staged.resolve(name);
      Path to = folder.resolve(name);
      if (Files.exists(from)) {
        if (Files.exists(to)) {
          Files.createDirectories(aside);
          Files.move(to, aside.resolve(name));
        }
        Files.move(from, to);
      }
    }
    if (Files.exists(aside)) {
      notes.accept("the settings and models that were here are in " + aside);
    }
    try (Stream<Path> keys = Files.list(staged.resolve("data"))) {
      for (Path each : keys.filter(file -> file.toString().matches(".*\\.(key|jsonl)")).toList()) {
        Files.move(
            each,
            data.resolve(each.getFileName()),
            StandardCopyOption.REPLACE_EXISTING,
            StandardCopyOption.ATOMIC_MOVE);
      }
    }
    Takeover.put(store, data.resolve(Backup.STORE));
  }

  /// What the journal has that is newer than the backup.
  private Report journal(Report report, long position) {
    Path journal = data.resolve("journal");
    if (!Files.isDirectory(journal)) {
      return report;
    }
    try (Journal open = Journal.open(journal, Journal.Settings.DEFAULT, position)) {
      long first = Math.max(position, open.first());
      return new Report(
          report.madeAt(),
          report.events(),
          report.calls(),
          report.erasedAgain(),
          first - position,
          open.last() - first);
    }
  }

  private static void remove(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }
}
