package io.pulso.server.journal;

/// No room for a record: the bound is reached or the disk is full. Nothing was kept; it may be
/// tried again once segments are released or the disk has room.
public final class JournalFull extends JournalException {
  private static final long serialVersionUID = 1L;

  JournalFull(String message) {
    super(message);
  }

  JournalFull(String message, Throwable cause) {
    super(message, cause);
  }
}
