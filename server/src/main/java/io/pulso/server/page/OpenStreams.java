package io.pulso.server.page;

import io.pulso.server.api.Presence;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The streams that everybody has open, so many each. One whose reader has left does not count, so
/// that who goes from page to page quickly is not sent away.
final class OpenStreams {
  private final int most;
  private final Map<String, Set<Open>> open = new HashMap<>();

  OpenStreams(int most) {
    this.most = most;
  }

  /// One of them.
  final class Open implements AutoCloseable {
    private final String who;
    private final Presence presence;

    private Open(String who, Presence presence) {
      this.who = who;
      this.presence = presence;
    }

    @Override
    public void close() {
      end(this);
    }
  }

  /// Opens one; null where somebody has too many.
  synchronized @Nullable Open open(String who, Presence presence) {
    Set<Open> theirs = open.computeIfAbsent(who, any -> new HashSet<>());
    theirs.removeIf(one -> one.presence.isGone());
    if (theirs.size() >= most) {
      return null;
    }
    Open made = new Open(who, presence);
    theirs.add(made);
    return made;
  }

  private synchronized void end(Open one) {
    Set<Open> theirs = open.get(one.who);
    if (theirs != null && theirs.remove(one) && theirs.isEmpty()) {
      open.remove(one.who);
    }
  }
}
