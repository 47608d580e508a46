package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.people.People;
import io.pulso.server.people.Person;
import io.pulso.server.people.Role;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The pages about customers and accounts, as a browser without scripts sees them, with people who
/// choose their names to do harm.
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CustomerPagesTest {
  private static final String EVIL = "<img src=x onerror=alert(1)>";
  private static final String FORMULA = "=HYPERLINK(\"http://evil\")";
  private static final String PRODUCT =
      """
      name: product
      title: {en: "Product <b>use</b>"}
      activities:
        - {name: logins, title: {en: "Logins <i>x</i>"}, match: event == "Login", points: 10, cap: {per_day: 3}}
        - {name: evil, match: 'event.startsWith("<img")', points: -1}
      """;
  private static final String COMPANIES =
      """
      name: companies
      subject: account
      activities:
        - {name: logins, match: event == "Login", points: 10}
      """;
  private static final Pattern CUSTOMER =
      Pattern.compile("href=\"(/customers/[A-Za-z0-9_-]{22})\"");
  private static final Pattern ACCOUNT = Pattern.compile("href=\"(/accounts/[A-Za-z0-9_-]{22})\"");

  private SampleServer site;
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    site = SampleServer.empty(folder);
    Files.writeString(folder.resolve("models/product.yaml"), PRODUCT);
    Files.writeString(folder.resolve("models/companies.yaml"), COMPANIES);
    List<String> calls = new ArrayList<>();
    Instant now = Instant.now();
    for (int i = 0; i < 60; i++) {
      String id = "p%02d".formatted(i);
      calls.add(
          call(
              "identify",
              id,
              "\"traits\":{\"name\":\"Person %d\",\"email\":\"%s@example.org\",\"plan\":\"%s\"}"
                  .formatted(i, id, i < 10 ? "pro" : "free"),
              now));
      for (int n = 0; n <= i % 4; n++) {
        calls.add(call("track", id, "\"event\":\"Login\"", now.minus(n + 1, ChronoUnit.DAYS)));
      }
    }
    calls.add(
        call(
            "identify",
            "evil",
            "\"traits\":{\"name\":\"%s\",\"email\":\"e@x.org\",\"note\":\"%s\"}"
                .formatted(EVIL, EVIL),
            now));
    calls.add(call("track", "evil", "\"event\":\"%s\"".formatted(EVIL), now));
    calls.add(call("identify", FORMULA.replace("\"", "\\\""), "\"traits\":{}", now));
    calls.add(
        call(
            "group",
            "evil",
            "\"groupId\":\"%s\",\"traits\":{\"name\":\"%s\",\"owner\":\"owner@example.com\",\"mrr\":12345,\"currency\":\"EUR\",\"tier\":\"gold\"}"
                .formatted(EVIL, EVIL),
            now));
    calls.add(call("group", "p01", "\"groupId\":\"acme\",\"traits\":{\"name\":\"Acme\"}", now));
    calls.add(call("identify", "p02", "\"anonymousId\":\"tablet\",\"traits\":{}", now));
    String body = "{\"batch\":[" + String.join(",", calls) + "]}";
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(site.url() + "/v1/batch"))
                .header(
                    "Authorization",
                    "Basic "
                        + java.util.Base64.getEncoder()
                            .encodeToString(
                                (site.server().key("web") + ":").getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    until(() -> get(Role.ADMIN, "/customers").body().contains("62 customers"));
    until(() -> get(Role.ADMIN, "/customers").body().contains("class=\"pill band\""));
  }

  private interface Asking {
    boolean ask() throws Exception;
  }

  private static void until(Asking asking) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!asking.ask()) {
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private static String call(String type, String user, String rest, Instant at) {
    return "{\"type\":\"%s\",\"userId\":\"%s\",%s,\"timestamp\":\"%s\"}"
        .formatted(type, user, rest, at);
  }

  @AfterAll
  void stop() {
    site.close();
    client.close();
  }

  private HttpRequest.Builder request(String cookie, String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(site.url() + path));
    return cookie.isEmpty() ? request : request.header("Cookie", "pulso=" + cookie);
  }

  private HttpResponse<String> get(Role role, String path) throws Exception {
    return get(site.cookie(role), path);
  }

  private HttpResponse<String> get(String cookie, String path) throws Exception {
    return client.send(
        request(cookie, path).header("Accept", "text/html").build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(Role role, String path, Map<String, String> fields)
      throws Exception {
    String cookie = site.cookie(role);
    StringBuilder form = new StringBuilder("csrf=" + csrf(cookie));
    fields.forEach(
        (name, value) -> form.append('&').append(encoded(name)).append('=').append(encoded(value)));
    return client.send(
        request(cookie, path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Origin", site.url())
            .POST(HttpRequest.BodyPublishers.ofString(form.toString()))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private String csrf(String cookie) throws Exception {
    Matcher found =
        Pattern.compile("name=\"csrf\" content=\"([^\"]+)\"")
            .matcher(get(cookie, "/customers").body());
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  private static String location(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  /// The address of the list that a filter leads to.
  private String filtered(Role role, Map<String, String> fields) throws Exception {
    return location(post(role, "/customers/filter", fields));
  }

  private String page(String search) throws Exception {
    String list = get(Role.MANAGER, filtered(Role.MANAGER, Map.of("search", search))).body();
    return first(CUSTOMER, list);
  }

  private static String first(Pattern what, String body) {
    Matcher found = what.matcher(body);
    assertThat(found.find()).as(body).isTrue();
    return found.group(1);
  }

  @Test
  void hostile_names_are_text_on_every_page() throws Exception {
    String customer = page("e@x.org");
    String account = first(ACCOUNT, get(Role.MANAGER, customer).body());
    for (String path :
        List.of(
            "/customers",
            "/accounts",
            customer,
            customer + "/timeline",
            customer
                + "/change?from=2020-01-01&to="
                + java.time.LocalDate.now(java.time.ZoneOffset.UTC),
            account)) {
      String body = get(Role.MANAGER, path).body();
      assertThat(body).as(path).doesNotContain("<img src=x", "<b>use</b>", "<i>x</i>");
    }
    assertThat(get(Role.MANAGER, customer).body()).contains("&lt;img src=x onerror=alert(1)&gt;");
    assertThat(get(Role.MANAGER, account).body()).contains("€123.45", "gold");
  }

  @Test
  void addresses_have_no_values_and_open_the_same_list_again() throws Exception {
    String at =
        filtered(Role.VIEWER, Map.of("trait", "plan", "is", "is", "value", "pro", "search", "p0"));
    assertThat(at).matches("/customers\\?view=[0-9a-f]{32}").doesNotContain("pro", "p0");
    assertThat(get(Role.VIEWER, at).body()).contains("10 customers match");
    assertThat(
            filtered(
                Role.VIEWER, Map.of("search", "p0", "trait", "plan", "is", "is", "value", "pro")))
        .isEqualTo(at);
    assertThat(get(Role.VIEWER, at.replaceAll("[0-9a-f]{32}", "0".repeat(32))).statusCode())
        .isEqualTo(404);
    String body = get(Role.VIEWER, at).body();
    assertThat(body).doesNotContain("href=\"/customers/p0");
  }

  @Test
  void lists_are_filtered_by_picking() throws Exception {
    assertThat(matching(Map.of("least", "20", "most", "39.5"))).isEqualTo(30);
    assertThat(matching(Map.of("least", "40"))).isEqualTo(15);
    assertThat(matching(Map.of("trait", "plan", "is", "is_not", "value", "pro"))).isEqualTo(52);
    assertThat(matching(Map.of("trait", "plan", "is", "has_not"))).isEqualTo(2);
    assertThat(matching(Map.of("event", "Login", "did", "at_least", "times", "4", "within", "7")))
        .isEqualTo(15);
    assertThat(matching(Map.of("event", "Login", "did", "not"))).isEqualTo(2);
    assertThat(matching(Map.of("account", "acme"))).isEqualTo(1);
    assertThat(matching(Map.of("seen", "never"))).isEqualTo(1);
    assertThat(matching(Map.of("seen", "not30"))).isEqualTo(1);
    assertThat(matching(Map.of("seen", "7"))).isEqualTo(61);
    assertThat(matching(Map.of("cel", "score > 20 && traits.plan == \"pro\""))).isEqualTo(4);
    assertThat(matching(Map.of("band", "churn_risk"))).isEqualTo(1);
  }

  private int matching(Map<String, String> fields) throws Exception {
    String body = get(Role.MANAGER, filtered(Role.MANAGER, fields)).body();
    Matcher found = Pattern.compile(">(\\d+) customers? match").matcher(body);
    assertThat(found.find()).as(fields + " " + body).isTrue();
    return Integer.parseInt(found.group(1));
  }

  @Test
  void a_wrong_filter_is_told_where_it_stands_and_at_once() throws Exception {
    HttpResponse<String> answer =
        get(Role.VIEWER, filtered(Role.VIEWER, Map.of("cel", "scores > 1")));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("did you mean", "scores &gt; 1");
    assertThat(post(Role.VIEWER, "/customers/check", Map.of("cel", "scores > 1")).body())
        .contains("did you mean", "error-text");
    assertThat(post(Role.VIEWER, "/customers/check", Map.of("cel", "score > 30")).body())
        .contains("15 customers match")
        .doesNotContain("error-text");
  }

  @Test
  void pages_of_a_list_go_on_behind_the_last_row_without_naming_it() throws Exception {
    String first = get(Role.VIEWER, "/customers?sort=id").body();
    String next =
        first(Pattern.compile("href=\"(/customers\\?sort=id&amp;after=[^\"]+)\""), first)
            .replace("&amp;", "&");
    assertThat(next).doesNotContain("p4");
    String second = get(Role.VIEWER, next).body();
    List<String> all = new ArrayList<>();
    for (String body : List.of(first, second)) {
      Matcher found = CUSTOMER.matcher(body);
      while (found.find()) {
        all.add(found.group(1));
      }
    }
    assertThat(all).hasSize(62).doesNotHaveDuplicates();
    assertThat(get(Role.VIEWER, "/customers?sort=id&after=0.AAAA").statusCode()).isEqualTo(404);
  }

  @Test
  void personal_traits_are_masked_for_viewers_and_analysts() throws Exception {
    String customer = page("p07");
    for (Role role : List.of(Role.VIEWER, Role.ANALYST)) {
      assertThat(get(role, customer).body())
          .as(role.word())
          .contains("•••", "pro")
          .doesNotContain("p07@example.org", "Person 7<");
      assertThat(get(role, "/customers").body()).doesNotContain("Person 7<");
      assertThat(get(role, filtered(role, Map.of("search", "p07@example"))).body())
          .contains("0 customers match");
      assertThat(
              get(role, filtered(role, Map.of("trait", "email", "value", "p07@example.org")))
                  .statusCode())
          .isEqualTo(422);
      assertThat(
              get(role, filtered(role, Map.of("cel", "traits.email == \"p07@example.org\"")))
                  .statusCode())
          .isEqualTo(422);
    }
    assertThat(get(Role.ANALYST, "/customers/export/csv").body())
        .contains("•••")
        .doesNotContain("@example.org");
    assertThat(get(Role.MANAGER, customer).body()).contains("p07@example.org", "Person 7<");
    assertThat(get(Role.MANAGER, "/customers/export/csv").body()).contains("p07@example.org");
  }

  @Test
  void cells_of_a_file_never_become_formulas_and_numbers_stay_numbers() throws Exception {
    String csv = get(Role.MANAGER, "/customers/export/csv?sort=id").body();
    assertThat(csv).contains("\"'=HYPERLINK(\"\"http://evil\"\")\",").contains(",-1,churn_risk,");
    assertThat(csv.lines().count()).isEqualTo(63);
    HttpResponse<byte[]> parquet =
        client.send(
            request(site.cookie(Role.ANALYST), "/accounts/export/parquet").build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(new String(parquet.body(), 0, 4, StandardCharsets.US_ASCII)).isEqualTo("PAR1");
    assertThat(get(Role.VIEWER, "/customers/export/csv").statusCode()).isEqualTo(403);
  }

  @Test
  void only_managers_change_customers() throws Exception {
    String customer = page("p08");
    for (String path :
        List.of("/traits", "/sentiment", "/points", "/unlink", "/share", "/points/1/end")) {
      assertThat(post(Role.ANALYST, customer + path, Map.of()).statusCode())
          .as(path)
          .isEqualTo(403);
    }
    assertThat(post(Role.ANALYST, "/customers/bulk", Map.of("which", "all")).statusCode())
        .isEqualTo(403);
    assertThat(get(Role.ANALYST, customer).body()).doesNotContain("id=\"points\"");
  }

  @Test
  void what_is_entered_by_hand_is_there_when_the_page_comes_back() throws Exception {
    String customer = page("p09");
    String back =
        location(post(Role.MANAGER, customer + "/traits", Map.of("trait", "csm", "value", "mia")));
    assertThat(back).isEqualTo(customer);
    location(
        post(
            Role.MANAGER,
            customer + "/sentiment",
            Map.of("mood", "bad", "note", "an <angry> note")));
    location(
        post(
            Role.MANAGER,
            customer + "/points",
            Map.of("model", "product", "points", "-2,5", "days", "30", "reason", "a refund")));
    String page = get(Role.MANAGER, customer).body();
    assertThat(page).contains("<dd>mia</dd>", "an &lt;angry&gt; note", "−2.5", "a refund");
    assertThat(page).contains("17.5", "20 without points given by hand");
    HttpResponse<String> wrong =
        post(
            Role.MANAGER,
            customer + "/points",
            Map.of("model", "product", "points", "5", "days", "91", "reason", "x"));
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body()).contains("points hold for 1 to 90 days");
    String end = first(Pattern.compile("action=\"(" + customer + "/points/\\d+/end)\""), page);
    assertThat(location(post(Role.MANAGER, end, Map.of()))).isEqualTo(customer);
    assertThat(get(Role.MANAGER, customer).body()).doesNotContain("without points given by hand");
    assertThat(
            post(Role.MANAGER, page("p10") + end.substring(customer.length()), Map.of())
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void a_link_is_undone_and_made_again_on_the_page() throws Exception {
    String customer = page("p02");
    assertThat(get(Role.MANAGER, customer).body()).contains("tablet");
    location(post(Role.MANAGER, customer + "/unlink", Map.of("from", "tablet")));
    String page = get(Role.MANAGER, customer).body();
    assertThat(page).contains("no longer belongs to p02");
    String again = first(Pattern.compile("action=\"(" + customer + "/relink/\\d+)\""), page);
    location(post(Role.MANAGER, again, Map.of()));
    assertThat(get(Role.MANAGER, customer).body()).contains("belongs to p02 since");
    assertThat(post(Role.MANAGER, page("p03") + "/unlink", Map.of("from", "tablet")).statusCode())
        .isEqualTo(404);
  }

  @Test
  void a_shared_page_needs_no_account_and_tells_nobody_who_it_is() throws Exception {
    String customer = page("p11");
    HttpResponse<String> made =
        post(Role.MANAGER, customer + "/share", Map.of("days", "5", "span", "30"));
    String url = first(Pattern.compile("id=\"share-url\"[^>]*>([^<]+)<"), made.body());
    String path = url.substring(url.indexOf("/shared/"));
    HttpResponse<String> shared = get("", path);
    assertThat(shared.statusCode()).isEqualTo(200);
    assertThat(shared.body())
        .contains("<strong>40</strong>", "+40")
        .doesNotContain("p11", "Person", "@example", "pro<", customer);
    String revoke =
        first(
            Pattern.compile("action=\"(/shares/[0-9a-f]+/revoke)\""),
            get(Role.MANAGER, customer).body());
    assertThat(post(Role.ANALYST, revoke, Map.of()).statusCode()).isEqualTo(403);
    location(post(Role.MANAGER, revoke, Map.of()));
    assertThat(get("", path).statusCode()).isEqualTo(404);
    assertThat(get("", "/shared/nothing").statusCode()).isEqualTo(404);
    assertThat(post(Role.MANAGER, customer + "/share", Map.of("days", "91")).statusCode())
        .isEqualTo(400);
  }

  @Test
  void the_overview_is_shared_without_anybodys_name() throws Exception {
    until(() -> get(Role.MANAGER, "/overview").body().contains("histogram"));
    HttpResponse<String> made = post(Role.MANAGER, "/overview/share", Map.of("days", "3"));
    String url = first(Pattern.compile("id=\"share-url\"[^>]*>([^<]+)<"), made.body());
    String path = url.substring(url.indexOf("/shared/"));
    assertThat(get("", path).body())
        .contains("Engagement overview", "data-chart=\"histogram\"", "Power user")
        .doesNotContain("Person", "p11", "<b>use</b>");
    String revoke =
        first(
            Pattern.compile("action=\"(/shares/[0-9a-f]+/revoke)\""),
            get(Role.MANAGER, "/overview/share").body());
    location(post(Role.MANAGER, revoke, Map.of()));
    assertThat(get("", path).statusCode()).isEqualTo(404);
    assertThat(post(Role.ANALYST, "/overview/share", Map.of("days", "3")).statusCode())
        .isEqualTo(403);
  }

  @Test
  void who_may_see_some_accounts_alone_finds_nobody_else() throws Exception {
    Person owner =
        site.server()
            .people()
            .add(
                new People.Wanted(
                    "owner@example.com", "Owner", Role.MANAGER, "account.owner == me", null));
    String cookie = site.server().sessions().start(owner, "127.0.0.1").cookieValue();
    String list = get(cookie, "/customers").body();
    assertThat(list).contains(">1 customer<");
    assertThat(get(cookie, first(CUSTOMER, list)).statusCode()).isEqualTo(200);
    String other = page("p12");
    for (String path : List.of("", "/timeline", "/change?from=2026-01-01&to=2026-01-02")) {
      assertThat(get(cookie, other + path).statusCode()).as(path).isEqualTo(404);
    }
    assertThat(get(cookie, "/customers/trends?ids=" + other.substring(11)).body())
        .doesNotContain("trend-");
    assertThat(get(cookie, "/customers/export/csv").body().lines().count()).isEqualTo(2);
    assertThat(get(cookie, "/accounts").body()).contains(">1 account<");
  }

  @Test
  void many_are_changed_after_their_number_was_confirmed() throws Exception {
    String view =
        filtered(Role.MANAGER, Map.of("trait", "plan", "is", "is", "value", "pro"))
            .replaceAll(".*view=", "");
    Map<String, String> change =
        Map.of("view", view, "which", "all", "what", "trait", "trait", "wave", "value", "1");
    String asked = post(Role.MANAGER, "/customers/bulk", change).body();
    assertThat(asked).contains("for 10 customers?", "name=\"expected\" value=\"10\"");
    Map<String, String> start = new java.util.HashMap<>(change);
    start.put("expected", "9");
    assertThat(post(Role.MANAGER, "/customers/bulk/start", start).statusCode()).isEqualTo(422);
    start.put("expected", "10");
    String job = location(post(Role.MANAGER, "/customers/bulk/start", start));
    until(() -> get(Role.MANAGER, job).body().contains("Done: 10 of 10"));
    assertThat(matching(Map.of("trait", "wave", "is", "is", "value", "1"))).isEqualTo(10);
    assertThat(
            post(Role.MANAGER, "/customers/bulk", Map.of("which", "picked", "what", "owner"))
                .body())
        .contains("Nobody is picked");
  }

  @Test
  void saved_views_are_opened_by_their_names() throws Exception {
    String view = filtered(Role.ANALYST, Map.of("search", "p1")).replaceAll(".*view=", "");
    String saved =
        location(
            post(
                Role.ANALYST,
                "/customers/views",
                Map.of("view", view, "name", "Ones <x>", "shared", "yes", "sort", "id")));
    assertThat(get(Role.ANALYST, saved).body()).contains("Ones &lt;x&gt;", "10 customers match");
    assertThat(get(Role.VIEWER, "/customers").body()).contains("Ones &lt;x&gt;");
    String delete = saved.replaceAll(".*view=", "/customers/views/") + "/delete";
    assertThat(post(Role.MANAGER, delete, Map.of()).statusCode()).isEqualTo(404);
    location(post(Role.ANALYST, delete, Map.of()));
    assertThat(get(Role.VIEWER, "/customers").body()).doesNotContain("Ones &lt;x&gt;");
  }

  @Test
  void reading_a_customers_page_is_written_down() throws Exception {
    get(Role.VIEWER, page("p13"));
    Person viewer = Objects.requireNonNull(site.server().people().byEmail("viewer@example.com"));
    assertThat(
            site.server()
                .site()
                .team()
                .audit()
                .list(
                    "person " + viewer.id(),
                    io.pulso.server.people.AuditAction.CUSTOMER_READ,
                    Long.MAX_VALUE,
                    50))
        .anyMatch(told -> told.what().containsValue("p13"));
  }

  @Test
  void who_objected_has_a_page_that_says_so() throws Exception {
    String customer = page("p14");
    String token = site.server().token("crm", io.pulso.server.access.Tokens.Scope.WRITE);
    client.send(
        HttpRequest.newBuilder(URI.create(site.url() + "/api/v1/customers/p14/processing"))
            .header("Authorization", "Bearer " + token)
            .PUT(HttpRequest.BodyPublishers.ofString("{\"processing\":\"objected\"}"))
            .build(),
        HttpResponse.BodyHandlers.ofString());
    String page = get(Role.MANAGER, customer).body();
    assertThat(page)
        .contains("objected to being scored")
        .doesNotContain("Why this score", "<strong>");
    assertThat(get(Role.MANAGER, customer + "/change?from=2026-01-01&to=2026-01-02").body())
        .contains("does not score them");
  }
}
