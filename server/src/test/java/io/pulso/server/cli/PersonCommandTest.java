package io.pulso.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.app.Server;
import io.pulso.server.app.ServerSettings;
import io.pulso.server.app.Teams;
import io.pulso.server.app.Workspace;
import io.pulso.server.people.Person;
import io.pulso.server.people.Role;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// People on the command line, beside a server.
@Timeout(120)
class PersonCommandTest {
  private static final String PASSWORD = "correct horse battery";

  @TempDir private Path folder;

  private Server serve() {
    Workspace held = Workspace.open(folder.resolve("w"));
    return new Server(
        held,
        ServerSettings.of(Map.of("port", "0"), Map.of()),
        Clock.systemUTC(),
        new HeldCommands(held));
  }

  private Cli person(int status, Object... words) {
    Object[] all = new Object[words.length + 3];
    all[0] = "person";
    System.arraycopy(words, 0, all, 1, words.length);
    all[words.length + 1] = "--workspace";
    all[words.length + 2] = folder.resolve("w");
    return Cli.expect(status, all);
  }

  private static String value(String link) {
    return link.substring(link.lastIndexOf('/') + 1).strip();
  }

  @Test
  void links_let_people_in_and_back_in_and_what_is_changed_holds_at_once() throws Exception {
    Cli.expect(0, "init", folder.resolve("w"));
    try (Server server = serve();
        HttpClient client = HttpClient.newHttpClient()) {
      String first = person(0, "link").out().strip();
      HttpResponse<String> page =
          client.send(
              HttpRequest.newBuilder(URI.create(first)).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(page.statusCode()).isEqualTo(200);
      String ann =
          person(0, "add", "ann@example.org", "--role", "admin", "--name", "Ann").out().strip();
      var in = server.team().links().choose(value(ann), PASSWORD, "127.0.0.1");
      assertThat(in.session().person().role()).isEqualTo(Role.ADMIN);
      assertThat(server.team().links().find(value(first)))
          .as("there is an administrator now")
          .isNull();
      assertThat(person(2, "link").err()).contains("pulso person link EMAIL");
      String bob = person(0, "add", "bob@example.org", "--role", "viewer").out().strip();
      var bobIn = server.team().links().choose(value(bob), PASSWORD, "127.0.0.1");
      person(0, "role", "bob@example.org", "manager");
      assertThat(server.sessions().find(bobIn.cookieValue())).as("signed out").isNull();
      Person now = Objects.requireNonNull(server.people().byEmail("bob@example.org"));
      assertThat(now.role()).isEqualTo(Role.MANAGER);
      assertThat(person(2, "remove", "ann@example.org").err()).contains("only administrator");
      String back = person(0, "link", "ann@example.org").out().strip();
      assertThat(server.team().links().find(value(back))).isNotNull();
      person(0, "remove", "bob@example.org");
      assertThat(server.people().byEmail("bob@example.org")).isNull();
      assertThat(person(0, "list").out()).contains("ann@example.org").doesNotContain("bob@");
      assertThat(server.team().audit().check().broken()).isNull();
    }
    try (Server server = serve()) {
      assertThat(server.welcome()).isNull();
      assertThat(Teams.firstFile(Workspace.open(folder.resolve("w")))).doesNotExist();
    }
  }

  @Test
  void a_restored_backup_has_its_people_and_none_of_their_sessions() {
    Cli.expect(0, "init", folder.resolve("w"));
    String cookie;
    try (Server server = serve()) {
      String ann = person(0, "add", "ann@example.org", "--role", "admin").out().strip();
      cookie = server.team().links().choose(value(ann), PASSWORD, "127.0.0.1").cookieValue();
      person(0, "add", "bob@example.org", "--role", "viewer");
    }
    Path backup = folder.resolve("backup.zip");
    Cli.expect(0, "backup", backup, "--workspace", folder.resolve("w"));
    try (Server server = serve()) {
      assertThat(server.sessions().find(cookie)).as("a restart ends none").isNotNull();
    }
    Cli.expect(0, "restore", backup, "--workspace", folder.resolve("w"), "--replace");
    try (Server server = serve()) {
      assertThat(server.people().list()).hasSize(2);
      assertThat(server.sessions().find(cookie)).isNull();
      assertThat(server.team().audit().check().broken()).isNull();
      assertThat(server.team().audit().check().entries()).isGreaterThan(3);
    }
  }
}
