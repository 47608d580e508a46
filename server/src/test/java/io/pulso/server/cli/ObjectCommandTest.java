package io.pulso.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.app.Server;
import io.pulso.server.app.ServerSettings;
import io.pulso.server.app.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `pulso object` on a closed workspace and through a server, and what other commands say then.
class ObjectCommandTest {
  @TempDir private Path folder;
  private Path workspace = Path.of("");

  @BeforeEach
  void make_a_workspace() {
    workspace = folder.resolve("w");
    Cli.expect(0, "init", workspace);
    Cli.write(
        workspace.resolve("models/product.yaml"),
        "name: product\nactivities:\n  - {name: logins, match: event == \"Login\", points: 5}\n");
    Path csv = folder.resolve("events.csv");
    Cli.write(
        csv,
        "user_id,event,timestamp\nann,Login,2026-03-30T10:00:00Z\nbob,Login,2026-03-31T10:00:00Z\n");
    Cli.expect(0, "import", csv, "--source", "shop", "--workspace", workspace);
  }

  private Cli expect(int status, Object... args) {
    Object[] all = Arrays.copyOf(args, args.length + 2);
    all[args.length] = "--workspace";
    all[args.length + 1] = workspace;
    return Cli.expect(status, all);
  }

  private void everything() {
    assertThat(expect(0, "object").err()).contains("nobody objected");
    assertThat(expect(0, "object", "ann", "--note", "by mail").err())
        .contains("ann is kept out of scores since 20");
    assertThat(expect(0, "object").out()).contains("  ann  by mail\n");
    assertThat(expect(0, "object", "--json").out())
        .contains("\"id\":\"ann\"", "\"customer\":\"ann\"", "\"note\":\"by mail\"");
    for (String command : new String[] {"explain", "history", "next"}) {
      Cli refused = expect(2, command, "ann");
      assertThat(refused.err())
          .contains("customer 'ann' objected to being scored on 20", "`pulso object --undo ann`");
      assertThat(refused.out()).isEmpty();
    }
    assertThat(expect(0, "score", "--as-of", "2026-03-31").out())
        .contains("1 customers", "1 without a score: they objected to it");
    assertThat(expect(0, "score", "--as-of", "2026-03-31", "--json").out())
        .contains("\"subjects\":1", "\"objected\":1");
    Path file = folder.resolve("scores.csv");
    assertThat(expect(0, "score", "--as-of", "2026-03-31", "--output", file).err())
        .contains("1 objected to being scored and is left out");
    assertThat(Cli.read(file)).contains("\nbob,").doesNotContain("ann");
    Cli exported = expect(0, "export", "scores", "--as-of", "2026-03-31");
    assertThat(exported.err()).contains("1 objected to being scored and is left out");
    assertThat(exported.out()).contains("\nbob,").doesNotContain("ann");
    assertThat(expect(0, "export", "customers").out())
        .contains("\"customer\":\"ann\"", "\"processing\":\"objected\"")
        .contains("\"processing\":\"normal\"");
    expect(0, "verify");
    assertThat(expect(0, "object", "--undo", "ann").err()).contains("ann is scored again");
    assertThat(expect(0, "explain", "ann").out()).contains("logins");
    assertThat(expect(0, "score", "--as-of", "2026-03-31").out())
        .contains("2 customers")
        .doesNotContain("objected");
  }

  @Test
  void somebody_is_kept_out_and_let_in_again_on_a_closed_workspace() {
    everything();
    assertThat(expect(0, "explain-sql", "--as-of", "2026-03-31").out()).doesNotContain("objection");
    expect(0, "object", "ann");
    assertThat(expect(0, "explain-sql", "--as-of", "2026-03-31").out())
        .contains("FROM objection o");
  }

  @Test
  void somebody_is_kept_out_and_let_in_again_through_a_server() {
    Workspace opened = Workspace.open(workspace);
    ServerSettings settings = ServerSettings.of(Map.of("port", "0"), Map.of());
    try (Server server =
        new Server(opened, settings, Clock.systemUTC(), new HeldCommands(opened))) {
      assertThat(server.port()).isPositive();
      everything();
    }
  }

  @Test
  void what_makes_no_sense_is_refused() {
    assertThat(expect(2, "object", "nobody").err()).contains("there is no customer 'nobody'");
    assertThat(expect(2, "object", "--undo").err()).contains("name a person: `pulso object ID`");
    assertThat(expect(2, "object", "ann", "--undo", "--note", "x").err())
        .contains("--note goes with an objection");
    assertThat(expect(2, "object", "ann", "--note", "x".repeat(501)).err())
        .contains("at most 500 characters");
    assertThat(Files.exists(workspace.resolve("data"))).isTrue();
  }
}
