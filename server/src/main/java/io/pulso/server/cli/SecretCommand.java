package io.pulso.server.cli;

import io.pulso.engine.json.Json;
import io.pulso.server.access.SigningSecrets;
import io.pulso.server.api.Answer;
import io.pulso.server.api.SecretAnswer;
import io.pulso.server.app.Workspace;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The commands about secrets with which sources sign who their users are.
final class SecretCommand {
  private static final String SECRETS = "/api/v1/secrets";

  private SecretCommand() {}

  @Command(
      name = "create",
      description = "Makes a secret with which a source signs userTokens; it is shown once.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Create implements Callable<Integer> {
    private final Console console;

    @Mixin private final InWorkspace where = new InWorkspace();

    @Option(names = "--source", paramLabel = "NAME", required = true, description = "The source.")
    private String source = "";

    @Option(names = "--json", description = "Answers in JSON.")
    private boolean json;

    Create(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      Json.Obj made =
          asked(
              where.open(),
              remote -> remote.ask("POST", SECRETS, new Answer().put("source", source).json()),
              secrets -> SecretAnswer.made(secrets.create(source)));
      if (json) {
        console.json(made);
        return Commands.DONE;
      }
      console.note(
          "the secret with the kid %s of %s; it is not shown again"
              .formatted(text(made, "id"), Shown.text(text(made, "source"))));
      console.line(text(made, "value"));
      return Commands.DONE;
    }
  }

  @Command(
      name = "list",
      description = "Lists all secrets, but not their values.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Listing implements Callable<Integer> {
    private final Console console;

    @Mixin private final InWorkspace where = new InWorkspace();

    @Option(names = "--json", description = "Answers in JSON.")
    private boolean json;

    Listing(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      Json.Obj answer =
          asked(
              where.open(),
              remote -> remote.ask("GET", SECRETS, new Json.Null()),
              secrets -> SecretAnswer.list(secrets.list()));
      if (json) {
        console.json(answer);
        return Commands.DONE;
      }
      TextTable table = new TextTable().text("kid").text("source").text("");
      if (answer.fields().get("secrets") instanceof Json.Arr list) {
        for (Json each : list.items()) {
          if (each instanceof Json.Obj secret) {
            table.row(
                text(secret, "id"),
                Shown.text(text(secret, "source")),
                text(secret, "revoked_at").isEmpty() ? "" : "revoked");
          }
        }
      }
      if (table.isEmpty()) {
        console.note("there is no secret yet: `pulso secret create --source NAME` makes one");
      }
      table.print(console, "");
      return Commands.DONE;
    }
  }

  @Command(
      name = "revoke",
      description = "Ends a secret: what was signed with it is no longer believed.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Revoke implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "KID", description = "The secret's id.")
    private String kid = "";

    @Mixin private final InWorkspace where = new InWorkspace();

    Revoke(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      asked(
          where.open(),
          remote -> remote.ask("DELETE", SECRETS + "/" + Remote.part(kid), new Json.Null()),
          secrets -> {
            secrets.revoke(kid);
            return new Answer().json();
          });
      console.note("revoked " + kid);
      return Commands.DONE;
    }
  }

  private static Json.Obj asked(
      Workspace workspace,
      Function<Remote, Json.Obj> server,
      Function<SigningSecrets, Json.Obj> here) {
    return Remote.orHere(
        workspace,
        server,
        store -> here.apply(new SigningSecrets(store, workspace.vault(), Clock.systemUTC())));
  }

  private static String text(Json.Obj secret, String name) {
    return secret.fields().get(name) instanceof Json.Str(String text) ? text : "";
  }
}
