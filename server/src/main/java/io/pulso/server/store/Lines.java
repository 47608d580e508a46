package io.pulso.server.store;

import io.pulso.server.event.InputException;

/// Short texts that people write beside what they change.
final class Lines {
  private static final int LONGEST = 500;

  private Lines() {}

  /// Refuses what is no line.
  ///
  /// @param what the text is, such as `a note`
  /// @param least characters
  static void check(String what, String text, int least) {
    int length = text.codePointCount(0, text.length());
    if (length < least || length > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
      throw new InputException(
          "%s is a line of %s%d characters"
              .formatted(what, least == 0 ? "at most " : least + " to ", LONGEST));
    }
  }
}
