package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.model.Model;
import io.pulso.server.people.People;
import io.pulso.server.people.Person;
import io.pulso.server.people.Role;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the pages of accounts tell of them, as a browser without scripts sees it.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountPagesTest {
  private static final String COMPANIES =
      """
      name: companies
      subject: account
      window: 30d
      activities:
        - {name: logins, match: event == "Login", points: 6, cap: {per_person: 2}}
        - {name: uses, match: event == "Used", points: 12, per: seat}
        - {name: features, match: event == "Opened", unit: {distinct: properties.feature}, points: 5, per: active_person}
        - {name: errors, match: event == "Error Shown", points: -1}
      """;
  private static final Pattern EVENT =
      Pattern.compile(
          "<b>([^<]+)</b><small>(.*?) · web</small>.*?<span class=\"num [a-z]+\">([^<]*)</span>",
          Pattern.DOTALL);
  private static final Pattern MORE = Pattern.compile("hx-get=\"([^\"]*before=[^\"]*)\"");
  private static final int ERRORS = 30;

  private final Instant yesterday =
      Instant.now().minus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.DAYS);
  private Running running;
  private int sent;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    running = Running.on(folder, Map.of("companies", COMPANIES));
    String key = running.server().key("web");
    List<String> calls = new ArrayList<>();
    for (String who : List.of("ann", "bob")) {
      calls.add(
          "{\"type\":\"identify\",\"userId\":\"%1$s\",\"traits\":{\"name\":\"Zq %1$s\"}}"
              .formatted(who));
    }
    calls.add(group("ann", "acme", "mine@example.org", -48));
    calls.add(group("bob", "acme", "mine@example.org", -48));
    calls.add(group("bob", "other", "ben@example.org", 23));
    for (int i = 0; i < 3; i++) {
      calls.add(track("ann", "Login", 6 + i, ""));
    }
    calls.add(track("bob", "Used", 10, ",\"properties\":{\"place\":\"zqsecret\"}"));
    int hour = 12;
    for (String who : List.of("ann", "ann", "bob")) {
      calls.add(track(who, "Opened", hour++, ",\"properties\":{\"feature\":\"export\"}"));
    }
    for (int i = 0; i < ERRORS; i++) {
      calls.add(track("ann", "Error Shown", 2, ""));
    }
    // What a member does elsewhere is no part of it.
    calls.add(track("ann", "Login", 11, ",\"context\":{\"groupId\":\"elsewhere\"}"));
    sent = calls.size();
    assertThat(
            running
                .post("/v1/batch", key, "{\"batch\":[" + String.join(",", calls) + "]}")
                .statusCode())
        .isEqualTo(200);
    running.until("/api/v1/status", "\"stored\":" + sent);
    running.until("/api/v1/accounts/acme/score?model=companies", "\"score\":-");
  }

  @AfterAll
  void stop() {
    running.close();
  }

  private String group(String who, String account, String owner, int hour) {
    return "{\"type\":\"group\",\"userId\":\"%s\",\"groupId\":\"%s\",\"traits\":{\"seats\":4,\"owner\":\"%s\"},\"timestamp\":\"%s\"}"
        .formatted(who, account, owner, yesterday.plus(hour, ChronoUnit.HOURS));
  }

  private String track(String who, String event, int hour, String more) {
    return "{\"type\":\"track\",\"userId\":\"%s\",\"event\":\"%s\",\"timestamp\":\"%s\"%s}"
        .formatted(who, event, yesterday.plus(hour, ChronoUnit.HOURS), more);
  }

  private String page(Model.Subject kind, String id) {
    try (Store store = running.server().site().parts().store().beside();
        View view = store.now()) {
      return (kind == Model.Subject.CUSTOMER ? "/customers/" : "/accounts/")
          + store.opaqueIds().of(kind, view.subject(kind, id).orElseThrow());
    }
  }

  private String account(String id) {
    return page(Model.Subject.ACCOUNT, id);
  }

  private Browser browser(Role role, String accounts) {
    Browser browser = new Browser(running.url());
    People people = running.server().people();
    String email = role.word() + (accounts.isEmpty() ? "" : "-limited") + "@example.org";
    Person found = people.byEmail(email);
    Person person =
        found != null ? found : people.add(new People.Wanted(email, "Ada", role, accounts, "en"));
    browser.cookies.put(
        "pulso", running.server().sessions().start(person, "127.0.0.1").cookieValue());
    return browser;
  }

  private String read(Role role, String accounts, String path) throws Exception {
    try (Browser browser = browser(role, accounts)) {
      HttpResponse<String> answer = browser.get(path);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return answer.body();
    }
  }

  /// Title, who and points of each event.
  private static List<String> events(String body) {
    List<String> found = new ArrayList<>();
    Matcher each = EVENT.matcher(body);
    while (each.find()) {
      String who = each.group(2).replaceAll("<[^>]+>", "");
      found.add((each.group(1) + " " + who + " " + each.group(3)).strip());
    }
    return found;
  }

  @Test
  void an_account_tells_what_its_people_did_in_it_with_points_under_its_model() throws Exception {
    String body = read(Role.MANAGER, "", account("acme") + "/timeline");
    assertThat(events(body))
        .startsWith(
            // Two people were active on that day and one had opened it before.
            "Opened Zq bob ≈ +2.5",
            "Opened Zq ann",
            "Opened Zq ann ≈ +2.5",
            // Four seats.
            "Used Zq bob ≈ +3",
            // The third of one person is over the cap.
            "Login Zq ann",
            "Login Zq ann ≈ +6",
            "Login Zq ann ≈ +6",
            "Error Shown Zq ann ≈ −1");
    assertThat(body).contains("href=\"" + page(Model.Subject.CUSTOMER, "bob") + "\"", "zqsecret");
    assertThat(read(Role.MANAGER, "", account("acme"))).contains(account("acme") + "/timeline");
  }

  @Test
  void the_list_of_events_goes_on_to_its_end() throws Exception {
    List<String> all = new ArrayList<>();
    String path = account("acme") + "/timeline";
    int pages = 0;
    while (!path.isEmpty()) {
      String body = read(Role.VIEWER, "", path);
      all.addAll(events(body));
      Matcher more = MORE.matcher(body);
      path = more.find() ? more.group(1).replace("&amp;", "&") : "";
      pages++;
    }
    assertThat(pages).isEqualTo(2);
    assertThat(all).hasSize(ERRORS + 7);
    assertThat(all.stream().filter(each -> each.startsWith("Error Shown"))).hasSize(ERRORS);
  }

  @Test
  void names_are_masked_and_who_is_not_seen_is_nobody_in_particular() throws Exception {
    String path = account("acme") + "/timeline";
    assertThat(read(Role.VIEWER, "", path)).contains(">ann<").doesNotContain("Zq ann");
    String limited = read(Role.ADMIN, "account.owner == \"mine@example.org\"", path);
    assertThat(events(limited)).contains("Used Somebody you do not see ≈ +3", "Login Zq ann ≈ +6");
    assertThat(limited).doesNotContain("Zq bob", page(Model.Subject.CUSTOMER, "bob"), "zqsecret");
  }

  @Test
  void the_list_of_accounts_has_a_line_of_their_last_weeks() throws Exception {
    String list = read(Role.VIEWER, "", "/accounts");
    Matcher at = Pattern.compile("hx-get=\"(/accounts/trends\\?ids=[^\"]+)\"").matcher(list);
    assertThat(at.find()).isTrue();
    String lines = read(Role.VIEWER, "", at.group(1));
    assertThat(lines).contains("id=\"trend-" + account("acme").substring(10) + "\"");
    String limited = read(Role.ADMIN, "account.owner == \"mine@example.org\"", at.group(1));
    assertThat(limited)
        .contains("trend-" + account("acme").substring(10))
        .doesNotContain("trend-" + account("other").substring(10));
  }

  @Test
  void points_by_hand_are_given_and_ended_on_the_page_of_an_account() throws Exception {
    String at = account("other");
    String people = page(Model.Subject.CUSTOMER, "bob");
    try (Browser browser = browser(Role.MANAGER, "")) {
      assertThat(browser.get(at).body()).contains("Adjust score");
      Map<String, String> form =
          Map.of("model", "companies", "points", "-7,5", "days", "3", "reason", "an outage");
      assertThat(browser.post(at + "/points", form).statusCode()).isEqualTo(303);
      String body = browser.get(at).body();
      assertThat(body).contains("an outage", "Given by hand", "without points given by hand");
      assertThat(browser.get(people).body()).doesNotContain("an outage");
      assertThat(read(Role.ADMIN, "", "/settings/audit"))
          .contains("Account changed", "Points given by hand", "companies -7.5")
          .doesNotContain("points.given");
      Matcher end = Pattern.compile("action=\"([^\"]+/points/\\d+/end)\"").matcher(body);
      assertThat(end.find()).isTrue();
      assertThat(browser.post(end.group(1).replace(at, account("acme")), Map.of()).statusCode())
          .as("those of another account")
          .isEqualTo(404);
      assertThat(browser.post(end.group(1), Map.of()).statusCode()).isEqualTo(303);
      assertThat(browser.get(at).body()).doesNotContain("without points given by hand");
      assertThat(
              browser
                  .post(
                      at + "/points",
                      Map.of("model", "nothing", "points", "1", "days", "1", "reason", "x"))
                  .body())
          .contains("that scores accounts");
    }
  }
}
