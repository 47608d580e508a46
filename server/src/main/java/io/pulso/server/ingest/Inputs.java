package io.pulso.server.ingest;

import io.pulso.server.event.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// Turns what was written on the command line into files: a file, a folder with all that is below
/// it, a glob, or `-`. Always in the order of the names.
final class Inputs {
  private static final int DEEPEST = 64;

  /// What is not looked at inside folders: notes beside the data.
  private static final Set<String> NOTES =
      Set.of("md", "rst", "pdf", "html", "png", "jpg", "yaml", "yml");

  private Inputs() {}

  static List<Input> find(List<String> words) {
    if (words.isEmpty()) {
      throw new InputException("no file is named; name a file, a folder, a glob or -");
    }
    Set<Path> seen = new LinkedHashSet<>();
    List<Input> found = new ArrayList<>();
    for (String word : words) {
      if (word.equals("-")) {
        found.add(Input.STANDARD);
        continue;
      }
      for (Path path : paths(word)) {
        if (seen.add(path.toAbsolutePath().normalize())) {
          found.add(Input.of(path.toString(), path));
        }
      }
    }
    return found;
  }

  private static List<Path> paths(String word) {
    Path path = path(word);
    if (Files.isDirectory(path)) {
      return inside(path, word);
    }
    if (Files.exists(path)) {
      return List.of(path);
    }
    if (word.contains("*") || word.contains("?") || word.contains("[") || word.contains("{")) {
      return matching(word);
    }
    throw new InputException(word + ": no such file or folder");
  }

  private static Path path(String word) {
    try {
      return Path.of(word);
    } catch (InvalidPathException e) {
      throw new InputException(word.replace('\0', '?') + ": no such file or folder", e);
    }
  }

  private static List<Path> inside(Path folder, String word) {
    List<Path> files =
        walk(folder).stream().filter(file -> isData(folder.relativize(file))).sorted().toList();
    if (files.isEmpty()) {
      throw new InputException(word + ": the folder holds no file that can be imported");
    }
    return files;
  }

  private static List<Path> walk(Path folder) {
    try (Stream<Path> all = Files.walk(folder, DEEPEST, FileVisitOption.FOLLOW_LINKS)) {
      return all.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw Input.unreadable(folder.toString(), e);
    } catch (UncheckedIOException e) {
      throw new InputException(folder + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static boolean isData(Path file) {
    for (Path part : file) {
      if (part.toString().startsWith(".") || part.toString().startsWith("_")) {
        return false;
      }
    }
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return !NOTES.contains(name.substring(name.lastIndexOf('.') + 1))
        && !name.startsWith("license");
  }

  private static List<Path> matching(String glob) {
    int magic = glob.length();
    for (char c : "*?[{".toCharArray()) {
      int at = glob.indexOf(c);
      magic = at >= 0 && at < magic ? at : magic;
    }
    int slash = glob.lastIndexOf('/', magic);
    Path root = Path.of(slash < 0 ? "" : slash == 0 ? "/" : glob.substring(0, slash));
    List<Path> found =
        Files.isDirectory(slash < 0 ? Path.of(".") : root)
            ? walk(root).stream().filter(matcher(glob)::matches).sorted().toList()
            : List.of();
    if (found.isEmpty()) {
      throw new InputException(glob + ": no file matches");
    }
    return found;
  }

  private static PathMatcher matcher(String glob) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + glob);
    } catch (IllegalArgumentException e) {
      throw new InputException(glob + ": is no glob: " + e.getMessage(), e);
    }
  }
}
