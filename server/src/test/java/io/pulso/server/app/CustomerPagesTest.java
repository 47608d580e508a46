package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.people.Role;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The pages about customers and accounts, as a browser without scripts sees them, with people who
/// choose their names to do harm.
@Timeout(180)
class CustomerPagesTest extends CustomerWorld {
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
}
