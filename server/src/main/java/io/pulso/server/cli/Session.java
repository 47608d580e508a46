package io.pulso.server.cli;

import io.pulso.server.app.Models;
import io.pulso.server.app.Workspace;
import io.pulso.server.store.Store;

/// A workspace with its store open.
record Session(Workspace workspace, Store store, Models models) implements AutoCloseable {
  static Session open(InWorkspace where) {
    Workspace workspace = where.open();
    Store store = workspace.store();
    return new Session(workspace, store, new Models(workspace, store));
  }

  @Override
  public void close() {
    store.close();
  }
}
