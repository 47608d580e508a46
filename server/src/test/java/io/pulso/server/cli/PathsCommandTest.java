package io.pulso.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.app.Server;
import io.pulso.server.app.ServerSettings;
import io.pulso.server.app.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What sessions come to, and which ways people take, over events that can be counted by hand.
class PathsCommandTest {
  @TempDir private Path folder;
  private Path workspace = Path.of("");
  private final StringBuilder lines = new StringBuilder();
  private int ids;

  /// In Berlin, where 2026-03-29 has 23 hours.
  @BeforeEach
  void makes_a_workspace() throws IOException {
    workspace = folder.resolve("w");
    Cli.expect(0, "init", workspace, "--time-zone", "Europe/Berlin");
    page("ann", "Home", "2026-03-28T22:40:00Z", "");
    page("ann", "Prices", "2026-03-28T22:50:00Z", "");
    // Exactly half an hour, and past midnight; then a little more than half an hour.
    page("ann", "Docs", "2026-03-28T23:20:00Z", "");
    page("ann", "Home", "2026-03-28T23:50:00.001Z", "");
    page("bob", "Home", "2026-03-29T10:00:00Z", "");
    track("bob", "Time Spent", "2026-03-29T10:01:00Z", "");
    page("cid", "Home", "2026-03-29T10:00:00Z", "s1");
    page("cid", "Docs", "2026-03-29T12:00:00Z", "s1");
    track("cid", "Signed Up", "2026-03-29T12:05:00Z", "s2");
    // What a server says is no session.
    track("dan", "Invoice Paid", "2026-03-29T12:05:00Z", "");
    lines.append(
        "{\"type\":\"identify\",\"messageId\":\"i1\",\"userId\":\"eve\",\"timestamp\":\"2026-03-29T12:00:00Z\",\"traits\":{}}\n");
    Path file = folder.resolve("events.jsonl");
    Files.writeString(file, lines);
    Cli.expect(0, "import", file, "--workspace", workspace);
  }

  private void page(String who, String name, String at, String session) {
    line(who, "\"type\":\"page\",\"name\":\"" + name + "\"", at, session, "");
  }

  private void track(String who, String event, String at, String session) {
    String channel = event.equals("Invoice Paid") ? "" : "\"channel\":\"web\"";
    line(who, "\"type\":\"track\",\"event\":\"" + event + "\"", at, session, channel);
  }

  private void line(String who, String what, String at, String session, String properties) {
    String context = session.isEmpty() ? "" : "\"sessionId\":\"" + session + "\"";
    lines.append(
        "{\"messageId\":\"m%d\",\"userId\":\"%s\",%s,\"timestamp\":\"%s\",\"properties\":{%s},\"context\":{%s}}\n"
            .formatted(++ids, who, what, at, properties, context));
  }

  private String json(String... words) {
    List<Object> line = new ArrayList<>(List.of(words));
    line.addAll(
        List.of("--from", "2026-03-28", "--to", "2026-03-29", "--json", "--workspace", workspace));
    return Cli.expect(0, line.toArray()).out().strip();
  }

  @Test
  void sessions_and_what_follows_from_them_can_be_counted_by_hand() {
    assertThat(json("metric", "sessions", "--every", "day"))
        .contains(
            "\"value\":5,",
            "{\"from\":\"2026-03-28\",\"to\":\"2026-03-28\",\"value\":1,",
            "{\"from\":\"2026-03-29\",\"to\":\"2026-03-29\",\"value\":4,");
    assertThat(json("metric", "pages_per_session")).contains("\"value\":1.75,\"n\":4,");
    assertThat(json("metric", "session_duration")).contains("\"value\":1920,\"n\":5,");
    assertThat(json("metric", "session_duration.median")).contains("\"value\":0,\"n\":5,");
    assertThat(json("metric", "time_on_site")).contains("\"value\":3200,\"n\":3,");
    assertThat(json("metric", "bounce_rate")).contains("\"value\":50,\"n\":4,\"interval\":[");
    assertThat(json("metric", "exit_rate", "--by", "name"))
        .contains(
            "{\"part\":\"Home\",\"value\":50,\"n\":4,",
            "{\"part\":\"Docs\",\"value\":100,\"n\":2,",
            "{\"part\":\"Prices\",\"value\":0,\"n\":1,");
  }

  @Test
  void a_server_makes_the_sessions_of_an_import_after_its_start() throws Exception {
    assertThat(sessions()).isZero();
    // It makes them beside its other work, unless it is stopped before.
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (sessions() == 0 && System.nanoTime() < end) {
      new Server(
              Workspace.open(workspace),
              ServerSettings.of(Map.of("port", "0"), Map.of()),
              Clock.systemUTC())
          .close();
    }
    assertThat(sessions()).isEqualTo(5);
  }

  private long sessions() throws SQLException {
    try (var db =
            DriverManager.getConnection("jdbc:duckdb:" + workspace.resolve("data/pulso.duckdb"));
        var statement = db.createStatement();
        var found = statement.executeQuery("SELECT COUNT(*) FROM session")) {
      found.next();
      return found.getLong(1);
    }
  }

  @Test
  void another_pause_makes_other_sessions() throws IOException {
    Files.writeString(
        workspace.resolve("pulso.yaml"), "time_zone: Europe/Berlin\nsession_minutes: 31\n");
    assertThat(json("metric", "sessions")).contains("\"value\":4,");
  }

  @Test
  void ways_come_by_the_sessions_that_take_them() {
    String told = json("paths", "--length", "2");
    assertThat(told)
        .contains(
            "\"sessions\":5,\"different\":3,",
            "{\"steps\":[{\"type\":\"page\",\"text\":\"Home\"},{\"type\":\"page\",\"text\":\"Docs\"}],\"sessions\":1,\"share\":20}",
            "{\"page\":\"Home\",\"views\":4,\"entries\":4,\"exits\":2,\"exit_rate\":50}",
            "{\"level\":0,\"type\":\"page\",\"text\":\"Home\",\"sessions\":4}",
            "{\"level\":1,\"type\":\"end\",\"text\":null,\"sessions\":3}");
    assertThat(json("paths", "--length", "2", "--end", "Docs"))
        .contains(
            "\"different\":2,",
            "{\"level\":1,\"type\":\"page\",\"text\":\"Prices\",\"sessions\":1}")
        .doesNotContain("\"type\":\"end\"");
    assertThat(
            Cli.expect(
                    0,
                    "paths",
                    "--from",
                    "2026-03-28",
                    "--to",
                    "2026-03-29",
                    "--length",
                    "3",
                    "--workspace",
                    workspace)
                .out())
        .contains("Home  →  Prices  →  Docs", "exit rate");
    assertThat(Cli.expect(2, "paths", "--length", "6", "--workspace", workspace).err())
        .contains("--length is from 2 to 5");
  }
}
