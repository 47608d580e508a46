package io.pulso.server.app;

import io.pulso.engine.model.ModelException;
import io.pulso.engine.segment.Segment;
import io.pulso.engine.segment.SegmentReader;
import io.pulso.engine.yaml.Nearest;
import io.pulso.engine.yaml.Words;
import io.pulso.server.api.SegmentShelf;
import io.pulso.server.event.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The segment files of a workspace. Files are found by the segments in them, never by a name from
/// outside.
public final class SegmentFolder implements SegmentShelf {
  private static final String FOLDER = "segments";

  private final Workspace workspace;

  public SegmentFolder(Workspace workspace) {
    this.workspace = workspace;
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static Draft draft(Path file) {
    String name = name(file);
    String text = Workspace.text(file);
    try {
      Segment segment = SegmentReader.read(FOLDER + "/" + name, text).segment();
      return new Draft(name, text, segment, List.of());
    } catch (ModelException e) {
      return new Draft(name, text, null, e.faults());
    }
  }

  @Override
  public List<Draft> all() {
    return workspace.segmentFiles().stream().map(SegmentFolder::draft).toList();
  }

  @Override
  public Map<String, Segment> segments() {
    Map<String, Segment> found = new TreeMap<>();
    for (Draft draft : all()) {
      Segment segment = draft.segment();
      if (segment != null) {
        found.putIfAbsent(segment.name(), segment);
      }
    }
    return found;
  }

  /// The one of a name, or a fault that names the nearest.
  public static Segment find(Map<String, Segment> all, String name) {
    Segment segment = all.get(name);
    if (segment == null) {
      throw new InputException(
          "there is no segment %s%s; `pulso segment list` lists them"
              .formatted(Words.quote(name), Nearest.hint(name, all.keySet())));
    }
    return segment;
  }

  private @Nullable Path file(String segment) {
    Path wrong = null;
    for (Path file : workspace.segmentFiles()) {
      Segment defined = draft(file).segment();
      if (defined != null && defined.name().equals(segment)) {
        return file;
      }
      if (defined == null && name(file).equals(segment + ".yaml")) {
        wrong = file;
      }
    }
    return wrong;
  }

  @Override
  public @Nullable Draft of(String segment) {
    Path file = file(segment);
    return file == null ? null : draft(file);
  }

  @Override
  public synchronized boolean save(String segment, String text, @Nullable String replaces) {
    Path there = file(segment);
    String present = there == null ? "" : draft(there).hash();
    if (replaces != null && !replaces.equals(present)) {
      return false;
    }
    Path file =
        there != null ? there : workspace.folder().resolve(FOLDER).resolve(segment + ".yaml");
    if (there == null && workspace.segmentFiles().contains(file)) {
      throw new InputException(
          "the file %s defines another segment: rename one of them".formatted(name(file)));
    }
    try {
      Files.createDirectories(workspace.folder().resolve(FOLDER));
    } catch (IOException e) {
      throw new InputException("cannot make the folder " + FOLDER + ": " + e.getMessage(), e);
    }
    new OutFile(file).bytes(out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    return true;
  }

  @Override
  public synchronized boolean delete(String segment) {
    Path file = file(segment);
    try {
      return file != null && Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new InputException("cannot delete " + name(file) + ": " + e.getMessage(), e);
    }
  }
}
