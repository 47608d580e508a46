package io.pulso.server.cli;

import io.pulso.server.score.InUse;
import io.pulso.server.store.View;
import java.nio.file.Path;
import java.time.Clock;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of commands that ask a workspace for scores.
final class Asking {
  @Option(
      names = "--workspace",
      paramLabel = "DIR",
      description = "The workspace; default the nearest folder upwards with a pulso.yaml.")
  private @Nullable Path workspace;

  @Option(
      names = "--model",
      paramLabel = "NAME|FILE",
      description = "The model; default the workspace's only one, or its default_model.")
  private @Nullable String model;

  @Option(
      names = "--model-version",
      paramLabel = "N",
      description = "A published version; default the one in force on each day.")
  private @Nullable Integer version;

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  boolean json() {
    return json;
  }

  @Nullable String model() {
    return model;
  }

  @Nullable Integer version() {
    return version;
  }

  Session open() {
    return Session.open(workspace);
  }

  /// The model on a day.
  InUse use(Session session, int day) {
    return session.models().find(model, version, day);
  }

  /// The day that is meant where none is given: yesterday, or the last day with events when that is
  /// out of the model's window, which is then said.
  int asOf(Session session, View view, Console console) {
    int yesterday = session.store().days().day(now()) - 1;
    OptionalInt last = view.lastDay();
    int window = use(session, yesterday).model().widestWindow();
    if (last.isEmpty() || last.getAsInt() > yesterday - window) {
      return yesterday;
    }
    console.note(
        "as of %s, the last day with events; give another day to change that"
            .formatted(Numbers.day(last.getAsInt())));
    return last.getAsInt();
  }

  private static long now() {
    return Clock.systemUTC().millis() * 1000;
  }
}
