package io.pulso.server.app;

import io.pulso.engine.model.Model;
import io.pulso.engine.model.ModelException;
import io.pulso.engine.model.ModelFile;
import io.pulso.engine.yaml.Nearest;
import io.pulso.server.api.CommandRunner;
import io.pulso.server.event.InputException;
import io.pulso.server.score.Histories;
import io.pulso.server.score.InUse;
import io.pulso.server.store.ModelVersions;
import io.pulso.server.store.Store;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Finds the model that a command means, among files and published versions.
public class Models {
  private static final System.Logger LOG = System.getLogger(Models.class.getName());

  private final Workspace workspace;
  private final Store store;
  private final Asker asker;
  private final CommandRunner.@Nullable Caller caller;

  /// Who asks, which decides the words of faults and whether files can be named.
  public enum Asker {
    /// Somebody at the command line of this machine.
    PERSON,
    /// A program from elsewhere: it names no files and hears of no folders.
    PROGRAM
  }

  public Models(Workspace workspace, Store store) {
    this(workspace, store, Asker.PERSON);
  }

  public Models(Workspace workspace, Store store, Asker asker) {
    this.workspace = workspace;
    this.store = store;
    this.asker = asker;
    this.caller = null;
  }

  /// For somebody at another process of this machine, which has read the files that it names.
  public Models(Workspace workspace, Store store, CommandRunner.Caller caller) {
    this.workspace = workspace;
    this.store = store;
    this.asker = Asker.PERSON;
    this.caller = caller;
  }

  private boolean isPerson() {
    return asker == Asker.PERSON;
  }

  /// The name of a file in faults.
  public String label(Path file) {
    if (caller != null) {
      return caller.workspace().resolve(workspace.folder().relativize(file)).toString();
    }
    return isPerson() ? file.toString() : "models/" + file.getFileName();
  }

  private Model model(Path file) {
    return ReadModels.read(label(file), Workspace.text(file)).model();
  }

  /// Reads the text of a model.
  ///
  /// @param label by which faults name it
  public static ModelFile read(String label, String text) {
    return ReadModels.read(label, text);
  }

  /// The model that is meant.
  ///
  /// @param wanted a name or a file; null for the workspace's default
  /// @param version a published version; null for the one in force at the end of the day
  /// @param day since 1970-01-01
  public InUse find(@Nullable String wanted, @Nullable Integer version, int day) {
    Model named = wanted == null ? null : named(wanted);
    if (named != null) {
      if (version != null) {
        throw new InputException(
            "--model-version needs the name of a published model, not the file " + wanted);
      }
      return new InUse(named, InUse.DRAFT);
    }
    String name = wanted != null ? wanted : defaultName();
    List<ModelVersions.Version> versions = store.versions().of(name);
    if (version != null) {
      return versions.stream()
          .filter(v -> v.number() == version)
          .findFirst()
          .map(Models::inUse)
          .orElseThrow(() -> new InputException(noVersion(name, version, versions)));
    }
    long end = workspace.days().start(day + 1) - 1;
    return store
        .versions()
        .inForce(name, end)
        .map(Models::inUse)
        .orElseGet(() -> new InUse(draft(name), InUse.DRAFT));
  }

  /// The model that is meant on each day between two, both included: one period for each version in
  /// force.
  public List<Histories.Period> periods(
      @Nullable String wanted, @Nullable Integer version, int from, int to) {
    List<Histories.Period> periods = new ArrayList<>();
    InUse use = find(wanted, version, from);
    int first = from;
    for (int day : version != null ? List.<Integer>of() : changes(use, from, to)) {
      InUse next = find(wanted, null, day);
      if (!next.version().equals(use.version())) {
        periods.add(new Histories.Period(use, first, day - 1));
        use = next;
        first = day;
      }
    }
    periods.add(new Histories.Period(use, first, to));
    return periods;
  }

  /// The days after the first on which another version of the model may be in force.
  private List<Integer> changes(InUse use, int from, int to) {
    if (use.version().equals(InUse.DRAFT)) {
      return List.of();
    }
    return store.versions().of(use.model().name()).stream()
        .map(each -> workspace.days().day(each.publishedAt()))
        .filter(day -> from < day && day <= to)
        .distinct()
        .sorted()
        .toList();
  }

  /// A published version.
  ///
  /// @param number null for the newest
  public Optional<InUse> published(String name, @Nullable Integer number) {
    List<ModelVersions.Version> versions = store.versions().of(name);
    return (number == null
            ? versions.stream().reduce((a, b) -> b)
            : versions.stream().filter(each -> each.number() == number).findFirst())
        .map(Models::inUse);
  }

  /// Every published version of every model, and every file that is not the newest version.
  public List<InUse> everything() {
    List<InUse> found = new ArrayList<>();
    Set<String> hashes = new HashSet<>();
    for (ModelVersions.Version newest : store.versions().newest()) {
      for (ModelVersions.Version each : store.versions().of(newest.model())) {
        found.add(inUse(each));
        hashes.add(each.hash());
      }
    }
    (isPerson() ? drafts() : rightDrafts())
        .values().stream()
            .filter(draft -> !hashes.contains(draft.hash()))
            .forEach(draft -> found.add(new InUse(draft, InUse.DRAFT)));
    return found;
  }

  private String noVersion(String name, int version, List<ModelVersions.Version> versions) {
    return versions.isEmpty()
        ? "the model '%s' has not been published; leave %s out to use its file"
            .formatted(name, isPerson() ? "--model-version" : "'version'")
        : "the model '%s' has no version %d; it has 1 to %d"
            .formatted(name, version, versions.size());
  }

