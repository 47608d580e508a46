package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pulso.server.people.Audit;
import io.pulso.server.people.People;
import io.pulso.server.people.Person;
import io.pulso.server.people.Role;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The ways into a real server, and attempts to come in otherwise.
@Timeout(120)
class EntryTest {
  private static final String PASSWORD = "correct horse battery";
  private static final String OTHER = "http://evil.example.org";

  @TempDir private Path folder;

  private Workspace workspace() {
    Path at = folder.resolve("w");
    if (!Files.exists(at)) {
      NewWorkspace.make(at, ZoneOffset.UTC);
    }
    return Workspace.open(at);
  }

  private Server serve(Map<String, String> settings) {
    Map<String, String> all = new java.util.HashMap<>(settings);
    all.putIfAbsent("port", "0");
    return new Server(workspace(), ServerSettings.of(all, Map.of()), Clock.systemUTC());
  }

  private static Browser browser(Server server) {
    return new Browser("http://127.0.0.1:" + server.port());
  }

  private static Map<String, String> first() {
    return Map.of(
        "name", "Ann",
        "email", "ann@example.org",
        "language", "it",
        "password", PASSWORD,
        "again", PASSWORD);
  }

  private static HttpResponse<String> begin(Server server, Browser browser)
      throws IOException, InterruptedException {
    String path = URI.create(Objects.requireNonNull(server.welcome())).getPath();
    browser.get(path);
    return browser.post(path, first());
  }

  private static HttpResponse<String> signIn(Browser browser, String email, String password)
      throws IOException, InterruptedException {
    browser.get("/sign-in");
    return browser.post("/sign-in", Map.of("email", email, "password", password));
  }

  @Test
  void the_first_administrator_comes_in_by_the_link_in_a_file_that_only_its_owner_reads()
      throws Exception {
    try (Server server = serve(Map.of());
        Browser browser = browser(server);
        Browser late = browser(server)) {
      Path file = Teams.firstFile(workspace());
      assertThat(Files.readString(file).strip()).isEqualTo(server.welcome());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(browser.get("/sign-in").body()).contains("Nobody can sign in yet");
      String path = URI.create(Objects.requireNonNull(server.welcome())).getPath();
      assertThat(browser.get(path).statusCode()).isEqualTo(200);
      assertThat(browser.get(path).statusCode()).as("looking uses nothing up").isEqualTo(200);
      HttpResponse<String> wrong =
          browser.post(
              path,
              Map.of("name", "Ann", "email", "ann@example.org", "password", "x", "again", "y"));
      assertThat(wrong.statusCode()).isEqualTo(422);
      HttpResponse<String> in = begin(server, browser);
      assertThat(in.statusCode()).isEqualTo(303);
      assertThat(in.headers().firstValue("Set-Cookie").orElse(""))
          .startsWith("pulso-" + server.port() + "=")
          .contains("HttpOnly", "SameSite=Lax", "Path=/")
          .doesNotContain("Domain");
      assertThat(browser.get("/settings/people").body()).contains("ann@example.org");
      assertThat(browser.get("/settings/me").body()).contains("lang=\"it\"");
      assertThat(late.get(path).statusCode()).isEqualTo(410);
      assertThat(late.post(path, first()).statusCode()).isEqualTo(410);
      for (int i = 0; i < 500 && Files.exists(file); i++) {
        java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
      }
      assertThat(file).doesNotExist();
    }
    try (Server server = serve(Map.of())) {
      assertThat(server.welcome()).isNull();
    }
  }

  @Test
  void until_there_is_an_administrator_only_this_machine_is_answered() throws Exception {
    Optional<InetAddress> own =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(one -> one instanceof Inet4Address && !one.isLoopbackAddress())
            .findFirst();
    assumeTrue(own.isPresent(), "this machine has no address but the loopback");
    try (Server server = serve(Map.of("host", "0.0.0.0"));
        Browser here = browser(server);
        Browser there =
            new Browser("http://" + own.orElseThrow().getHostAddress() + ":" + server.port())) {
      assertThat(server.isHereOnly()).isTrue();
      assertThatThrownBy(() -> there.get("/sign-in")).isInstanceOf(ConnectException.class);
      assertThat(begin(server, here).statusCode()).isEqualTo(303);
      for (int i = 0; i < 500 && server.isHereOnly(); i++) {
        java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
      }
      assertThat(there.get("/sign-in").statusCode()).isEqualTo(200);
      assertThat(here.get("/settings/me").statusCode()).isEqualTo(200);
      assertThat(there.get("/sign-in").body())
          .as("no browser may stay signed in without TLS")
          .contains("not encrypted");
    }
    try (Server server = serve(Map.of("host", "0.0.0.0"))) {
      assertThat(server.isHereOnly()).isFalse();
    }
  }

