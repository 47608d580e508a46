package io.pulso.server.cli;

import io.pulso.server.app.AsOf;
import io.pulso.server.score.InUse;
import io.pulso.server.store.View;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of commands that ask a workspace for scores.
final class Asking {
  @Mixin private final InWorkspace where = new InWorkspace();

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

  InWorkspace where() {
    return where;
  }

  /// The model file that it reads, if it is one.
  List<String> reads() {
    return Served.modelFile(model);
  }

  boolean json() {
    return json;
  }

  @Nullable String model() {
    return model;
  }

  @Nullable Integer version() {
    return version;
  }

  Session open(Console console) {
    return Session.open(where, console);
  }

  /// The model on a day.
  InUse use(Session session, int day) {
    return session.models().find(model, version, day);
  }

  /// The day that is meant where none is given: yesterday, or the last day with events when that is
  /// older than the model's window, which is then said.
  int asOf(Session session, View view, Console console) {
    int yesterday = AsOf.yesterday(session.workspace(), Clock.systemUTC());
    int window = use(session, yesterday).model().window();
    int day = AsOf.day(session.workspace(), view, null, window, Clock.systemUTC(), ignored -> {});
    if (day != yesterday) {
      console.note(
          "the last event is of %s, so that day is meant; say another to change that"
              .formatted(Numbers.day(day)));
    }
    return day;
  }
}
