package io.pulso.server.store;

import io.pulso.server.event.InputException;
import java.sql.SQLException;
import java.util.Locale;

/// A fault of the store that the user cannot mend. Keeps the database's own words.
public class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  StoreException(String message) {
    super(message);
  }

  /// What the database says of something that failed: a full disk and a missing right are told as
  /// such.
  static RuntimeException of(String what, SQLException e) {
    String message = String.valueOf(e.getMessage());
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("no space left") || lower.contains("out of disk")) {
      return new DiskFull(e);
    }
    if (lower.contains("read-only file system") || lower.contains("permission denied")) {
      return new InputException("the store cannot be written: " + message, e);
    }
    return new StoreException(message + "\nin: " + what, e);
  }
}
