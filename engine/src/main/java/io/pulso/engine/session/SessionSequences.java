package io.pulso.engine.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;

/// The steps of each session, of events that come by subject and time.
public final class SessionSequences {
  private final SessionCutter cutter;
  private final LongPredicate counts;
  private final Sink sink;
  private final List<Steps> open = new ArrayList<>();
  private int used;
  private int subject = -1;

  /// Takes the steps of a session, in order.
  public interface Sink {
    /// Takes them.
    ///
    /// @param subject whose session it is
    /// @param steps the first `length` of them are the session's
    void take(int subject, int[] steps, int length);
  }

  /// The steps of a session so far.
  private static final class Steps {
    private int[] steps = new int[16];
    private int length;
    private long startedAt;

    void add(int step) {
      if (length == steps.length) {
        steps = Arrays.copyOf(steps, length * 2);
      }
      steps[length++] = step;
    }
  }

  /// @param pause the longest one that does not end a session, in microseconds
  /// @param counts whether a session that starts at an instant is told of
  public SessionSequences(long pause, LongPredicate counts, Sink sink) {
    this.cutter = new SessionCutter(pause);
    this.counts = counts;
    this.sink = sink;
  }

  /// The next event.
  ///
  /// @param at in microseconds
  /// @param id [SessionCutter#NO_ID] for none
  public void take(int of, long at, long id, int step) {
    if (of != subject) {
      end();
      subject = of;
    }
    int place = cutter.of(at, id);
    if (place == used) {
      if (used == open.size()) {
        open.add(new Steps());
      }
      open.get(used).length = 0;
      open.get(used++).startedAt = at;
    }
    open.get(place).add(step);
  }

  /// All events of a subject have come.
  public void end() {
    for (int i = 0; i < used; i++) {
      Steps session = open.get(i);
      if (counts.test(session.startedAt)) {
        sink.take(subject, session.steps, session.length);
      }
    }
    used = 0;
    subject = -1;
    cutter.next();
  }
}
