package io.pulso.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonText;
import io.pulso.server.app.Server;
import io.pulso.server.app.ServerSettings;
import io.pulso.server.app.Workspace;
import io.pulso.server.event.InputException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Commands on a workspace that a server holds.
@Timeout(180)
class ThroughServerTest {
  private static final String PRODUCT =
      """
      name: product
      activities:
        - {name: logins, match: event == "Login", points: 5}
        - {name: paid, match: event == "Paid", unit: value, points: 1}
      """;

  @TempDir private Path folder;
  private Path workspace = Path.of("");

  @BeforeEach
  void fill() throws IOException {
    workspace = folder.resolve("shop");
    Cli.expect(0, "init", workspace);
    for (Path sample : models()) {
      Files.delete(sample);
    }
    Cli.write(workspace.resolve("models/product.yaml"), PRODUCT);
    StringBuilder csv = new StringBuilder("user_id,event,timestamp,value\n");
    for (int i = 0; i < 60; i++) {
      csv.append(
          "\"p, \u00e4%02d\",%s,2026-03-%02dT12:00:00Z,%d\n"
              .formatted(i % 20, i % 3 == 0 ? "Login" : "Paid", 1 + i % 28, i));
    }
    csv.append(",Login,2026-03-01T00:00:00Z,1\n");
    Cli.expect(
        1,
        "import",
        Cli.write(folder.resolve("orders.csv"), csv.toString()),
        "--workspace",
        workspace);
    Cli.expect(
        0,
        "model",
        "publish",
        workspace.resolve("models/product.yaml"),
        "--note",
        "first",
        "--workspace",
        workspace);
  }

  private List<Path> models() throws IOException {
    try (var files = Files.list(workspace.resolve("models"))) {
      return files.toList();
    }
  }

  private Server serve() {
    Workspace held = Workspace.open(workspace);
    ServerSettings settings = ServerSettings.of(Map.of("port", "0"), Map.of());
    return new Server(held, settings, Clock.systemUTC(), new HeldCommands(held));
  }

  private Cli run(String command) {
    List<Object> words = new ArrayList<>(List.of(command.split(" ")));
    words.replaceAll(word -> word.equals("WHO") ? "p, \u00e401" : word);
    words.add("--workspace");
    words.add(workspace);
    return Cli.run(words.toArray());
  }

  private List<Cli> all() {
    return List.of(
            "score --as-of 2026-03-31",
            "score --as-of 2026-03-31 --json",
            "score --as-of 2026-03-31 --model "
                + workspace.resolve("models/product.yaml")
                + " --json",
            "score --model nonsense",
            "score --as-of yesterday",
            "score --nonsense",
            "explain WHO --to 2026-03-31",
            "explain WHO --to 2026-03-31 --json",
            "explain nobody",
            "history WHO --from 2026-03-01 --to 2026-03-31",
            "history --from 2026-03-30 --to 2026-03-31 --json",
            "next WHO --as-of 2026-03-31",
            "next WHO --as-of 2026-03-31 --json",
            "rejected",
            "rejected --json",
            "export events",
            "export customers",
            "model versions --json",
            "model list",
            "verify --json")
        .stream()
        .map(this::run)
        .toList();
  }

  @Test
  void a_command_says_the_same_with_and_without_a_server() {
    List<Cli> without = all();
    try (Server server = serve()) {
      assertThat(server.port()).isPositive();
      List<Cli> with = all();
      for (int i = 0; i < with.size(); i++) {
        assertThat(with.get(i)).isEqualTo(without.get(i));
      }
    }
  }

