package io.pulso.server.app;

import io.pulso.engine.time.LocalDays;
import io.pulso.server.access.Vault;
import io.pulso.server.event.InputException;
import io.pulso.server.store.QualityRules;
import io.pulso.server.store.Store;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The folder of one company: `pulso.yaml`, `models/` and, under `data/`, the store.
///
/// @param held its settings, of which some may be changed while it is served
public record Workspace(Path folder, HeldSettings held) {
  private static final String FILE = "pulso.yaml";

  public Workspace(Path folder, Settings settings) {
    this(folder, new HeldSettings(settings));
  }

  /// The settings that hold now.
  public Settings settings() {
    return held.now();
  }

  Path settingsFile() {
    return folder.resolve(FILE);
  }

  /// The workspace in that folder, or the nearest one upwards from the current folder.
  public static Workspace open(@Nullable Path given) {
    Path folder = given != null ? given : nearest().orElseThrow(Workspace::none);
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          "%s is no workspace, it has no %s: make one with `pulso init %s`"
              .formatted(folder, FILE, folder));
    }
    return new Workspace(folder, Settings.read(file.toString(), text(file)));
  }

  /// The workspace in the nearest folder upwards, if there is one.
  public static Optional<Workspace> find() {
    return nearest().map(Workspace::open);
  }

  private static Optional<Path> nearest() {
    Path here = Path.of("").toAbsolutePath();
    for (Path at = here; at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve(FILE))) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  private static InputException none() {
    return new InputException(
        "no %s here or in any folder above: go into a workspace, give --workspace DIR, or make one with `pulso init DIR`"
            .formatted(FILE));
  }

  public Path storeFile() {
    return folder.resolve("data").resolve("pulso.duckdb");
  }

  /// What encrypts the secrets that are stored.
  public Vault vault() {
    return new Vault(folder.resolve("data").resolve("secret.key"), System.getenv(Vault.VARIABLE));
  }

  public LocalDays days() {
    return new LocalDays(settings().zone());
  }

  public Store store() {
    return store(List.of());
  }

  /// The store, which may also read some files.
  public Store store(List<Path> readable) {
    return judging(
        () -> Store.open(storeFile(), settings().zone(), Store.Limits.ofMachine(), readable));
  }

  /// The store, whatever time zone its days were made for: only [Store#rebuild] makes them right.
  public Store storeForRebuild() {
    return judging(
        () -> Store.openForRebuild(storeFile(), settings().zone(), Store.Limits.ofMachine()));
  }

  /// A store that judges new records by the quality rules of this workspace.
  private Store judging(Supplier<Store> opening) {
    QualityRules rules = QualityFile.of(this);
    Store store = opening.get();
    store.quality().use(rules);
    store.now().sessions().setPause(settings().sessionMinutes() * 60_000_000L);
    return store;
  }

  /// The model files, by name.
  public List<Path> modelFiles() {
    return files("models");
  }

  /// The files of metrics, by name.
  public List<Path> metricFiles() {
    return files("metrics");
  }

  /// The files of segments, by name.
  public List<Path> segmentFiles() {
    return files("segments");
  }

  /// The files of funnels, by name.
  public List<Path> funnelFiles() {
    return files("funnels");
  }

  private List<Path> files(String where) {
    Path below = folder.resolve(where);
    if (!Files.isDirectory(below)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(below)) {
      return files.filter(file -> isYaml(file)).sorted().toList();
    } catch (IOException e) {
      throw new InputException("cannot list " + below + ": " + e.getMessage(), e);
    }
  }

  private static boolean isYaml(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".yaml") || name.endsWith(".yml");
  }

  /// The text of a file, which must be UTF-8.
  public static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (MalformedInputException e) {
      throw new InputException(file + " is not UTF-8 text: save it as UTF-8", e);
    } catch (IOException e) {
      throw new InputException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
