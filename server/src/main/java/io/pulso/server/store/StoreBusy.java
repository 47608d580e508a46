package io.pulso.server.store;

/// The store is being put in another file's place, or opened again after a fault: the same question
/// can be asked again in a moment.
public final class StoreBusy extends StoreException {
  private static final long serialVersionUID = 1L;

  StoreBusy(String message, Throwable cause) {
    super(message, cause);
  }

  public StoreBusy(String message) {
    super(message);
  }
}
