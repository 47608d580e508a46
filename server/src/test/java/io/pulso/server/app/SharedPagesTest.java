package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.people.People;
import io.pulso.server.people.Person;
import io.pulso.server.people.Role;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What is shared, limited, changed for many, saved and written down on the pages of customers.
class SharedPagesTest extends CustomerWorld {
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
