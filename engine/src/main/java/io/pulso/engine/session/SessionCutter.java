package io.pulso.engine.session;

import java.util.HashMap;
import java.util.Map;

/// Says which events of a subject belong to one session; they come one after another in time.
///
/// Events with one session id of their own are one session, whatever lies between them. An event
/// without an id belongs to the session of the event before it, and begins one where there is none
/// or the pause between them is too long.
public final class SessionCutter {
  /// No session id.
  public static final long NO_ID = 0;

  /// The pause, in microseconds, that does not end a session unless somebody sets another one.
  public static final long USUAL_PAUSE = 30 * 60_000_000L;

  private final long pause;
  private final Map<Long, Integer> byId = new HashMap<>();
  private int sessions;
  private int current;
  private long lastAt;

  /// @param pause the longest one that does not end a session, in microseconds
  public SessionCutter(long pause) {
    this.pause = pause;
  }

  /// What comes next is another subject's.
  public void next() {
    byId.clear();
    sessions = 0;
  }

  /// The session of the next event: 0 for the first one of a subject, and the next number for one
  /// that begins.
  ///
  /// @param at in microseconds, not before the event before it
  /// @param id [#NO_ID] for none
  public int of(long at, long id) {
    if (id != NO_ID) {
      Integer known = byId.putIfAbsent(id, sessions);
      current = known == null ? sessions++ : known;
    } else if (sessions == 0 || at - lastAt > pause) {
      current = sessions++;
    }
    lastAt = at;
    return current;
  }

  /// A session id as a number: equal for equal texts.
  public static long id(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash == NO_ID ? 1 : hash;
  }
}