  @Test
  void files_are_the_same_to_the_last_byte() throws IOException {
    for (String command :
        List.of(
            "score --as-of 2026-03-31",
            "history --from 2026-03-30 --to 2026-03-31",
            "export scores --as-of 2026-03-31")) {
      for (String ending : List.of("csv", "json")) {
        Path file = folder.resolve("out." + ending);
        assertThat(run(command + " --output " + file).status()).isZero();
        byte[] without = Files.readAllBytes(file);
        Files.delete(file);
        try (Server server = serve()) {
          assertThat(server.port()).isPositive();
          Cli with = run(command + " --output " + file);
          assertThat(with.status()).as(with.err()).isZero();
          assertThat(with.err()).contains(file.toString());
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(without);
        Files.delete(file);
      }
    }
    try (Server server = serve()) {
      assertThat(server.port()).isPositive();
      Path file = folder.resolve("x.parquet");
      assertThat(run("score --output " + file).status()).isZero();
      assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
          .startsWith("PAR1");
    }
  }

  @Test
  void an_import_goes_through_the_server_with_the_same_counts() {
    Path more =
        Cli.write(
            folder.resolve("more.csv"), "who;event;at\nann;Login;2026-03-30\nann;Login;never\n");
    String command =
        "import " + more + " --json --source more --delimiter ; --map customer=who --map time=at";
    try (Server server = serve()) {
      assertThat(server.port()).isPositive();
      Cli first = run(command);
      assertThat(first.out())
          .isEqualTo(
              "{\"read\":2,\"stored\":1,\"duplicates\":0,\"rejected\":{\"bad_timestamp\":1}}\n");
      assertThat(first.status()).isEqualTo(1);
      assertThat(run("export events --source more").out()).contains("\"userId\":\"ann\"");
    }
    Cli again = run(command);
    assertThat(again.out())
        .isEqualTo(
            "{\"read\":2,\"stored\":0,\"duplicates\":1,\"rejected\":{\"bad_timestamp\":1}}\n");
  }

  @Test
  void a_command_of_another_process_reads_and_writes_no_files_of_the_server() throws Exception {
    Path secret = Cli.write(folder.resolve("secret.yaml"), PRODUCT.replace("product", "secret"));
    Path target = folder.resolve("target.csv");
    Workspace held = Workspace.open(workspace);
    try (Server server = serve()) {
      Remote remote = Remote.of(held).orElseThrow();
      for (String words :
          List.of(
              "\"score\",\"--model\",\"%s\"".formatted(secret),
              "\"score\",\"@%s\"".formatted(secret),
              "\"model\",\"publish\",\"%s\"".formatted(secret),
              "\"model\",\"whatif\",\"%s\"".formatted(secret),
              "\"rejected\",\"replay\",\"--map\",\"%s\"".formatted(secret),
              "\"backup\",\"%s\"".formatted(target),
              "\"score\",\"--help\"",
              "\"serve\"",
              "\"import\",\"%s\"".formatted(secret),
              "\"score\",\"--output\",\"%s\"".formatted(target))) {
        var body = (Json.Obj) JsonText.read("{\"words\":[" + words + "]}");
        try (var lines = remote.lines("/api/v1/commands", body)) {
          List<String> told = lines.lines().toList();
          assertThat(told.getLast())
              .as(words)
              .isEqualTo(words.contains("--output") ? "s 0" : "s 2");
        }
      }
      assertThat(target).doesNotExist();
      assertThat(server.port()).isPositive();
    }
  }

  private static final String ZOE = "zoe%40own.com";

  /// Today's score, or why there is none.
  private static String score(Remote remote, String id) {
    try {
      return JsonText.write(
          remote.ask("GET", "/api/v1/customers/" + id + "/score", new Json.Null()));
    } catch (InputException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /// Sends an event as an SDK does, and waits until it counts.
  private void send(Server server, Remote remote) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/v1/track".formatted(server.port())))
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString(
                            (server.key("web") + ":").getBytes(StandardCharsets.US_ASCII)))
            .POST(HttpRequest.BodyPublishers.ofString("{\"userId\":\"ann\",\"event\":\"Login\"}"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
    }
    String before = shown(remote);
    for (int i = 0; i < 200 && !before.contains("\"ann\""); i++) {
      before = shown(remote);
    }
    assertThat(before).contains("\"ann\"");
  }

  /// All customers with their scores; empty while there is nobody.
  private static String shown(Remote remote) {
    return JsonText.write(remote.ask("GET", "/api/v1/customers?limit=100", new Json.Null()));
  }

  @Test
  void a_score_read_right_after_a_command_is_the_new_one() throws Exception {
    Workspace held = Workspace.open(workspace);
    String today = LocalDate.now(ZoneOffset.UTC).toString();
    Path bad =
        Cli.write(
            folder.resolve("bad.csv"),
            "user_id,event,timestamp\nann,Login,%1$s_at_00:00\nzoe@own.com,Paid,%1$s_at_00:00\n"
                .formatted(today));
    Cli.write(folder.resolve("next.yaml"), PRODUCT.replace("points: 5", "points: 50"));
    Cli.write(folder.resolve("last.yaml"), PRODUCT.replace("\"Login\"", "\"Paid\""));
    try (Server server = serve()) {
      Remote remote = Remote.of(held).orElseThrow();
      assertThat(run("import " + bad).status()).isEqualTo(1);
      send(server, remote);
      assertThat(score(remote, "ann")).contains("\"version\":\"1\"", "\"score\":5,");

      Cli replayed =
          run(
              "rejected replay --reason bad_timestamp --json --zone UTC --time-format yyyy-MM-dd'_at_'HH:mm");
      assertThat(replayed.out()).contains("\"stored\":2");
      assertThat(score(remote, "ann")).contains("\"score\":10,");
      assertThat(score(remote, ZOE)).contains("\"score\":0,");

      run("model publish " + folder.resolve("next.yaml"));
      assertThat(score(remote, "ann")).contains("\"version\":\"2\"", "\"score\":100,");

      run("model publish " + folder.resolve("last.yaml"));
      assertThat(score(remote, "ann")).contains("\"version\":\"3\"", "\"score\":0,");
      assertThat(score(remote, ZOE)).contains("\"score\":5,");
      assertThat(run("verify").out()).contains("every digit agrees");

      Cli.write(workspace.resolve("quality.yaml"), "internal: {domains: [own.com]}\n");
      assertThat(run("quality apply").err()).contains("1 verdict changed");
      assertThat(score(remote, ZOE)).contains("there is no customer");
      run("quality readmit zoe@own.com");
      assertThat(score(remote, ZOE)).contains("\"score\":5,");
      assertThat(run("rebuild").status()).isZero();
      assertThat(score(remote, ZOE)).contains("\"score\":5,");
    }
    assertThat(run("verify").out()).contains("every digit agrees");
  }

  @Test
  void more_commands_than_run_at_once_wait_for_each_other() throws Exception {
    try (Server server = serve();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(server.port()).isPositive();
      List<Future<Cli>> started = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        started.add(threads.submit(() -> run("model versions --json")));
      }
      for (Future<Cli> each : started) {
        assertThat(each.get().status()).as(each.get().err()).isZero();
      }
    }
  }

  @Test
  void a_publication_carries_the_name_of_its_caller() throws Exception {
    Workspace held = Workspace.open(workspace);
    try (Server server = serve()) {
      assertThat(server.port()).isPositive();
      String body =
          "{\"words\":[\"model\",\"publish\",\"x.yaml\"],\"user\":\"eva\",\"files\":{\"x.yaml\":%s}}"
              .formatted(JsonText.write(new Json.Str(PRODUCT.replace("5", "6"))));
      try (var lines =
          Remote.of(held).orElseThrow().lines("/api/v1/commands", (Json.Obj) JsonText.read(body))) {
        assertThat(lines.lines().toList().getLast()).isEqualTo("s 0");
      }
      assertThat(run("model versions --json").out()).contains("\"author\":\"eva\"");
    }
  }
}
