package io.pulso.server.app;

import io.pulso.server.store.View;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The day that a command means.
public final class AsOf {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE;

  private AsOf() {}

  /// Yesterday in the workspace's zone.
  public static int yesterday(Workspace workspace, Clock clock) {
    return workspace.days().day(clock.millis() * 1000) - 1;
  }

  /// The day that was asked for; else yesterday, or the last day with events when that is older
  /// than the window, which is then said.
  public static int day(
      Workspace workspace,
      View view,
      @Nullable Integer asked,
      int window,
      Clock clock,
      Consumer<String> note) {
    if (asked != null) {
      return asked;
    }
    int yesterday = yesterday(workspace, clock);
    OptionalInt last = view.lastDay();
    if (last.isPresent() && last.getAsInt() <= yesterday - window) {
      note.accept(
          "the last event is of %s, so the scores are as of that day; --as-of gives another"
              .formatted(DAY.format(LocalDate.ofEpochDay(last.getAsInt()))));
      return last.getAsInt();
    }
    return yesterday;
  }
}
