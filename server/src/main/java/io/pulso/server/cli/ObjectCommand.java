package io.pulso.server.cli;

import io.pulso.engine.json.Json;
import io.pulso.server.api.Answer;
import io.pulso.server.api.ProcessingAnswer;
import io.pulso.server.app.Keeper;
import io.pulso.server.app.Workspace;
import io.pulso.server.event.InputException;
import io.pulso.server.store.Store;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "object",
    description =
        "Keeps a person who objected out of scores, with all ids that belong to them; without an id it lists these people.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ObjectCommand implements Callable<Integer> {
  private static final String AUTHOR = "command line";
  private static final int LISTED = 1_000;

  private final Console console;

  @Parameters(paramLabel = "ID", arity = "0..1", description = "One of the person's ids.")
  private @Nullable String id;

  @Mixin private final InWorkspace where = new InWorkspace();

  @Option(names = "--undo", description = "Takes the objection back.")
  private boolean undo;

  @Option(
      names = "--note",
      paramLabel = "TEXT",
      description = "For people, such as how the person told it.")
  private @Nullable String note;

  @Option(names = "--json", description = "Answers in JSON.")
  private boolean json;

  ObjectCommand(Console console) {
    this.console = console;
  }

  /// Says how many have no row because they objected.
  static void note(Console console, int objected) {
    if (objected > 0) {
      console.note(leftOut(objected));
    }
  }

  static String leftOut(int objected) {
    return "%s objected to being scored and %s left out"
        .formatted(Numbers.count(objected), objected == 1 ? "is" : "are");
  }

  @Override
  public Integer call() {
    String given = id;
    if (given == null && (undo || note != null)) {
      throw new InputException("name a person: `pulso object ID`");
    }
    if (undo && note != null) {
      throw new InputException("--note goes with an objection, not with --undo");
    }
    Workspace workspace = where.open();
    if (given == null) {
      list(
          Remote.orHere(
              workspace,
              remote -> remote.ask("GET", "/api/v1/objections?limit=" + LISTED, new Json.Null()),
              ObjectCommand::listed));
    } else {
      tell(
          Remote.of(workspace)
              .map(remote -> remote.ask("PUT", path(given), body()))
              .orElseGet(() ->
                  Keeper.closed(workspace, Clock.systemUTC(), keeper -> here(keeper, given))));
    }
    return Commands.DONE;
  }

  private static String path(String id) {
    return "/api/v1/customers/%s/processing".formatted(Remote.part(id));
  }

  private Json body() {
    Answer body = new Answer().put("processing", ProcessingAnswer.word(!undo));
    return note == null ? body.json() : body.put("note", note).json();
  }

  private Json.Obj here(Keeper keeper, String given) {
    return ProcessingAnswer.of(
        undo
            ? keeper.withdraw(given, AUTHOR)
            : keeper.object(given, AUTHOR, note == null ? "" : note));
  }

  private static Json.Obj listed(Store store) {
    return ProcessingAnswer.list(store.objections().list(true, Long.MAX_VALUE, LISTED), LISTED);
  }

  private void tell(Json.Obj answer) {
    if (json) {
      console.json(answer);
    } else if (undo) {
      console.note("%s is scored again".formatted(text(answer, "customer")));
    } else {
      console.note(
          "%s is kept out of scores since %s; `pulso object --undo` takes it back"
              .formatted(text(answer, "customer"), text(answer, "objected_at")));
    }
  }

  private void list(Json.Obj answer) {
    if (json) {
      console.json(answer);
      return;
    }
    if (answer.get("objections") instanceof Json.Arr(var rows)) {
      if (rows.isEmpty()) {
        console.note("nobody objected");
      }
      for (Json row : rows) {
        if (row instanceof Json.Obj one) {
          console.line(
              "%s  %s  %s"
                  .formatted(
                      text(one, "objected_at"),
                      Shown.text(text(one, "customer")),
                      Shown.text(text(one, "note")))
                  .stripTrailing());
        }
      }
    }
    if (answer.get("next") instanceof Json.Str) {
      console.note("these are the newest %d; the API has all".formatted(LISTED));
    }
  }

  private static String text(Json.Obj answer, String name) {
    return answer.get(name) instanceof Json.Str(String text) ? text : "";
  }
}
