package io.pulso.server.journal;

/// An error of the disk or of the journal itself, or a journal that is closed. A record whose
/// append ends so is not acknowledged.
public final class JournalFailed extends JournalException {
  private static final long serialVersionUID = 1L;

  JournalFailed(String message) {
    super(message);
  }

  JournalFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
