package io.pulso.server.store;

/// A fault of the store that the user cannot mend. Keeps the database's own words.
public class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  StoreException(String message) {
    super(message);
  }
}
