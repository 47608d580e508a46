package io.pulso.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.app.Server;
import io.pulso.server.app.ServerSettings;
import io.pulso.server.app.Workspace;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualityCommandTest {
  private static final String RULES =
      """
      internal: {domains: [own.com]}
      """;

  @TempDir private Path folder;

  private static Shop shop(Path folder) {
    Shop shop = Shop.open(folder);
    shop.track("x@own.com", "Invite Sent", "2026-03-16T09:00:00Z", "");
    shop.track("x@own.com", "Invite Sent", "2026-03-17T09:00:00Z", "");
    shop.load();
    return shop;
  }

  private static String scores(Shop shop) {
    Path file = shop.folder.resolve("scores.csv");
    shop.run(0, "score", "--as-of", "2026-03-18", "--output", file);
    return Cli.read(file);
  }

  @Test
  void rules_are_shown_applied_and_readmitted_on_the_command_line() {
    Shop shop = shop(folder);
    String before = scores(shop);
    assertThat(before).contains("x@own.com,");
    assertThat(shop.run(0, "quality").out()).contains("bots", "mail_scanners", "internal", "off");
    Cli.write(shop.workspace.resolve("quality.yaml"), RULES);
    assertThat(shop.run(0, "quality").err()).contains("`pulso quality apply`");
    assertThat(shop.run(0, "quality", "apply").err()).contains("2 verdicts changed");
    assertThat(shop.run(0, "quality", "apply", "--json").out()).contains("{\"changed\":0}");
    assertThat(scores(shop)).doesNotContain("x@own.com").contains("ann,");
    assertThat(shop.run(0, "verify").out()).doesNotContain("differ");
    Cli listed = shop.run(0, "quality", "excluded", "--rule", "internal", "--limit", "1");
    assertThat(listed.out()).contains("internal", "x@own.com", "Invite Sent", "2026-03-17");
    assertThat(listed.err()).contains("--cursor ");
    String cursor = listed.err().replaceAll("(?s).*--cursor (\\S+).*", "$1");
    assertThat(shop.run(0, "quality", "excluded", "--cursor", cursor, "--json").out())
        .contains("2026-03-16", "\"next_cursor\":null")
        .doesNotContain("2026-03-17");
    assertThat(shop.run(0, "quality", "readmit", "x@own.com", "--note", "a tester").err())
        .contains("let in as number 1: 2 verdicts changed");
    assertThat(scores(shop)).isEqualTo(before);
    assertThat(shop.run(0, "quality", "readmitted").out()).contains("x@own.com", "a tester", "all");
    assertThat(shop.run(0, "quality", "remove", "1").err()).contains("2 verdicts changed");
    assertThat(scores(shop)).doesNotContain("x@own.com");
    assertThat(shop.run(0, "quality", "sweep").err()).contains("removed 0 copies");
  }

  @Test
  void an_import_judges_by_the_rules_as_they_are() {
    Shop shop = shop(folder);
    Cli.write(shop.workspace.resolve("quality.yaml"), RULES);
    shop.track("y@own.com", "Invite Sent", "2026-03-16T09:00:00Z", "");
    shop.load();
    assertThat(shop.run(0, "quality", "--json").out())
        .contains("\"applied\":true", "\"excluded\":3");
  }

  @Test
  void what_is_misused_says_what_to_do() {
    Shop shop = Shop.open(folder);
    assertThat(shop.run(2, "quality", "excluded", "--rule", "bot").err())
        .contains("did you mean 'bots'?");
    assertThat(shop.run(2, "quality", "readmit").err()).contains("say whose records");
    assertThat(shop.run(2, "quality", "readmit", "nobody").err())
        .contains("no stored record has the id 'nobody'");
    assertThat(shop.run(2, "quality", "remove").err()).contains("pulso quality readmitted");
    assertThat(shop.run(2, "quality", "remove", "7").err()).contains("there is no readmission 7");
    assertThat(shop.run(2, "quality", "excluded", "--cursor", "x").err()).contains("next_cursor");
    Cli.write(shop.workspace.resolve("quality.yaml"), "bot: true\n");
    assertThat(shop.run(2, "quality").err())
        .contains("quality.yaml:1: unknown field 'bot'; did you mean 'bots'?");
  }

  @Test
  void a_workspace_that_a_server_holds_is_asked_there() {
    Shop shop = shop(folder);
    Workspace workspace = Workspace.open(shop.workspace);
    ServerSettings settings = ServerSettings.of(Map.of("port", "0"), Map.of());
    try (Server server =
        new Server(workspace, settings, Clock.systemUTC(), new HeldCommands(workspace))) {
      assertThat(server.port()).isPositive();
      assertThat(shop.run(0, "quality", "--json").out()).contains("\"rule\":\"bots\"");
      Cli.write(shop.workspace.resolve("quality.yaml"), RULES);
      assertThat(shop.run(0, "quality", "apply").err()).contains("2 verdicts changed");
      assertThat(shop.run(0, "quality", "excluded", "--customer", "x@own.com").out())
          .contains("Invite Sent");
      assertThat(shop.run(0, "quality", "readmit", "--message", "m8", "--rule", "internal").err())
          .contains("1 verdict changed");
      assertThat(shop.run(0, "quality", "readmitted", "--json").out())
          .contains("\"message_id\":\"m8\"", "\"rule\":\"internal\"");
      assertThat(shop.run(0, "quality", "remove", "1", "--json").out()).contains("\"changed\":1");
      assertThat(shop.run(0, "quality", "sweep", "--json").out()).contains("{\"removed\":0}");
      assertThat(shop.run(2, "quality", "readmit", "nobody").err())
          .contains("no stored record has the id 'nobody'");
    }
  }

  @Test
  void a_silent_source_is_said_beside_the_scores() {
    Shop shop = Shop.open(folder);
    Cli text = shop.run(0, "score", "--as-of", "2026-03-25");
    assertThat(text.out()).contains("Coverage 0.0 %", "silent now: files");
    assertThat(shop.run(0, "score", "--as-of", "2026-03-25", "--json").out())
        .contains("\"coverage\":0,\"silent_sources\":[\"files\"]");
    assertThat(shop.run(0, "explain", "ann", "--to", "2026-03-18", "--json").out())
        .doesNotContain("coverage");
    assertThat(shop.run(0, "explain", "ann", "--to", "2026-03-25").out())
        .contains("Coverage 0.0 %");
    assertThat(shop.run(0, "score", "--as-of", "2026-03-18").out()).doesNotContain("Coverage");
  }
}
