package io.pulso.server.cli;

import io.pulso.engine.json.Json;
import io.pulso.server.api.Answer;
import io.pulso.server.app.OutFile;
import io.pulso.server.app.Workspace;
import io.pulso.server.event.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine;

/// A command that the server runs which holds the workspace. The files that it names are read and
/// written here.
final class Through {
  private final Console console;
  private final List<String> words;
  private final Served command;

  private Through(Console console, List<String> words, Served command) {
    this.console = console;
    this.words = words;
    this.command = command;
  }

  /// Runs it where a server holds the workspace; empty where none does.
  static OptionalInt run(Console console, String... args) {
    if (console.held() != null) {
      return OptionalInt.empty();
    }
    Given given;
    Optional<Workspace> workspace;
    try {
      given = Given.read(Commands.tree(console), List.of(args));
      workspace = given.served() == null ? Optional.empty() : given.served().where().find();
    } catch (CommandLine.ParameterException | InputException e) {
      // Running it here says what is wrong.
      return OptionalInt.empty();
    }
    Optional<Remote> remote = workspace.flatMap(Remote::of);
    if (given.served() == null || remote.isEmpty()) {
      return OptionalInt.empty();
    }
    Through through = new Through(console, given.words(), given.served());
    return OptionalInt.of(through.ask(remote.get(), workspace.orElseThrow().folder()));
  }

  private int ask(Remote remote, Path folder) {
    Answer files = new Answer();
    Answer faults = new Answer();
    for (String name : command.reads()) {
      try {
        files.put(name, Workspace.text(Path.of(name)));
      } catch (InputException e) {
        faults.put(name, String.valueOf(e.getMessage()));
      }
    }
    Json body =
        new Answer()
            .texts("words", words)
            .put("terminal", console.terminal())
            .put("user", console.user())
            .put("workspace", folder.toString())
            .put("files", files.json())
            .put("faults", faults.json())
            .json();
    try (BufferedReader lines = remote.lines("/api/v1/commands", body)) {
      return read(lines);
    } catch (IOException e) {
      throw new InputException("the server that holds the workspace cannot be asked: " + e, e);
    }
  }

  private int read(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    while (line != null && line.charAt(0) != 's') {
      if (line.charAt(0) == 'f') {
        line = file(lines, line);
      } else {
        bytes(line.charAt(0) == 'o' ? console.out() : console.err(), line);
        line = lines.readLine();
      }
    }
    if (line != null) {
      console.flush();
      return Integer.parseInt(line.substring(2));
    }
    throw new IOException("it ended before the command did");
  }

  /// Writes the file that the command names, and gives the line behind it.
  private String file(BufferedReader lines, String first) {
    String[] line = {first};
    new OutFile(Objects.requireNonNull(command.writes()))
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
