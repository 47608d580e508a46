package io.pulso.server.cli;

import io.pulso.engine.json.Json;
import io.pulso.server.access.Tokens;
import io.pulso.server.access.Tokens.Scope;
import io.pulso.server.api.Answer;
import io.pulso.server.api.TokenAnswer;
import io.pulso.server.app.Workspace;
import io.pulso.server.event.InputException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "create",
    description = "Makes a token with which a program uses the API; its value is shown once.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class TokenCommand implements Callable<Integer> {
  private static final int MOST_DAYS = 36_500;

  private final Console console;

  @Mixin private final InWorkspace where = new InWorkspace();

  @Option(
      names = "--scope",
      paramLabel = "read|write|admin",
      required = true,
      description = "What may be done with it.")
  private String scope = "";

  @Option(names = "--name", paramLabel = "TEXT", description = "Whose it is, for people.")
  private String name = "";

  @Option(names = "--days", paramLabel = "N", description = "How long it holds; default for ever.")
  private @Nullable Integer days;

  @Option(names = "--json", description = "Answers in JSON.")
  private boolean json;

  TokenCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Scope wanted = Scope.of(scope);
    if (days != null && (days < 1 || days > MOST_DAYS)) {
      throw new InputException("--days takes 1 to " + MOST_DAYS);
    }
    Json.Obj made = make(where.open(), wanted);
    if (json) {
      console.json(made);
    } else if (made.fields().get("value") instanceof Json.Str(String value)) {
      console.note("a token to %s; it is not shown again".formatted(wanted.word()));
      console.line(value);
    }
    return Commands.DONE;
  }

  private Json.Obj make(Workspace workspace, Scope wanted) {
    return Remote.orHere(
        workspace,
        remote ->
            remote.ask(
                "POST",
                "/api/v1/tokens",
                new Answer()
                    .put("name", name)
                    .put("scope", wanted.word())
                    .put("days", days == null ? 0 : days)
                    .json()),
        store ->
            TokenAnswer.made(
                new Tokens(store, Clock.systemUTC())
                    .create(name, wanted, days == null ? null : Duration.ofDays(days))));
  }
}
