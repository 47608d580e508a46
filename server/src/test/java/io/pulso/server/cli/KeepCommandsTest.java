package io.pulso.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `pulso backup`, `restore` and `forget`, on a closed workspace and through a server.
class KeepCommandsTest {
  private static final String MARK = "Zq7marker";
  private static final String KEY = "a-key-of-my-own";
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir private Path folder;
  private Path workspace = Path.of("");
  private Path backup = Path.of("");

  @BeforeEach
  void make_a_workspace() {
    workspace = folder.resolve("w");
    backup = folder.resolve("b.zip");
    Cli.expect(0, "init", workspace);
    Cli.write(
        workspace.resolve("models/product.yaml"),
        "name: product\nactivities:\n  - {name: logins, match: event == \"Login\", points: 5}\n");
    Cli.expect(0, "key", "create", "--source", "web", "--value", KEY, "--workspace", workspace);
  }

  private void serve(Work work) throws Exception {
    Served.run(workspace, work);
  }

  private static int send(String url, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer " + KEY)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  private static void sendAll(String url) throws Exception {
    String text = "{\"x\":\"" + MARK + "-text\"}";
    for (String call :
        List.of(
            "track {'userId':'%1$s-user','anonymousId':'%1$s-device','event':'%1$s Done','messageId':'%1$s-m','properties':%2$s,'context':%2$s}",
            "identify {'userId':'%1$s-user','traits':%2$s,'messageId':'i'}",
            "group {'userId':'%1$s-user','groupId':'acme','traits':%2$s,'messageId':'g'}",
            "alias {'userId':'%1$s-user','previousId':'%1$s-old','messageId':'a'}",
            "track {'userId':'%1$s-user','messageId':'bad'}",
            "track {'userId':'bob','event':'Login','messageId':'b1'}",
            "track {'userId':'carl','event':'Login','messageId':'c1'}")) {
      int space = call.indexOf(' ');
      String body = call.substring(space + 1).formatted(MARK, text).replace('\'', '"');
      send(url, "/v1/" + call.substring(0, space), body);
    }
  }

