package io.pulso.server.cli;

import io.pulso.engine.json.Json;
import io.pulso.server.api.Answer;
import io.pulso.server.app.Keeper;
import io.pulso.server.app.Workspace;
import io.pulso.server.event.InputException;
import io.pulso.server.store.Erasures;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "forget",
    description =
        "Erases a person with all ids that belong to them, and keeps them from coming back.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ForgetCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      description =
          "One of the person's ids; without it, --now only removes from the disk what was erased before.")
  private @Nullable String id;

  @Mixin private final InWorkspace where = new InWorkspace();

  @Option(
      names = "--now",
      description =
          "Writes the store anew at once, so that the disk has nothing of the person either.")
  private boolean now;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why, for people; it is kept, so it must not name the person.")
  private String reason = "";

  @Option(names = "--json", description = "Answers in JSON.")
  private boolean json;

  ForgetCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (id == null && !now) {
      throw new InputException("name a person: `pulso forget ID`");
    }
    Workspace workspace = where.open();
    Optional<Remote> remote = Remote.of(workspace);
    Json.Obj answer =
        remote.isPresent()
            ? remote.get().ask(id == null ? "POST" : "DELETE", path(), new Json.Null())
            : Keeper.closed(workspace, Clock.systemUTC(), this::here);
    tell(answer, remote.isPresent());
    return Commands.DONE;
  }

  private String path() {
    String given = id;
    return given == null
        ? "/api/v1/rewrite"
        : "/api/v1/customers/%s?now=%s%s"
            .formatted(
                Remote.part(given), now, reason.isEmpty() ? "" : "&reason=" + Remote.part(reason));
  }

  private Json.Obj here(Keeper keeper) {
    String given = id;
    if (given == null) {
      var sizes = keeper.rewrite();
      return new Answer()
          .put("bytes_before", sizes.before())
          .put("bytes_after", sizes.after())
          .json();
    }
    Erasures.Result result = keeper.forget(given, reason, now);
    return new Answer()
        .put("ids", result.ids())
        .put("events", result.events())
        .put("calls", result.calls())
        .put("rejected", result.rejected())
        .put("gone_from_disk", now)
        .json();
  }

  private void tell(Json.Obj answer, boolean served) {
    if (json) {
      console.json(answer);
    } else if (id == null) {
      console.note("the store was written anew: nothing that was erased is on the disk");
    } else {
      console.note(
          "forgotten: %s ids, %s events, %s other calls, %s rejected records"
              .formatted(
                  number(answer, "ids"),
                  number(answer, "events"),
                  number(answer, "calls"),
                  number(answer, "rejected")));
      if (!now) {
        console.note(
            served
                ? "the bytes leave the disk with the next nightly work, or with `pulso forget --now`"
                : "the bytes leave the disk with `pulso forget --now`, `pulso rebuild`, or the nightly work of a server");
      }
    }
  }

  private static long number(Json.Obj answer, String name) {
    return answer.fields().get(name) instanceof Json.Num(double number) ? (long) number : 0;
  }
}