  private static Person ann(Server server) {
    String link = Objects.requireNonNull(server.welcome());
    return server
        .team()
        .links()
        .begin(
            link.substring(link.lastIndexOf('/') + 1),
            new People.Wanted("ann@example.org", "Ann", Role.ADMIN, "", "en"),
            PASSWORD,
            "127.0.0.1")
        .session()
        .person();
  }

  @Test
  void signing_in_gives_a_new_session_whatever_the_browser_brought() throws Exception {
    try (Server server = serve(Map.of());
        Browser victim = browser(server);
        Browser attacker = browser(server)) {
      Person ann = ann(server);
      victim.cookies.put("pulso", "f".repeat(64));
      assertThat(signIn(victim, "ann@example.org", PASSWORD).statusCode()).isEqualTo(303);
      assertThat(victim.cookies.get("pulso-" + server.port()))
          .isNotEqualTo("f".repeat(64))
          .hasSize(64);
      attacker.cookies.put("pulso", "f".repeat(64));
      assertThat(Browser.to(attacker.get("/settings/me"))).startsWith("/sign-in");
      String before = Objects.requireNonNull(victim.cookies.get("pulso-" + server.port()));
      victim.get("/settings/me");
      assertThat(
              victim
                  .post("/sign-in", Map.of("email", "ann@example.org", "password", PASSWORD))
                  .statusCode())
          .isEqualTo(303);
      assertThat(victim.cookies.get("pulso-" + server.port())).isNotEqualTo(before);
      attacker.cookies.put("pulso", before);
      assertThat(Browser.to(attacker.get("/settings/me"))).startsWith("/sign-in");
      assertThat(server.sessions().count(ann.id())).isEqualTo(2);
      victim.get("/settings/me");
      assertThat(Browser.to(victim.post("/sign-out", Map.of()))).isEqualTo("/sign-in");
      assertThat(Browser.to(victim.get("/settings/me"))).startsWith("/sign-in");
    }
  }

  @Test
  void who_guesses_is_told_to_wait() throws Exception {
    try (Server server = serve(Map.of());
        Browser guesser = browser(server)) {
      Person ann = ann(server);
      for (int i = 0; i < 5; i++) {
        HttpResponse<String> answer = signIn(guesser, "ann@example.org", "guess " + i);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("Address or password are wrong");
      }
      HttpResponse<String> later = signIn(guesser, "ann@example.org", PASSWORD);
      assertThat(later.statusCode()).isEqualTo(429);
      assertThat(later.headers().firstValue("Retry-After")).isPresent();
      assertThat(guesser.cookies).isEmpty();
      assertThat(
              server.team().audit().list("person " + ann.id(), null, Long.MAX_VALUE, 50).stream()
                  .map(Audit.Told::action))
          .filteredOn("sign_in_refused"::equals)
          .hasSize(5);
    }
  }

  @Test
  void nobody_is_led_away_after_signing_in() throws Exception {
    try (Server server = serve(Map.of());
        Browser browser = browser(server)) {
      assertThat(ann(server)).isNotNull();
      for (String away :
          List.of("//evil.example.org", "https://evil.example.org", "/\\evil", "x")) {
        browser.cookies.clear();
        browser.get("/sign-in");
        HttpResponse<String> in =
            browser.post(
                "/sign-in", Map.of("email", "ann@example.org", "password", PASSWORD, "to", away));
        assertThat(Browser.to(in)).as(away).isEqualTo("/");
      }
      browser.get("/settings/me");
      assertThat(Browser.to(browser.get("/sign-in?to=/settings/about")))
          .isEqualTo("/settings/about");
    }
  }

