package io.pulso.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.app.Server;
import io.pulso.server.app.ServerSettings;
import io.pulso.server.app.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Commands on a workspace that a server holds.
@Timeout(120)
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
              "\"rejected\",\"replay\"",
              "\"serve\"",
              "\"import\",\"%s\"".formatted(secret),
              "\"score\",\"--output\",\"%s\"".formatted(target))) {
        var body =
            (io.pulso.engine.json.Json.Obj)
                io.pulso.engine.json.JsonText.read("{\"words\":[" + words + "]}");
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
}
