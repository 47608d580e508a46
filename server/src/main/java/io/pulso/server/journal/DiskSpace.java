package io.pulso.server.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/// Tells a full disk from other errors.
final class DiskSpace {
  private DiskSpace() {}

  static JournalException failure(String what, Path where, IOException e) {
    return isFull(e)
        ? new JournalFull("the disk of " + where + " is full", e)
        : new JournalFailed("cannot %s %s: %s".formatted(what, where, e), e);
  }

  private static boolean isFull(IOException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("no space")
        || message.contains("not enough space")
        || message.contains("quota");
  }
}
