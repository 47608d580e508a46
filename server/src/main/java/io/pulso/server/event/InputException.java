package io.pulso.server.event;

/// Something the user can mend: usage, input or environment. The message says what and how.
public class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InputException(String message) {
    super(message);
  }

  public InputException(String message, Throwable cause) {
    super(message, cause);
  }
}
