package io.pulso.server.page.model;

import io.pulso.engine.model.Model;
import io.pulso.engine.model.ModelException;
import io.pulso.engine.model.ModelFile;
import io.pulso.engine.model.ModelNames;
import io.pulso.engine.model.ModelReader;
import io.pulso.server.api.Api;
import io.pulso.server.api.ModelShelf;
import io.pulso.server.store.ModelVersions;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The models of a workspace, each with its versions and its draft, and the files that are wrong.
final class KnownModels {
  private static final String FILE = "model.yaml";

  private final Map<String, Known> byName = new TreeMap<>();
  private final List<Faulty> faulty = new ArrayList<>();

  /// A model.
  ///
  /// @param versions oldest first
  /// @param draft its file; null where there is none
  /// @param model the version in force, else the draft
  /// @param warnings of the draft, else of the version in force
  record Known(
      List<ModelVersions.Version> versions,
      ModelVersions.@Nullable Version inForce,
      ModelShelf.@Nullable Draft draft,
      Model model,
      List<String> warnings) {
    /// Whether the draft is not what was published last.
    boolean isChanged() {
      return draft != null
          && (versions.isEmpty() || !versions.getLast().hash().equals(draft.hash()));
    }

    /// What is edited: the draft, else what was published last.
    String text() {
      return draft != null ? draft.text() : versions.getLast().text();
    }
  }

  /// A file that is no model.
  record Faulty(String file, List<String> faults) {}

  private KnownModels() {}

  static KnownModels read(Api.Parts parts, Store store, View view) {
    KnownModels all = new KnownModels();
    Map<String, ModelShelf.Draft> drafts = new TreeMap<>();
    for (ModelShelf.Draft draft : parts.shelf().all()) {
      try {
        drafts.putIfAbsent(ModelReader.read(draft.name(), draft.text()).model().name(), draft);
      } catch (ModelException e) {
        all.faulty.add(new Faulty(draft.name(), e.faults()));
      }
    }
    long now = parts.clock().millis() * 1000;
    ModelVersions versions = store.versions();
    versions
        .newest()
        .forEach(
            newest -> all.put(newest.model(), versions, drafts.get(newest.model()), now, view));
    drafts.forEach((name, draft) -> {
      if (!all.byName.containsKey(name)) {
        all.put(name, versions, draft, now, view);
      }
    });
    return all;
  }

  private void put(
      String name, ModelVersions versions, ModelShelf.@Nullable Draft draft, long now, View view) {
    List<ModelVersions.Version> own = versions.of(name);
    ModelVersions.Version inForce = versions.inForce(name, now).orElse(null);
    String scoring = inForce != null ? inForce.text() : draft == null ? "" : draft.text();
    ModelFile newest = ModelReader.read(FILE, draft != null ? draft.text() : scoring);
    byName.put(
        name,
        new Known(
            own, inForce, draft, ModelReader.read(FILE, scoring).model(), warnings(newest, view)));
  }

  /// What its author should look at, each as `file:line: what`.
  static List<String> warnings(ModelFile file, View view) {
    List<String> warnings = new ArrayList<>(file.warnings());
    List<String> events = view.eventNames();
    List<String> pages = view.pageNames();
    if (!events.isEmpty() || !pages.isEmpty()) {
      warnings.addAll(ModelNames.unknown(FILE, file.model(), events, pages));
    }
    return warnings;
  }

  Map<String, Known> byName() {
    return byName;
  }

  List<Faulty> faulty() {
    return faulty;
  }
}
