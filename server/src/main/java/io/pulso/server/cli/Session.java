package io.pulso.server.cli;

import io.pulso.server.app.Models;
import io.pulso.server.app.Workspace;
import io.pulso.server.store.Store;

/// A workspace with its store open.
record Session(Workspace workspace, Store store, Models models) implements AutoCloseable {
  static Session open(InWorkspace where, Console console) {
    Workspace workspace = console.workspace(where);
    Store store = console.store(workspace);
    return new Session(workspace, store, console.models(workspace, store));
  }

  @Override
  public void close() {
    store.close();
  }
}