  private static InUse inUse(ModelVersions.Version version) {
    String label = "%s (version %d)".formatted(version.model(), version.number());
    return new InUse(
        ReadModels.read(label, version.text()).model(), String.valueOf(version.number()));
  }

  /// The model in a file that was named; null where a word is no file.
  private @Nullable Model named(String wanted) {
    CommandRunner.Caller from = caller;
    if (from != null && isFile(wanted)) {
      String text = from.files().get(wanted);
      if (text == null) {
        throw new InputException(
            from.faults().getOrDefault(wanted, "there is no model file " + wanted));
      }
      return ReadModels.read(wanted, text).model();
    }
    Path file = !isPerson() || from != null ? null : file(wanted);
    return file == null ? null : read(file.toString(), Workspace.text(file)).model();
  }

  /// Whether a word names a file and no model.
  public static boolean isFile(String wanted) {
    return wanted.endsWith(".yaml") || wanted.endsWith(".yml") || wanted.contains("/");
  }

  private static @Nullable Path file(String wanted) {
    try {
      Path path = Path.of(wanted);
      boolean looksLikeFile = isFile(wanted);
      if (looksLikeFile && !Files.isRegularFile(path)) {
        throw new InputException("there is no model file " + wanted);
      }
      return looksLikeFile ? path : null;
    } catch (InvalidPathException e) {
      throw new InputException("'" + wanted + "' is neither the name of a model nor a file", e);
    }
  }

  /// The model that is meant for a kind of subject where none is named: the default one, else the
  /// only one of that kind; null where there is none.
  public @Nullable InUse usual(Model.Subject kind, int day) {
    Map<String, Model> found = ofKind(kind);
    String usual = workspace.settings().defaultModel();
    if (found.isEmpty()) {
      return null;
    }
    if (found.size() > 1 && (usual == null || !found.containsKey(usual))) {
      throw new InputException(several(found.keySet()));
    }
    return find(found.size() == 1 ? found.keySet().iterator().next() : usual, null, day);
  }

  /// As [#usual], but where there are several the one with the highest priority, which makes the
  /// primary score.
  public @Nullable InUse primary(Model.Subject kind, int day) {
    Map<String, Model> found = ofKind(kind);
    String usual = workspace.settings().defaultModel();
    return found.values().stream()
        .max(
            Comparator.comparing((Model model) -> model.name().equals(usual))
                .thenComparingInt(Model::priority)
                .thenComparing(Model::name, Comparator.reverseOrder()))
        .map(model -> find(model.name(), null, day))
        .orElse(null);
  }

  /// The newest state of each model of a kind of subject, by name.
  private Map<String, Model> ofKind(Model.Subject kind) {
    Map<String, Model> found = rightDrafts();
    store.versions().newest().forEach(each -> found.put(each.model(), inUse(each).model()));
    found.values().removeIf(model -> model.subject() != kind);
    return found;
  }

  /// The models of those files that are right, by name.
  private Map<String, Model> rightDrafts() {
    Map<String, Model> found = new TreeMap<>();
    for (Path file : workspace.modelFiles()) {
      try {
        Model model = model(file);
        found.putIfAbsent(model.name(), model);
      } catch (ModelException e) {
        LOG.log(System.Logger.Level.DEBUG, "a model file is wrong", e);
      }
    }
    return found;
  }

  private String several(Set<String> names) {
    return "the workspace has several models (%s): give %s, or name one as default_model in pulso.yaml"
        .formatted(String.join(", ", names), isPerson() ? "--model NAME" : "'model'");
  }

  private String defaultName() {
    if (workspace.settings().defaultModel() != null) {
      return workspace.settings().defaultModel();
    }
    TreeSet<String> names = new TreeSet<>((isPerson() ? drafts() : rightDrafts()).keySet());
    store.versions().newest().forEach(version -> names.add(version.model()));
    if (names.size() == 1) {
      return names.getFirst();
    }
    throw new InputException(
        names.isEmpty()
            ? "the workspace has no model: write one into models/"
                + (isPerson() ? ", or give --model FILE" : "")
            : several(names));
  }

  private Model draft(String name) {
    Model right = isPerson() ? null : rightDrafts().get(name);
    Map<String, Model> drafts = right == null ? drafts() : Map.of(name, right);
    Model found = drafts.get(name);
    if (found == null) {
      throw new InputException(
          "there is no model '%s'%s".formatted(name, Nearest.hint(name, drafts.keySet())));
    }
    return found;
  }

  /// The models of the workspace's files, by name.
  public Map<String, Model> drafts() {
    Map<String, Model> found = new LinkedHashMap<>();
    Map<String, Path> from = new LinkedHashMap<>();
    for (Path file : workspace.modelFiles()) {
      Model model = model(file);
      Path first = from.putIfAbsent(model.name(), file);
      if (first != null) {
        throw new InputException(
            "%s and %s both define the model '%s': rename one of them"
                .formatted(label(first), label(file), model.name()));
      }
      found.put(model.name(), model);
    }
    return found;
  }

  /// As [#all], without the files that are wrong, which are told to `warnings`: a model in the
  /// making must not stop an import.
  public List<Model> usable(Consumer<String> warnings) {
    List<Model> models = new ArrayList<>();
    for (Path file : workspace.modelFiles()) {
      try {
        models.add(model(file));
      } catch (ModelException e) {
        warnings.accept(e.faults().getFirst() + "; going on without this model");
      }
    }
    store.versions().newest().forEach(version -> models.add(inUse(version).model()));
    return models;
  }

  /// All models whose roll-ups are kept up to date: the files' and the newest published ones.
  public List<Model> all() {
    List<Model> models = new ArrayList<>(drafts().values());
    store.versions().newest().forEach(version -> models.add(inUse(version).model()));
    return models;
  }
}