  /// The files under the workspace in which the mark stands.
  private Set<String> files() throws IOException {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> all = Files.walk(workspace)) {
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        if (new String(Files.readAllBytes(each), StandardCharsets.ISO_8859_1).contains(MARK)) {
          found.add(workspace.relativize(each).toString().replaceAll("[0-9]{19}", "N"));
        }
      }
    }
    return found;
  }

  /// The tables in whose CSV copy the mark stands.
  private Set<String> tables() throws Exception {
    Set<String> found = new TreeSet<>();
    Path csv = folder.resolve("table.csv");
    try (var db =
            DriverManager.getConnection("jdbc:duckdb:" + workspace.resolve("data/pulso.duckdb"));
        var statement = db.createStatement()) {
      List<String> names = new ArrayList<>();
      try (var rows = statement.executeQuery("SELECT table_name FROM duckdb_tables()")) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      }
      for (String name : names) {
        statement.execute("COPY \"%s\" TO '%s' (FORMAT csv)".formatted(name, csv));
        if (Files.readString(csv).contains(MARK)) {
          found.add(name);
        }
      }
    }
    return found;
  }

  @Test
  void a_person_is_forgotten_while_a_server_runs_and_stays_so_in_an_older_backup()
      throws Exception {
    serve(url -> {
      sendAll(url);
      Served.until(workspace, "\"received\":7");
    });
    assertThat(tables())
        .contains("person", "event", "call", "kind", "trait_state", "account_state", "rejected");
    serve(url -> {
      Cli.expect(0, "backup", backup, "--workspace", workspace);
      sendAll(url);
      Served.until(workspace, "\"received\":7");
      assertThat(files()).contains("data/journal/N.journal");
      Cli said = Cli.expect(0, "forget", MARK + "-old", "--now", "--workspace", workspace);
      assertThat(said.err()).contains("forgotten: 3 ids, 1 events, 3 other calls, 2 rejected");
      assertThat(files()).isEmpty();
      sendAll(url);
      assertThat(Served.until(workspace, "\"received\":14")).contains("\"erased\":4");
    });
    assertThat(tables()).isEmpty();
    // The journal holds what was sent afterwards, until the next nightly work.
    assertThat(files()).allMatch(file -> file.equals("data/journal/N.journal"));
    Cli.expect(0, "forget", "--now", "--workspace", workspace);
    assertThat(files()).isEmpty();
    Cli restored = Cli.expect(0, "restore", backup, "--replace", "--workspace", workspace);
    assertThat(restored.err()).contains("3 ids that were erased since then were erased again");
    assertThat(tables()).isEmpty();
    assertThat(files()).isEmpty();
    assertThat(
            Cli.expect(
                    0,
                    "score",
                    "--as-of",
                    java.time.LocalDate.now(java.time.ZoneOffset.UTC),
                    "--output",
                    folder.resolve("s.csv"),
                    "--workspace",
                    workspace)
                .status())
        .isZero();
    assertThat(Cli.read(folder.resolve("s.csv"))).contains("bob,", "carl,").doesNotContain(MARK);
  }

  @Test
  void a_closed_workspace_forgets_what_its_journal_still_holds() throws Exception {
    ServedChild child = ServedChild.start(workspace, folder.resolve("out"));
    sendAll(child.place().url());
    child.process().destroyForcibly().waitFor();
    assertThat(files()).isNotEmpty();
    Cli said = Cli.expect(0, "forget", MARK + "-user", "--workspace", workspace);
    assertThat(said.err()).contains("forgotten: 3 ids", "the bytes leave the disk with");
    assertThat(tables()).isEmpty();
    assertThat(files()).isNotEmpty();
    Cli.expect(0, "rebuild", "--workspace", workspace);
    assertThat(files()).isEmpty();
    Cli import1 =
        Cli.expect(
            1,
            "import",
            Cli.write(
                folder.resolve("e.csv"),
                "userId,event,timestamp\n%1$s-user,Login,2026-03-01T00:00:00Z\nann,Login,2026-03-01T00:00:00Z\n"
                    .formatted(MARK)),
            "--json",
            "--workspace",
            workspace);
    assertThat(import1.out()).contains("\"stored\":1").contains("\"rejected\":{\"erased\":1}");
    assertThat(tables()).isEmpty();
  }

  private Map<String, Long> rows() throws Exception {
    Map<String, Long> rows = new TreeMap<>();
    try (var db =
            DriverManager.getConnection("jdbc:duckdb:" + workspace.resolve("data/pulso.duckdb"));
        var statement = db.createStatement();
        var found =
            statement.executeQuery(
                "SELECT COALESCE(message_text, ''), COUNT(*) FROM event GROUP BY 1")) {
      while (found.next()) {
        rows.put(found.getString(1), found.getLong(2));
      }
    }
    return rows;
  }

  @Test
  void what_was_acknowledged_after_the_backup_and_is_in_the_journal_is_loaded_once()
      throws Exception {
    serve(url -> {
      sendAll(url);
      Served.until(workspace, "\"received\":7");
      Cli.expect(0, "backup", backup, "--workspace", workspace);
      for (int i = 0; i < 20; i++) {
        send(
            url,
            "/v1/track",
            "{\"userId\":\"dan\",\"event\":\"Login\",\"messageId\":\"d" + i + "\"}");
      }
      Served.until(workspace, "\"received\":27");
    });
    Map<String, Long> all = rows();
    assertThat(Cli.expect(0, "restore", backup, "--replace", "--workspace", workspace).err())
        .contains("are still in the journal");
    assertThat(rows()).hasSize(3);
    serve(url -> Served.until(workspace, "\"waiting_bytes\":0"));
    assertThat(rows()).isEqualTo(all).hasSize(23);
    Cli.expect(0, "forget", "--now", "--workspace", workspace);
    assertThat(Cli.expect(0, "restore", backup, "--replace", "--workspace", workspace).err())
        .contains("of events that were acknowledged later are gone");
  }

  @Test
  void a_backup_brings_everything_to_an_empty_folder() throws Exception {
    serve(url -> {
      sendAll(url);
      Served.until(workspace, "\"received\":7");
    });
    Cli.expect(0, "forget", "bob", "--workspace", workspace);
    Cli.expect(0, "backup", backup, "--workspace", workspace);
    assertThat(Files.getPosixFilePermissions(backup))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    Path other = folder.resolve("other");
    Cli.expect(0, "restore", backup, "--workspace", other);
    assertThat(Cli.expect(2, "restore", backup, "--workspace", other).err()).contains("--replace");
    Path a = folder.resolve("a.jsonl");
    Path b = folder.resolve("b.jsonl");
    Cli.expect(0, "export", "events", "--output", a, "--workspace", workspace);
    Cli.expect(0, "export", "events", "--output", b, "--workspace", other);
    assertThat(Cli.read(b)).isEqualTo(Cli.read(a)).contains(MARK).doesNotContain("bob");
    assertThat(other.resolve("models/product.yaml"))
        .hasSameTextualContentAs(workspace.resolve("models/product.yaml"));
    Cli.expect(
        1,
        "import",
        Cli.write(
            folder.resolve("e.csv"), "userId,event,timestamp\nbob,Login,2026-03-01T00:00:00Z\n"),
        "--workspace",
        other);
    assertThat(Cli.expect(2, "restore", backup, "--replace", "--workspace", made("third")).err())
        .contains("of another workspace");
  }

  private Path made(String name) {
    Path third = folder.resolve(name);
    Cli.expect(0, "init", third);
    Cli.expect(0, "key", "list", "--workspace", third);
    return third;
  }

  @Test
  void a_backup_that_is_damaged_cut_or_of_another_passphrase_changes_nothing() throws Exception {
    Path secret = Cli.write(folder.resolve("secret"), "correct horse battery\n");
    Path wrong = Cli.write(folder.resolve("wrong"), "correct horse batterx\n");
    serve(url -> {
      sendAll(url);
      Served.until(workspace, "\"received\":7");
      Cli.expect(0, "backup", backup, "--workspace", workspace);
      Cli.expect(
          0, "backup", folder.resolve("e"), "--passphrase-file", secret, "--workspace", workspace);
    });
    byte[] sealed = Files.readAllBytes(folder.resolve("e"));
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("manifest.json");
    Map<String, byte[]> before = contents();
    Path bad = folder.resolve("bad");
    for (Path one : List.of(backup, folder.resolve("e"))) {
      byte[] good = Files.readAllBytes(one);
      List<Function<byte[], byte[]>> harms =
          List.of(
              bytes -> Arrays.copyOf(bytes, bytes.length / 2),
              bytes -> Arrays.copyOf(bytes, bytes.length - 1),
              bytes -> flipped(bytes, 60),
              bytes -> flipped(bytes, harmful(bytes, 2)),
              bytes -> flipped(bytes, harmful(bytes, 3)),
              bytes -> new byte[0],
              bytes -> "something else".getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < harms.size(); i++) {
        Files.write(bad, harms.get(i).apply(good.clone()));
        Cli said =
            Cli.run(
                "restore", bad, "--replace", "--workspace", workspace, "--passphrase-file", secret);
        assertThat(said.status()).as("%s harm %d: %s", one, i, said).isEqualTo(2);
        assertThat(contents().keySet()).as("harm %d", i).isEqualTo(before.keySet());
        assertThat(same(contents(), before)).as("harm %d", i).isTrue();
      }
    }
    Path e = folder.resolve("e");
    assertThat(Cli.expect(2, "restore", e, "--replace", "--workspace", workspace).err())
        .contains("is encrypted");
    assertThat(
            Cli.expect(
                    2,
                    "restore",
                    e,
                    "--replace",
                    "--workspace",
                    workspace,
                    "--passphrase-file",
                    wrong)
                .err())
        .contains("the passphrase is not the one");
    assertThat(same(contents(), before)).isTrue();
    Cli.expect(0, "restore", e, "--replace", "--workspace", workspace, "--passphrase-file", secret);
    assertThat(rows()).hasSize(3);
  }

  /// The first place from a part of the bytes on where a flipped bit changes what a zip file holds:
  /// not all bits do, as when a run of zeros is copied from elsewhere in it. In an encrypted file
  /// each does.
  private static int harmful(byte[] bytes, int part) {
    int at = bytes.length / part;
    while (bytes[0] == 'P'
        && bytes[1] == 'K'
        && unpacked(flipped(bytes.clone(), at)).equals(unpacked(bytes))) {
      at++;
    }
    return at;
  }

  private static String unpacked(byte[] bytes) {
    StringBuilder all = new StringBuilder();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        all.append(entry.getName()).append(Arrays.hashCode(zip.readAllBytes())).append(' ');
      }
      return all.toString();
    } catch (IOException e) {
      return "damaged";
    }
  }

  private static byte[] flipped(byte[] bytes, int at) {
    bytes[at] ^= 4;
    return bytes;
  }

  private static boolean same(Map<String, byte[]> a, Map<String, byte[]> b) {
    return a.keySet().equals(b.keySet())
        && a.keySet().stream().allMatch(name -> Arrays.equals(a.get(name), b.get(name)));
  }

  private Map<String, byte[]> contents() throws IOException {
    Map<String, byte[]> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(workspace)) {
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        found.put(workspace.relativize(each).toString(), Files.readAllBytes(each));
      }
    }
    return found;
  }

  /// What is done while a server runs.
  interface Work {
    void run(String url) throws Exception;
  }

  /// A server in this process.
  private static final class Served {
    static void run(Path workspace, Work work) throws Exception {
      var opened = io.pulso.server.app.Workspace.open(workspace);
      var settings = io.pulso.server.app.ServerSettings.of(Map.of("port", "0"), Map.of());
      try (var server =
          new io.pulso.server.app.Server(opened, settings, java.time.Clock.systemUTC())) {
        assertThat(server.port()).isPositive();
        work.run(io.pulso.server.app.ServerFile.read(opened).orElseThrow().url());
      }
    }

    static String until(Path workspace, String text) throws Exception {
      var place =
          io.pulso.server.app.ServerFile.read(io.pulso.server.app.Workspace.open(workspace))
              .orElseThrow();
      long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      @Nullable String body = null;
      while (System.nanoTime() < end) {
        body =
            CLIENT
                .send(
                    HttpRequest.newBuilder(URI.create(place.url() + "/api/v1/status"))
                        .header("Authorization", "Bearer " + place.token())
                        .build(),
                    HttpResponse.BodyHandlers.ofString())
                .body();
        if (body.contains(text)) {
          return body;
        }
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
      throw new AssertionError("no %s in %s".formatted(text, body));
    }
  }
}
