package io.pulso.engine.session;

import org.jspecify.annotations.Nullable;

/// Events of a subject that belong together.
///
/// @param id a number for the session id that its events gave; [SessionCutter#NO_ID] for none
/// @param startedAt when the first event happened, in microseconds
/// @param endedAt when the last one happened
/// @param previousAt when the session before of the same subject started; [#NONE] without one
/// @param pages how many of them are page views
/// @param first the first event
/// @param exit the last page view; null where there is none
public record Session(
    int subject,
    long id,
    long startedAt,
    long endedAt,
    long previousAt,
    int pages,
    int events,
    Ref first,
    @Nullable Ref exit) {
  /// No session before.
  public static final long NONE = Long.MIN_VALUE;

  /// Which stored event it is.
  public record Ref(long at, int batch, long seq) {}
}
