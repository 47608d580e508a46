package io.pulso.server.cli;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonText;
import io.pulso.engine.model.ModelFile;
import io.pulso.server.api.CommandRunner;
import io.pulso.server.app.Models;
import io.pulso.server.app.OutFile;
import io.pulso.server.app.Server;
import io.pulso.server.app.Workspace;
import io.pulso.server.event.InputException;
import io.pulso.server.people.Team;
import io.pulso.server.store.Store;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where a command writes: results on standard output, everything else on standard error. And what
/// it gets from the process that runs it.
///
/// @param terminal whether a person looks at it, so that colours and bars help
/// @param held what a command of another process is given; null for one of this process
record Console(PrintStream out, PrintStream err, boolean terminal, @Nullable Held held) {
  Console(PrintStream out, PrintStream err, boolean terminal) {
    this(out, err, terminal, null);
  }

  /// What a process that holds a workspace gives to commands of other processes.
  ///
  /// @param target where the command writes instead of the file that it names
  record Held(
      Workspace workspace, Server.Holder holder, CommandRunner.Caller caller, Path target) {}

  /// The workspace that is meant.
  Workspace workspace(InWorkspace where) {
    return held == null ? where.open() : held.workspace();
  }

  /// What the user calls a file of the workspace.
  String shown(Workspace workspace, Path file) {
    return held == null
        ? file.toString()
        : held.caller().workspace().resolve(workspace.folder().relativize(file)).toString();
  }

  /// Its store, to be closed.
  Store store(Workspace workspace) {
    return held == null ? workspace.store() : held.holder().store().beside();
  }

  Models models(Workspace workspace, Store store) {
    return held == null
        ? new Models(workspace, store)
        : new Models(workspace, store, held.caller());
  }

  /// The people who may use the pages, as a server has them in memory; null where none holds the
  /// workspace.
  @Nullable Team team() {
    return held == null ? null : held.holder().team();
  }

  /// The text of a file that the command reads.
  String text(Path file) {
    if (held == null) {
      return Workspace.text(file);
    }
    String name = file.toString();
    String text = held.caller().files().get(name);
    if (text == null) {
      throw new InputException(
          held.caller().faults().getOrDefault(name, "cannot read " + name + ": it was not sent"));
    }
    return text;
  }

  /// Whether a word names a file that the command can read.
  boolean isFile(String word) {
    return held == null
        ? Served.isFile(word)
        : held.caller().files().containsKey(word) || held.caller().faults().containsKey(word);
  }

  /// Reads a model file.
  ModelFile model(Path file) {
    return Models.read(file.toString(), text(file));
  }

  /// A file that a command writes.
  OutFile file(Path path) {
    return new OutFile(held == null ? path : held.target());
  }

  /// Who gives the command.
  String user() {
    return held == null ? System.getProperty("user.name", "") : held.caller().user();
  }

  void line(String text) {
    out.print(text + "\n");
  }

  void note(String text) {
    err.print(text + "\n");
    err.flush();
  }

  void json(Json value) {
    line(JsonText.write(value));
  }

  void flush() {
    out.flush();
    err.flush();
  }
}
