package io.pulso.server.cli;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonText;
import io.pulso.server.app.Models;
import io.pulso.server.app.OutFile;
import io.pulso.server.app.Workspace;
import io.pulso.server.store.Store;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where a command writes: results on standard output, everything else on standard error.
///
/// @param terminal whether a person looks at it, so that colours and bars help
/// @param held what a command of another process is given; null for one of this process
record Console(PrintStream out, PrintStream err, boolean terminal, @Nullable Held held) {
  Console(PrintStream out, PrintStream err, boolean terminal) {
    this(out, err, terminal, null);
  }

  /// What a process that holds a workspace gives to commands of other processes.
  ///
  /// @param store a connection of its own
  /// @param files texts of model files by what they were called
  /// @param target where the command writes instead of the file that it names
  record Held(Workspace workspace, Supplier<Store> store, Map<String, String> files, Path target) {}

  /// The workspace that is meant.
  Workspace workspace(InWorkspace where) {
    return held == null ? where.open() : held.workspace();
  }

  /// Its store, to be closed.
  Store store(Workspace workspace) {
    return held == null ? workspace.store() : held.store().get();
  }

  Models models(Workspace workspace, Store store) {
    return held == null ? new Models(workspace, store) : new Models(workspace, store, held.files());
  }

  /// A file that a command writes.
  OutFile file(Path path) {
    return new OutFile(held == null ? path : held.target());
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
