package io.pulso.server.cli;

import io.pulso.server.api.Answer;
import io.pulso.server.app.ServerFile;
import io.pulso.server.app.ServerSettings;
import io.pulso.server.app.Teams;
import io.pulso.server.app.Workspace;
import io.pulso.server.event.InputException;
import io.pulso.server.people.Audit;
import io.pulso.server.people.AuditAction;
import io.pulso.server.people.Links;
import io.pulso.server.people.People;
import io.pulso.server.people.Person;
import io.pulso.server.people.Role;
import io.pulso.server.people.Team;
import io.pulso.server.store.Store;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The commands about people who may use the pages.
abstract class PersonCommand implements Served {
  private static final String ROLES = "viewer|analyst|manager|admin";

  final Console console;

  @Mixin private final InWorkspace where = new InWorkspace();

  PersonCommand(Console console) {
    this.console = console;
  }

  @Override
  public InWorkspace where() {
    return where;
  }

  @Override
  public Integer call() {
    Workspace workspace = console.workspace(where);
    try (Store store = console.store(workspace)) {
      Team held = console.team();
      if (held != null) {
        run(workspace, held);
        return Commands.DONE;
      }
      Team team = Teams.of(workspace, store, settings(workspace).people(), null, Clock.systemUTC());
      try (Audit audit = team.audit()) {
        run(workspace, team);
        audit.settle();
      }
      return Commands.DONE;
    }
  }

  abstract void run(Workspace workspace, Team team);

  private static ServerSettings settings(Workspace workspace) {
    return ServerSettings.of(workspace.settings().server(), System.getenv());
  }

  static Person known(Team team, String email) {
    Person person = team.people().byEmail(email);
    if (person == null) {
      throw new InputException(
          "there is nobody with the address %s; `pulso person list` shows all".formatted(email));
    }
    return person;
  }

  /// Where a link leads; the server's own address where no other one is set.
  static String address(Workspace workspace, String link) {
    ServerSettings settings = settings(workspace);
    String url =
        settings.people().url().isEmpty()
            ? ServerFile.read(workspace)
                .map(ServerFile.Place::url)
                .orElse("http://127.0.0.1:" + settings.port())
            : settings.people().url();
    return url + "/welcome/" + link;
  }

  final void tell(Workspace workspace, Links.Made made, boolean json) {
    String link = address(workspace, made.value());
    if (json) {
      console.json(
          new Answer().put("value", link).put("expires_at", made.expiresAt().toString()).json());
    } else {
      console.note("a link that holds once, until %s:".formatted(made.expiresAt()));
      console.line(link);
    }
  }

  @Command(
      name = "list",
      description = "Lists the people who may use the pages.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Listing extends PersonCommand {
    @Option(names = "--json", description = "Answers in JSON.")
    private boolean json;

    Listing(Console console) {
      super(console);
    }

    @Override
    void run(Workspace workspace, Team team) {
      List<Person> people = team.people().list();
      if (json) {
        console.json(new Answer().objects("people", people, Listing::row).json());
        return;
      }
      TextTable table = new TextTable().text("e-mail").text("name").text("role").text("");
      people.forEach(one ->
          table.row(
              Shown.text(one.email()),
              Shown.text(one.name()),
              one.role().word(),
              one.hasPassword() || one.isLinked() ? "" : "invited"));
      if (table.isEmpty()) {
        console.note("nobody yet: `pulso serve` makes a link for the first administrator");
      }
      table.print(console, "");
    }

    private static Answer row(Person one) {
      return new Answer()
          .put("id", one.id())
          .put("email", one.email())
          .put("name", one.name())
          .put("role", one.role().word())
          .put("accounts", one.accounts().isEmpty() ? null : one.accounts())
          .put("password", one.hasPassword())
          .put("provider", one.isLinked())
          .put("created_at", one.createdAt().toString());
    }
  }

  @Command(
      name = "add",
      description = "Adds somebody, and prints a link with which they choose a password.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Add extends PersonCommand {
    @Parameters(paramLabel = "EMAIL", description = "Their e-mail address.")
    private String email = "";

    @Option(names = "--role", paramLabel = ROLES, required = true, description = "Their role.")
    private String role = "";

    @Option(names = "--name", paramLabel = "TEXT", description = "Default the e-mail address.")
    private @Nullable String name;

    @Option(
        names = "--accounts",
        paramLabel = "CEL",
        description = "The accounts they see, such as 'account.owner == me'; default all.")
    private String accounts = "";

    @Option(names = "--json", description = "Answers in JSON.")
    private boolean json;

    Add(Console console) {
      super(console);
    }

    @Override
    void run(Workspace workspace, Team team) {
      Person added =
          team.people()
              .add(
                  new People.Wanted(
                      email, name == null ? email : name, Role.of(role), accounts, null));
      team.audit()
          .add(
              Audit.Actor.machine(),
              AuditAction.PERSON_ADDED,
              Map.of("of", added.email(), "after", added.role().word()));
      tell(workspace, team.links().of(added, Links.INVITATION, Audit.Actor.machine()), json);
    }
  }

  @Command(
      name = "role",
      description = "Gives somebody another role; they are signed out.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class ChangeRole extends PersonCommand {
    @Parameters(paramLabel = "EMAIL", description = "Their e-mail address.")
    private String email = "";

    @Parameters(paramLabel = "ROLE", description = ROLES)
    private String role = "";

    ChangeRole(Console console) {
      super(console);
    }

    @Override
    void run(Workspace workspace, Team team) {
      Person person = known(team, email);
      Person changed = team.people().change(person.with(Role.of(role)));
      team.audit()
          .add(
              Audit.Actor.machine(),
              AuditAction.PERSON_CHANGED,
              Map.of(
                  "of", person.email(),
                  "before", person.role().word(),
                  "after", changed.role().word()));
      console.note("%s is %s now".formatted(changed.email(), changed.role().word()));
    }
  }

  @Command(
      name = "remove",
      description = "Removes somebody, who is signed out at once.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Remove extends PersonCommand {
    @Parameters(paramLabel = "EMAIL", description = "Their e-mail address.")
    private String email = "";

    Remove(Console console) {
      super(console);
    }

    @Override
    void run(Workspace workspace, Team team) {
      Person removed = team.people().remove(known(team, email).id());
      team.audit()
          .add(
              Audit.Actor.machine(),
              AuditAction.PERSON_REMOVED,
              Map.of("of", removed.email(), "before", removed.role().word()));
      console.note("removed " + removed.email());
    }
  }

  @Command(
      name = "link",
      description =
          "Makes a link, which holds once and for 15 minutes, with which somebody chooses a new password; without an address the one of the first administrator.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Link extends PersonCommand {
    @Parameters(paramLabel = "EMAIL", arity = "0..1", description = "Their e-mail address.")
    private @Nullable String email;

    @Option(names = "--json", description = "Answers in JSON.")
    private boolean json;

    Link(Console console) {
      super(console);
    }

    @Override
    void run(Workspace workspace, Team team) {
      Links links = team.links();
      String whose = email;
      tell(
          workspace,
          whose == null
              ? links.first()
              : links.of(known(team, whose), Links.SHORT, Audit.Actor.machine()),
          json);
    }
  }
}
