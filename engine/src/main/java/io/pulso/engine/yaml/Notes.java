package io.pulso.engine.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What there is to say about one file, faults or warnings, each with its line.
public final class Notes {
  private static final int SHOWN = 100;

  private record Note(int line, String text) {}

  private final String fileName;
  private final Set<Note> notes = new LinkedHashSet<>();

  public Notes(String fileName) {
    this.fileName = fileName;
  }

  public void add(int line, String text) {
    notes.add(new Note(line, text));
  }

  public boolean isEmpty() {
    return notes.isEmpty();
  }

  /// Each as `file:line: what; what to do`, by line; the first hundred.
  public List<String> list() {
    List<String> list = new ArrayList<>();
    notes.stream()
        .sorted(Comparator.comparingInt(Note::line))
        .limit(SHOWN)
        .forEach(note -> list.add(fileName + ":" + note.line() + ": " + note.text()));
    if (notes.size() > SHOWN) {
      list.add(fileName + ": and " + (notes.size() - SHOWN) + " more");
    }
    return list;
  }
}
