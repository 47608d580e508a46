package io.pulso.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
  private static final String ORDERS =
      """
      who,what,when,paid
      ann,Order Completed,2026-03-01 10:00:00,12.5
      ,Order Completed,2026-03-01 11:00:00,1
      bob,Order Completed,2026-03-02 11:00:00,7
      """;

  @TempDir private Path folder;
  private Path workspace = Path.of("");
  private Path orders = Path.of("");

  @BeforeEach
  void make_a_workspace() {
    workspace = folder.resolve("w");
    Cli.expect(0, "init", workspace, "--time-zone", "Europe/Berlin");
    orders = Cli.write(folder.resolve("orders.csv"), ORDERS);
  }

  private Cli load(int status, Object... more) {
    return Cli.expect(
        status,
        Stream.concat(Stream.of("import", "--workspace", workspace), Stream.of(more)).toArray());
  }

  private Cli mapped(int status, Object... more) {
    return load(
        status,
        Stream.concat(
                Stream.of(
                    orders,
                    "--map",
                    "customer=who",
                    "--map",
                    "event=what",
                    "--map",
                    "time=when",
                    "--map",
                    "value=double(row.paid)"),
                Stream.of(more))
            .toArray());
  }

  @Test
  void counts_are_exact_and_rejected_rows_give_status_1() {
    assertThat(mapped(1, "--json").out())
        .isEqualTo("{\"read\":3,\"stored\":2,\"duplicates\":0,\"rejected\":{\"no_id\":1}}\n");
    assertThat(mapped(1, "--json").out())
        .isEqualTo("{\"read\":3,\"stored\":0,\"duplicates\":2,\"rejected\":{\"no_id\":1}}\n");
  }

  @Test
  void a_large_parquet_file_is_imported_wherever_it_lies() throws SQLException, IOException {
    Path there = Files.createDirectories(folder.resolve("it's [odd] *"));
    String select =
        "SELECT 'c' || i % 99 AS customer, 'Login' AS event, TIMESTAMPTZ '2026-03-01 00:00:00+00' + to_seconds(i) AS time,"
            + " uuid()::VARCHAR AS message_id FROM range(60000) t(i)";
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      String file = there.resolve("a?[1].parquet").toString().replace("'", "''");
      statement.execute("COPY (" + select + ") TO '" + file + "' (FORMAT parquet)");
    }
    Path around = there.resolve("..").resolve(there.getFileName());
    assertThat(load(0, around, "--json").out())
        .isEqualTo("{\"read\":60000,\"stored\":60000,\"duplicates\":0,\"rejected\":{}}\n");
    Path link =
        Files.createSymbolicLink(folder.resolve("link.parquet"), there.resolve("a?[1].parquet"));
    assertThat(load(0, link, "--json").out())
        .isEqualTo("{\"read\":60000,\"stored\":0,\"duplicates\":60000,\"rejected\":{}}\n");
  }

  @Test
  void a_mapping_may_stand_in_a_file() {
    Path map =
        Cli.write(
            folder.resolve("map.yaml"),
            "map:\n  customer: who\n  event: what\n  time: when\n  value: double(row.paid)\n");
    assertThat(load(1, orders, "--map", map, "--json").out()).contains("\"stored\":2");
    assertThat(Cli.expect(0, "export", "events", "--workspace", workspace).out())
        .contains("\"timestamp\":\"2026-03-01T09:00:00Z\"")
        .contains("\"value\":12.5");
  }

  @Test
  void a_dry_run_stores_nothing_and_shows_what_it_would() {
    Cli ran = mapped(1, "--dry-run");
    assertThat(ran.err()).contains("customer ← who").contains("nothing was stored");
    assertThat(ran.out())
        .contains("track Order Completed  customer ann  2026-03-01T09:00:00Z")
        .contains("orders.csv:3: no_id");
    assertThat(workspace.resolve("data")).doesNotExist();
  }

  @Test
  void standard_input_is_a_file_too() {
    InputStream before = System.in;
    String line = "{\"userId\":\"ann\",\"event\":\"E\",\"timestamp\":\"2026-03-01T00:00:00Z\"}\n";
    try {
      System.setIn(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)));
      assertThat(load(0, "-", "--format", "segment", "--json").out()).contains("\"stored\":1");
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void a_broken_model_does_not_stop_an_import() {
    Cli.write(workspace.resolve("models/bad.yaml"), "name: bad\nactivitis: []\n");
    assertThat(mapped(1).err()).contains("bad.yaml:1").contains("without this model");
  }

  @Test
  void rejected_rows_are_listed_and_replayed_after_a_fix() {
    mapped(1);
    Cli list = Cli.expect(0, "rejected", "--workspace", workspace);
    assertThat(list.out()).contains("no_id").contains("orders.csv:3").contains(",Order Completed");
    Cli again =
        Cli.expect(
            0,
            "rejected",
            "replay",
            "--workspace",
            workspace,
            "--reason",
            "no_id",
            "--json",
            "--map",
            "anonymous_id=\"nobody\"",
            "--map",
            "event=what",
            "--map",
            "time=when");
    assertThat(again.out()).contains("\"read\":1,\"stored\":1");
    assertThat(Cli.expect(0, "rejected", "--workspace", workspace).out()).isEmpty();
    assertThat(Cli.expect(2, "rejected", "--workspace", workspace, "--reason", "noid").err())
        .contains("no_id");
  }

  @Test
  void what_the_user_can_mend_has_status_2_and_no_stack_trace() {
    for (Object[] args :
        new Object[][] {
          {},
          {folder.resolve("missing.csv")},
          {orders, "--map", "customer"},
          {orders, "--map", "customer=nobody_has_this"},
          {orders, "--map", "gone.yaml"},
          {orders, "--format", "xls"},
          {orders, "--as", "evnts"},
          {orders, "--zone", "Mars/Olympus"},
          {orders, "--delimiter", "ab"},
          {orders, "--wrong"}
        }) {
      Cli ran = load(2, args);
      assertThat(ran.err()).isNotBlank().doesNotContain("\tat ").doesNotContain("internal");
    }
  }

  @Test
  void an_export_of_events_imports_again_to_the_same() throws IOException {
    Path events =
        Cli.write(
            folder.resolve("events.jsonl"),
            """
            {"type":"track","messageId":"m1","userId":"ann","anonymousId":"x","event":"Order Completed","timestamp":"2026-03-01T10:00:00.123456Z","receivedAt":"2026-03-01T10:00:09Z","properties":{"total":12.50,"channel":"pos","a\\"b":[1,null,"é\\u0000"]},"context":{"groupId":"acme"}}
            {"type":"page","userId":"ann","name":"Home","timestamp":"2026-03-02T10:00:00Z"}
            {"type":"screen","anonymousId":"y","name":"Start","timestamp":"2026-03-02T10:00:00Z"}
            {"type":"identify","userId":"ann","anonymousId":"z","traits":{"plan":"pro","old":null},"timestamp":"2026-03-02T10:00:00Z"}
            {"type":"group","userId":"ann","groupId":"acme","traits":{"seats":5},"timestamp":"2026-03-02T11:00:00Z"}
            {"type":"alias","userId":"ann","previousId":"old","timestamp":"2026-03-02T12:00:00Z"}
            {"type":"track","event":"Campaign Cost","properties":{"value":5},"timestamp":"2026-03-02T12:00:00Z"}
            """);
    load(0, events, "--channel", "kiosk");
    Path accounts = Cli.write(folder.resolve("accounts.csv"), "account,seats\nacme,7\nother,2\n");
    load(
        0, accounts, "--as", "accounts", "--map", "account=account", "--map", "traits.seats=seats");
    mapped(1, "--map", "account=\"acme\"", "--map", "channel=\"shop\"");
    Path first = folder.resolve("first.jsonl");
    Cli.expect(0, "export", "events", "--workspace", workspace, "--output", first);
    Path second = folder.resolve("second");
    Cli.expect(0, "init", second, "--time-zone", "Europe/Berlin");
    Cli.expect(0, "import", first, "--workspace", second);
    Path again = folder.resolve("again.jsonl");
    Cli.expect(0, "export", "events", "--workspace", second, "--output", again);
    assertThat(sorted(again)).isEqualTo(sorted(first)).hasSize(11).doesNotHaveDuplicates();
    for (String what : new String[] {"customers", "accounts"}) {
      String before = Cli.expect(0, "export", what, "--workspace", workspace).out();
      assertThat(Cli.expect(0, "export", what, "--workspace", second).out()).isEqualTo(before);
    }
  }

  private static java.util.List<String> sorted(Path file) throws IOException {
    return Files.readAllLines(file).stream().sorted().toList();
  }
}
