package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulso.server.page.Setup;
import io.pulso.server.people.Audit;
import io.pulso.server.people.AuditAction;
import io.pulso.server.people.People;
import io.pulso.server.people.Person;
import io.pulso.server.people.Role;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The settings of a workspace, changed on their page.
@Timeout(120)
class WorkspaceSettingsTest {
  private static final String PAGE = "/settings/workspace";

  @TempDir private Path temporary = Path.of("");
  private Path file = Path.of("");
  private Running running;

  @BeforeEach
  void serve() throws IOException {
    Path folder = temporary.resolve("w");
    running = Running.on(folder, Map.of());
    file = folder.resolve("pulso.yaml");
  }

  @AfterEach
  void stop() {
    running.close();
  }

  private Browser browser(Role role) throws Exception {
    Person person =
        running
            .server()
            .people()
            .add(new People.Wanted(role.word() + "@example.org", role.word(), role, "", null));
    Browser browser = new Browser(running.url());
    browser.cookies.put(
        "pulso", running.server().sessions().start(person, "127.0.0.1").cookieValue());
    browser.get(PAGE);
    return browser;
  }

  private Setup setup() {
    return running.server().site().setup();
  }

  private String hash() throws Exception {
    byte[] sum =
        java.security.MessageDigest.getInstance("SHA-256")
            .digest(Files.readString(file).getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(sum);
  }

  private HttpResponse<String> save(Browser browser, Map<String, String> fields) throws Exception {
    Map<String, String> form = new TreeMap<>(fields);
    form.putIfAbsent("hash", hash());
    return browser.post(PAGE, form);
  }

  @Test
  void what_is_saved_stands_in_the_file_beside_its_comments_and_holds_at_once() throws Exception {
    String before = Files.readString(file);
    try (Browser browser = browser(Role.ADMIN)) {
      assertThat(browser.get(PAGE).body()).contains(hash(), "name=\"rejected_days\"");
      HttpResponse<String> answer =
          save(
              browser,
              Map.of(
                  "week_starts", "sunday",
                  "nightly_at", "04:30",
                  "rejected_days", "7",
                  "new_source", "My shop: a",
                  "new_days", "400",
                  "personal_traits", "tax_id\n\nemail\n",
                  "languages", "it",
                  "language_first", "it"));
      assertThat(answer.statusCode()).isEqualTo(303);
      assertThat(Browser.to(answer)).isEqualTo(PAGE + "?done=saved");
      assertThat(Files.readString(file))
          .startsWith(before.substring(0, before.indexOf("time_zone:")))
          .contains("# The model that is meant", "week_starts: sunday", "'My shop: a': 400d");
      assertThat(setup().weekStart()).isEqualTo(DayOfWeek.SUNDAY);
      assertThat(setup().nightlyAt()).hasToString("04:30");
      assertThat(setup().rejectedDays()).isEqualTo(7);
      assertThat(setup().retention()).isEqualTo(Map.of("My shop: a", 400));
      assertThat(setup().personal()).containsExactlyInAnyOrder("email", "tax_id");
      assertThat(browser.get(PAGE, "Accept-Language", "es").body()).contains("lang=\"it\"");
      List<Audit.Told> entries =
          running
              .server()
              .team()
              .audit()
              .list(null, AuditAction.SETTING_CHANGED, Long.MAX_VALUE, 50);
      assertThat(entries)
          .extracting(entry -> entry.what().get("of"))
          .containsExactlyInAnyOrder(
              "week_starts",
              "nightly_at",
              "rejected_days",
              "retention.My shop: a",
              "personal_traits",
              "languages");
      assertThat(entries)
          .extracting(Audit.Told::what)
          .contains(Map.of("of", "rejected_days", "before", "30", "after", "7"));
      assertThat(save(browser, Map.of("retention.My shop: a", "")).statusCode()).isEqualTo(303);
      assertThat(setup().retention()).isEmpty();
      assertThat(setup().rejectedDays()).isEqualTo(7);
    }
    assertThat(Settings.read("pulso.yaml", Files.readString(file)).keep().rejectedDays())
        .isEqualTo(7);
  }

  @Test
  void a_wrong_value_is_told_at_its_field_and_nothing_is_written() throws Exception {
    String before = Files.readString(file);
    try (Browser browser = browser(Role.ADMIN)) {
      HttpResponse<String> answer =
          save(
              browser,
              Map.of(
                  "week_starts", "sunday",
                  "rejected_days", "0",
                  "retention.web", "long",
                  "time_zone", "Europe/Berln",
                  "zone_sure", "1",
                  "nightly_at", "25:00"));
      assertThat(answer.statusCode()).isEqualTo(422);
      assertThat(answer.body())
          .contains("of-rejected_days-fault", "between 1 and 36500", "value=\"0\"")
          .contains("of-retention-web-fault", "of-time_zone-fault", "of-nightly_at-fault")
          .doesNotContain("of-week_starts-fault");
      assertThat(Files.readString(file)).isEqualTo(before);
      assertThat(setup().weekStart()).isEqualTo(DayOfWeek.MONDAY);
      running
          .server()
          .people()
          .change(
              Objects.requireNonNull(running.server().people().byEmail("admin@example.org"))
                  .withLanguage("es"));
      assertThat(save(browser, Map.of("rejected_days", "0")).body())
          .contains("«rejected_days» debe estar entre 1 y 36500, no 0");
      assertThat(save(browser, Map.of("languages", "")).body()).contains("of-languages-fault");
      assertThat(save(browser, Map.of("week_starts", "monday\nserver: {port: 1}")).statusCode())
          .isEqualTo(422);
      assertThat(Files.readString(file)).isEqualTo(before);
    }
  }

  @Test
  void what_counts_as_what_is_set_with_checks_and_metrics_follow_it() throws Exception {
    String before = Files.readString(file);
    try (Browser browser = browser(Role.ADMIN)) {
      Map<String, String> wrong =
          Map.of(
              "activation", "event = 1",
              "silence_days", "0",
              "session_minutes", "1441",
              "bounce_line", "101");
      HttpResponse<String> refused = save(browser, wrong);
      assertThat(refused.statusCode()).isEqualTo(422);
      assertThat(refused.body())
          .contains("of-activation-fault", "value=\"event = 1\"", "between 1 and 730")
          .contains("between 1 and 1440", "between 1 and 100, not 101");
      assertThat(Files.readString(file)).isEqualTo(before);
      String activation = "event == \"Order: paid\" && properties.value > 10 # not zero";
      Map<String, String> wanted =
          Map.of(
              "activation", activation,
              "silence_days", "45",
              "session_minutes", "20",
              "bounce_line", "55");
      assertThat(save(browser, wanted).statusCode()).isEqualTo(422);
      String right = "event == \"Order: paid\" && properties.value > 10";
      Map<String, String> better = new TreeMap<>(wanted);
      better.put("activation", right);
      assertThat(save(browser, better).statusCode()).isEqualTo(303);
      Settings written = Settings.read("pulso.yaml", Files.readString(file));
      assertThat(Objects.requireNonNull(written.activation()).text()).isEqualTo(right);
      assertThat(setup().activation()).isEqualTo(right);
      assertThat(setup().silenceDays()).isEqualTo(45);
      assertThat(setup().bounceLine()).isEqualTo(55);
      // Sessions are made anew at the next start.
      assertThat(written.sessionMinutes()).isEqualTo(20);
      assertThat(setup().sessionMinutes()).isEqualTo(30);
      assertThat(browser.get(PAGE).body()).contains("<code>session_minutes</code>");
      assertThat(running.get("/api/v1/metrics"))
          .contains("\"id\":\"bounce_rate\"", "\"usual\":[0,55]");
      assertThat(save(browser, Map.of("activation", "")).statusCode()).isEqualTo(303);
      assertThat(setup().activation()).isEmpty();
      assertThat(Files.readString(file)).doesNotContain("\nactivation:");
    }
  }

  @Test
  void a_file_that_changed_meanwhile_or_is_read_only_is_left_alone() throws Exception {
    try (Browser browser = browser(Role.ADMIN)) {
      String seen = hash();
      String theirs = Files.readString(file) + "personal_traits: [tax_id]\n";
      Files.writeString(file, theirs);
      HttpResponse<String> late = save(browser, Map.of("hash", seen, "rejected_days", "9"));
      assertThat(late.statusCode()).isEqualTo(409);
      assertThat(late.body()).contains("Somebody else has changed pulso.yaml", "value=\"9\"");
      assertThat(Files.readString(file)).isEqualTo(theirs);
      assertThat(browser.get(PAGE).body()).contains("<code>personal_traits</code>");

      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
      assertThat(browser.get(PAGE).body()).contains("The server may not write pulso.yaml");
      assertThat(save(browser, Map.of("rejected_days", "9")).statusCode()).isEqualTo(422);
      assertThat(Files.readString(file)).isEqualTo(theirs);

      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      Files.writeString(file, theirs + "nonsense: 1\n");
      assertThat(browser.get(PAGE).body()).contains("would not start again", "unknown field");
    }
  }

  @Test
  void others_see_the_settings_and_cannot_change_them() throws Exception {
    try (Browser browser = browser(Role.MANAGER)) {
      assertThat(browser.get(PAGE).body())
          .contains("An administrator can change these settings")
          .doesNotContain("name=\"rejected_days\"");
      assertThat(save(browser, Map.of("rejected_days", "9")).statusCode()).isEqualTo(403);
    }
  }

  /// The local day of the only event, once it is loaded.
  private int day() {
    Instant deadline = Instant.now().plusSeconds(30);
    while (Instant.now().isBefore(deadline)) {
      try (Store store = running.server().site().parts().store().beside();
          View view = store.now()) {
        OptionalInt first = view.firstDay();
        if (first.isPresent()) {
          return first.getAsInt();
        }
      }
      LockSupport.parkNanos(20_000_000);
    }
    throw new AssertionError("no event came");
  }

  @Test
  void another_time_zone_is_asked_for_twice_and_made_at_the_next_start() throws Exception {
    int seen;
    try (Browser browser = browser(Role.ADMIN)) {
      Map<String, String> tokyo = Map.of("time_zone", "Asia/Tokyo");
      String before = setup().zone().getId();
      assertThat(save(browser, tokyo).body()).contains("changes past scores");
      Map<String, String> sure = Map.of("time_zone", "Asia/Tokyo", "zone_sure", "1");
      assertThat(save(browser, sure).statusCode()).isEqualTo(303);
      assertThat(setup().zone().getId()).isEqualTo(before);
      assertThat(browser.get(PAGE).body()).contains("Days are those of " + before + " until");
      String login =
          "{\"userId\":\"ann\",\"event\":\"Login\",\"timestamp\":\"2026-03-31T20:00:00Z\"}";
      assertThat(running.post("/v1/track", running.server().key("web"), login).statusCode())
          .isEqualTo(200);
      seen = day();
    }
    running.close();
    Workspace workspace = Workspace.open(file.getParent());
    assertThatThrownBy(workspace::store).isInstanceOf(Store.ZoneChanged.class);
    ServerSettings settings = ServerSettings.of(Map.of("port", "0"), Map.of());
    Server again = new Server(workspace, settings, Clock.systemUTC());
    running = new Running(again, "", "", HttpClient.newHttpClient());
    assertThat(setup().zone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
    assertThat(day()).isEqualTo(seen + 1);
    assertThat(file.resolveSibling("data/new-time-zone")).doesNotExist();
  }

  @Test
  void a_zone_that_was_only_written_into_the_file_keeps_the_server_from_starting()
      throws Exception {
    Files.writeString(
        file, Files.readString(file).replace("time_zone: Z", "time_zone: Asia/Tokyo"));
    try (Browser browser = browser(Role.ADMIN)) {
      assertThat(browser.get(PAGE).body()).contains("pulso rebuild --time-zone");
      assertThat(save(browser, Map.of("rejected_days", "9")).statusCode()).isEqualTo(303);
    }
    running.close();
    Workspace workspace = Workspace.open(file.getParent());
    ServerSettings settings = ServerSettings.of(Map.of("port", "0"), Map.of());
    assertThatThrownBy(() -> new Server(workspace, settings, Clock.systemUTC()))
        .isInstanceOf(Store.ZoneChanged.class);
  }
}
