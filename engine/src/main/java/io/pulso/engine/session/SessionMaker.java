package io.pulso.engine.session;

import io.pulso.engine.session.Session.Ref;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes sessions of events that come in stretches of time, one after another, and within each by
/// subject and time. Of a session with an id of its own several parts may come out, where a longer
/// pause or another stretch lies between: their counts add up.
public final class SessionMaker {
  private final long pause;
  private final SessionCutter cutter;
  private final Consumer<Session> sink;

  /// The last session of each subject that the next stretch may go on with.
  private final Map<Integer, Open> waiting = new HashMap<>();

  private final List<Open> open = new ArrayList<>();

  /// When the latest session of each subject started.
  private long[] starts = {};

  private int subject = -1;
  private int current;

  /// @param pause the longest one that does not end a session, in microseconds
  public SessionMaker(long pause, Consumer<Session> sink) {
    this.pause = pause;
    this.cutter = new SessionCutter(pause);
    this.sink = sink;
  }

  /// A session to which events may still be added.
  private static final class Open {
    private final int subject;
    private final long id;
    private final Ref first;
    private final long previousAt;
    private long endedAt;
    private int pages;
    private int events;
    private @Nullable Ref exit;

    Open(int subject, long id, Ref first, long previousAt) {
      this.subject = subject;
      this.id = id;
      this.first = first;
      this.previousAt = previousAt;
    }

    void add(Ref event, boolean page) {
      endedAt = event.at();
      events++;
      if (page) {
        pages++;
        exit = event;
      }
    }

    Session session() {
      return new Session(subject, id, first.at(), endedAt, previousAt, pages, events, first, exit);
    }
  }

  /// There was a session of a subject before all events that come.
  public void follows(int of, long startedAt) {
    if (of >= starts.length) {
      int old = starts.length;
      starts = Arrays.copyOf(starts, Math.max(of + 1, old * 2));
      Arrays.fill(starts, old, starts.length, Session.NONE);
    }
    starts[of] = startedAt;
  }

  /// The next event.
  ///
  /// @param id [SessionCutter#NO_ID] for none
  /// @param page whether it is a page view
  public void take(int of, long id, Ref event, boolean page) {
    if (of != subject) {
      endSubject();
      begin(of);
    }
    current = cutter.of(event.at(), id);
    if (current == open.size()) {
      open.add(new Open(of, id, event, of < starts.length ? starts[of] : Session.NONE));
      follows(of, event.at());
    }
    open.get(current).add(event, page);
  }

  private void begin(int of) {
    subject = of;
    cutter.next();
    Open before = waiting.remove(of);
    if (before != null) {
      current = cutter.of(before.endedAt, before.id);
      open.add(before);
    }
  }

  private void endSubject() {
    for (int i = 0; i < open.size(); i++) {
      if (i == current) {
        waiting.put(subject, open.get(i));
      } else {
        sink.accept(open.get(i).session());
      }
    }
    open.clear();
    subject = -1;
  }

  /// All events before an instant have come.
  public void endStretch(long before) {
    endSubject();
    for (Iterator<Open> each = waiting.values().iterator(); each.hasNext(); ) {
      Open session = each.next();
      if (before - session.endedAt > pause) {
        sink.accept(session.session());
        each.remove();
      }
    }
  }

  /// All events have come.
  public void end() {
    endSubject();
    waiting.values().forEach(session -> sink.accept(session.session()));
    waiting.clear();
  }
}
