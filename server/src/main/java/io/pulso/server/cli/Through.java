package io.pulso.server.cli;

import io.pulso.engine.json.Json;
import io.pulso.server.api.Answer;
import io.pulso.server.app.Models;
import io.pulso.server.app.OutFile;
import io.pulso.server.app.Workspace;
import io.pulso.server.event.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Commands that only read, run by the server that holds the workspace. The files that they name
/// are read and written here.
final class Through {
  private static final String WORKSPACE = "--workspace";
  private static final String MODEL = "--model";
  private static final String OUTPUT = "--output";

  private final Console console;
  private final List<String> words;

  private Through(Console console, List<String> words) {
    this.console = console;
    this.words = words;
  }

  /// Runs it where a server holds the workspace; empty where none does.
  static OptionalInt run(Console console, String... args) {
    List<String> words = List.of(args);
    if (console.held() != null || !HeldCommands.isReading(words)) {
      return OptionalInt.empty();
    }
    Through through = new Through(console, words);
    Optional<Remote> remote = through.workspace().flatMap(Remote::of);
    return remote.isEmpty() ? OptionalInt.empty() : OptionalInt.of(through.ask(remote.get()));
  }

  /// The value of an option; null where it is not given.
  private @Nullable String option(String name) {
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).startsWith(name + "=")) {
        return words.get(i).substring(name.length() + 1);
      }
      if (words.get(i).equals(name) && i + 1 < words.size()) {
        return words.get(i + 1);
      }
    }
    return null;
  }

  private Optional<Workspace> workspace() {
    String folder = option(WORKSPACE);
    try {
      return folder == null ? Workspace.find() : Optional.of(Workspace.open(Path.of(folder)));
    } catch (InputException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  private int ask(Remote remote) {
    Answer files = new Answer();
    String model = option(MODEL);
    if (model != null && Models.isFile(model) && isThere(model)) {
      files.put(model, Workspace.text(Path.of(model)));
    }
    Json body =
        new Answer()
            .texts("words", words)
            .put("files", files.json())
            .put("terminal", console.terminal())
            .json();
    try (BufferedReader lines = remote.lines("/api/v1/commands", body)) {
      return read(lines);
    } catch (IOException e) {
      throw new InputException("the server that holds the workspace cannot be asked: " + e, e);
    }
  }

  private static boolean isThere(String file) {
    try {
      return Files.isRegularFile(Path.of(file));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private int read(BufferedReader lines) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      switch (line.charAt(0)) {
        case 'o' -> bytes(console.out(), line);
        case 'e' -> bytes(console.err(), line);
        case 'f' -> line = file(lines, line);
        default -> {}
      }
      if (line.charAt(0) == 's') {
        console.flush();
        return Integer.parseInt(line.substring(2));
      }
    }
    throw new IOException("it ended before the command did");
  }

  /// Writes the file that the command names, and gives the line behind it.
  private String file(BufferedReader lines, String first) {
    String[] line = {first};
    new OutFile(Path.of(String.valueOf(option(OUTPUT))))
        .bytes(out -> {
          while (line[0].charAt(0) == 'f') {
            bytes(out, line[0]);
            String next = lines.readLine();
            if (next == null) {
              throw new IOException("the server ended before the command did");
            }
            line[0] = next;
          }
        });
    return line[0];
  }

  private static void bytes(OutputStream out, String line) throws IOException {
    out.write(Base64.getDecoder().decode(line.substring(2)));
    out.flush();
  }
}