  @Test
  void what_other_sites_send_changes_nothing() throws Exception {
    try (Server server = serve(Map.of());
        Browser browser = browser(server)) {
      Person ann = ann(server);
      String own = "http://127.0.0.1:" + server.port();
      Map<String, String> form = Map.of("name", "Mallory");
      assertThat(
              browser
                  .bare("/sign-in", Map.of("email", "ann@example.org", "password", PASSWORD))
                  .statusCode())
          .as("signing in without saying from where")
          .isEqualTo(403);
      signIn(browser, "ann@example.org", PASSWORD);
      browser.get("/settings/me");
      String token = browser.token();
      assertThat(token).hasSize(64);
      Map<String, String> with = Map.of("name", "Mallory", "csrf", token);
      Map<String, String> wrong = Map.of("name", "Mallory", "csrf", "0".repeat(64));
      assertThat(browser.bare("/settings/me", form, "Origin", own).statusCode()).isEqualTo(403);
      assertThat(browser.bare("/settings/me", wrong, "Origin", own).statusCode()).isEqualTo(403);
      assertThat(browser.bare("/settings/me", with, "Origin", OTHER).statusCode()).isEqualTo(403);
      assertThat(browser.bare("/settings/me", with, "Origin", "null").statusCode()).isEqualTo(403);
      for (String site : List.of("cross-site", "same-site", "none")) {
        assertThat(browser.bare("/settings/me", with, "Sec-Fetch-Site", site).statusCode())
            .as(site)
            .isEqualTo(403);
      }
      assertThat(Objects.requireNonNull(server.people().find(ann.id())).name()).isEqualTo("Ann");
      assertThat(browser.bare("/settings/me", with, "Origin", own).statusCode()).isEqualTo(303);
      assertThat(Objects.requireNonNull(server.people().find(ann.id())).name())
          .isEqualTo("Mallory");
      assertThat(
              browser
                  .bare("/settings/me", form, "Sec-Fetch-Site", "same-origin", "X-CSRF", token)
                  .statusCode())
          .isEqualTo(303);
    }
  }

  @Test
  void servers_at_two_ports_of_a_host_sign_nobody_out_of_each_other() throws Exception {
    NewWorkspace.make(folder.resolve("other"), ZoneOffset.UTC);
    try (Server server = serve(Map.of());
        Server other =
            new Server(
                Workspace.open(folder.resolve("other")),
                ServerSettings.of(Map.of("port", "0"), Map.of()),
                Clock.systemUTC());
        Browser browser = browser(server);
        Browser there = browser(other)) {
      ann(server);
      ann(other);
      assertThat(signIn(browser, "ann@example.org", PASSWORD).statusCode()).isEqualTo(303);
      // A browser sends its cookies of a host to all ports of it.
      there.cookies.putAll(browser.cookies);
      assertThat(signIn(there, "ann@example.org", PASSWORD).statusCode()).isEqualTo(303);
      browser.cookies.putAll(there.cookies);
      assertThat(browser.get("/settings/me").statusCode()).isEqualTo(200);
      assertThat(there.get("/settings/me").statusCode()).isEqualTo(200);
      assertThat(Browser.to(browser.post("/sign-out", Map.of()))).isEqualTo("/sign-in");
      there.cookies.keySet().retainAll(browser.cookies.keySet());
      assertThat(there.get("/settings/me").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void who_was_signed_in_without_the_port_in_the_cookie_stays_so_until_they_sign_out()
      throws Exception {
    try (Server server = serve(Map.of());
        Browser browser = browser(server)) {
      Person ann = ann(server);
      browser.cookies.put("pulso", server.sessions().start(ann, "127.0.0.1").cookieValue());
      assertThat(browser.get("/settings/me").statusCode()).isEqualTo(200);
      assertThat(Browser.to(browser.post("/sign-out", Map.of()))).isEqualTo("/sign-in");
      assertThat(browser.cookies).isEmpty();
    }
  }

  @Test
  void behind_a_proxy_that_is_believed_cookies_are_for_tls_alone() throws Exception {
    try (Server server =
            serve(
                Map.of(
                    "trusted_proxies", "127.0.0.1",
                    "hosts", "pulso.example.org",
                    "public_url", "https://pulso.example.org"));
        Browser browser = browser(server)) {
      Person ann = ann(server);
      HttpResponse<String> in =
          browser.bare(
              "/sign-in",
              Map.of("email", "ann@example.org", "password", PASSWORD),
              "Origin",
              "https://pulso.example.org",
              "X-Forwarded-Proto",
              "https",
              "X-Forwarded-For",
              "203.0.113.9");
      assertThat(in.statusCode()).isEqualTo(303);
      assertThat(in.headers().firstValue("Set-Cookie").orElse(""))
          .startsWith("__Host-pulso-" + server.port() + "=")
          .contains("Secure", "HttpOnly", "SameSite=Lax", "Path=/");
      assertThat(
              server
                  .team()
                  .audit()
                  .list("person " + ann.id(), null, Long.MAX_VALUE, 1)
                  .getFirst()
                  .address())
          .isEqualTo("203.0.113.9");
    }
  }
}
