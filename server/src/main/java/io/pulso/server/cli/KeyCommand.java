package io.pulso.server.cli;

import io.pulso.engine.json.Json;
import io.pulso.server.access.WriteKeys;
import io.pulso.server.api.Answer;
import io.pulso.server.api.KeyAnswer;
import io.pulso.server.app.Workspace;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The commands about write keys.
final class KeyCommand {
  private static final String KEYS = "/api/v1/keys";

  private KeyCommand() {}

  @Command(
      name = "create",
      description = "Makes a key with which a source sends; its value is shown once.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Create implements Callable<Integer> {
    private final Console console;

    @Mixin private final InWorkspace where = new InWorkspace();

    @Option(names = "--source", paramLabel = "NAME", required = true, description = "The source.")
    private String source = "";

    @Option(names = "--browser", description = "A public key, with which less may be done.")
    private boolean browser;

    @Option(
        names = "--origin",
        paramLabel = "ORIGIN",
        description = "Where a public key may be used; several are allowed. Default everywhere.")
    private List<String> origins = List.of();

    @Option(
        names = "--per-minute",
        paramLabel = "N",
        description = "How many requests it may send a minute; default the server's setting.")
    private int perMinute;

    @Option(
        names = "--value",
        paramLabel = "KEY",
        description = "A value that senders have already; default a random one.")
    private @Nullable String value;

    @Option(names = "--json", description = "Answers in JSON.")
    private boolean json;

    Create(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      Set<String> from = new LinkedHashSet<>(origins);
      Answer body =
          new Answer()
              .put("source", source)
              .put("browser", browser)
              .texts("origins", from)
              .put("per_minute", perMinute)
              .put("value", value);
      Json.Obj made =
          asked(
              where.open(),
              remote -> remote.ask("POST", KEYS, body.json()),
              keys ->
                  KeyAnswer.made(
                      keys.create(new WriteKeys.Wanted(source, browser, from, perMinute), value)));
      tell(console, json, made);
      return Commands.DONE;
    }
  }

  @Command(
      name = "list",
      description = "Lists all keys, but not their values.",
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
              remote -> remote.ask("GET", KEYS, new Json.Null()),
              keys -> KeyAnswer.list(keys.list()));
      if (json) {
        console.json(answer);
        return Commands.DONE;
      }
      TextTable table =
          new TextTable().text("id").text("source").text("kind").text("ends with").text("");
      if (answer.fields().get("keys") instanceof Json.Arr list) {
        for (Json each : list.items()) {
          if (each instanceof Json.Obj key) {
            table.row(
                text(key, "id"),
                Shown.text(text(key, "source")),
                kind(key),
                text(key, "hint"),
                text(key, "revoked_at").isEmpty() ? "" : "revoked");
          }
        }
      }
      if (table.isEmpty()) {
        console.note("there is no key yet: `pulso key create --source NAME` makes one");
      }
      table.print(console, "");
      return Commands.DONE;
    }
  }

  @Command(
      name = "rotate",
      description =
          "Makes another key with the same rights; the old one holds until it is revoked.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Rotate implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "ID", description = "The key's id.")
    private String id = "";

    @Mixin private final InWorkspace where = new InWorkspace();

    @Option(names = "--json", description = "Answers in JSON.")
    private boolean json;

    Rotate(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      tell(
          console,
          json,
          asked(
              where.open(),
              remote ->
                  remote.ask("POST", KEYS + "/" + Remote.part(id) + "/rotate", new Json.Null()),
              keys -> KeyAnswer.made(keys.rotate(id))));
      return Commands.DONE;
    }
  }

  @Command(
      name = "revoke",
      description = "Ends a key: from now on nothing can be sent with it.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Revoke implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "ID", description = "The key's id.")
    private String id = "";

    @Mixin private final InWorkspace where = new InWorkspace();

    Revoke(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      asked(
          where.open(),
          remote -> remote.ask("DELETE", KEYS + "/" + Remote.part(id), new Json.Null()),
          keys -> {
            keys.revoke(id);
            return new Answer().json();
          });
      console.note("revoked " + id);
      return Commands.DONE;
    }
  }

  private static Json.Obj asked(
      Workspace workspace, Function<Remote, Json.Obj> server, Function<WriteKeys, Json.Obj> here) {
    return Remote.orHere(
        workspace, server, store -> here.apply(new WriteKeys(store, Clock.systemUTC())));
  }

  private static void tell(Console console, boolean json, Json.Obj made) {
    if (json) {
      console.json(made);
      return;
    }
    console.note(
        "the %s key %s of %s; it is not shown again"
            .formatted(kind(made), text(made, "id"), Shown.text(text(made, "source"))));
    console.line(text(made, "value"));
  }

  private static String kind(Json.Obj key) {
    return key.fields().get("browser") instanceof Json.Bool(boolean yes) && yes
        ? "browser"
        : "server";
  }

  private static String text(Json.Obj key, String name) {
    return key.fields().get(name) instanceof Json.Str(String text) ? text : "";
  }
}
