package io.pulso.server.journal;

/// What keeps a journal from doing what it was asked.
public abstract sealed class JournalException extends RuntimeException
    permits JournalFull, JournalDamaged, JournalFailed {
  private static final long serialVersionUID = 1L;

  JournalException(String message) {
    super(message);
  }

  JournalException(String message, Throwable cause) {
    super(message, cause);
  }
}
