package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.people.People;
import io.pulso.server.people.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The pages of journeys, as different people see them.
@Timeout(120)
class JourneyPagesTest {
  private static final String MODEL =
      "name: use\nactivities:\n- {name: logins, match: event == \"Login\", points: 5}\n";

  @TempDir private Path folder;

  private static String calls() {
    StringBuilder calls = new StringBuilder();
    for (String user : new String[] {"zqann", "zqbob"}) {
      calls.append(
          "{\"type\":\"identify\",\"userId\":\"%1$s\",\"timestamp\":\"%2$s\",\"traits\":{\"email\":\"%1$s@zqmail.example\"}},"
              .formatted(user, ago(20)));
      calls.append(track(user, "Login", 20, "")).append(',');
    }
    calls.append(track("zqann", "Order Completed", 19, "")).append(',');
    calls.append(
        track("zqbob", "Ticket Created", 9, "\"ticket_id\":\"t\",\"tier\":\"<b>gold</b>\""));
    calls.append(',').append(ticket("Ticket Created", 9)).append(',');
    calls.append(ticket("Ticket Resolved", 7));
    calls.append(',').append(page("zqann", "Home")).append(',').append(page("zqann", "Pricing"));
    calls.append(',').append(page("zqbob", "Home"));
    calls.append(',').append(track("zqann", "Login", 0, ""));
    return "{\"batch\":[" + calls + "]}";
  }

  private static String track(String user, String event, int days, String properties) {
    return "{\"type\":\"track\",\"userId\":\"%s\",\"event\":\"%s\",\"timestamp\":\"%s\",\"properties\":{%s}}"
        .formatted(user, event, ago(days), properties);
  }

  private static String ticket(String event, int days) {
    return track("zqann", event, days, "\"ticket_id\":\"solved\",\"tier\":\"tin\"");
  }

  private static String page(String user, String name) {
    return "{\"type\":\"page\",\"userId\":\"%1$s\",\"name\":\"%2$s\",\"timestamp\":\"%3$s\",\"context\":{\"sessionId\":\"%1$s\"}}"
        .formatted(user, name, ago(20));
  }

  private static String day(int days) {
    return ago(days).substring(0, 10);
  }

  private static String ago(int days) {
    return Instant.now().minus(days, ChronoUnit.DAYS).toString();
  }

  @Test
  void journeys_are_told_with_those_behind_them_to_those_who_may_see_them() throws Exception {
    try (Running running = Running.on(folder, Map.of("use", MODEL))) {
      String key = running.server().key("web");
      running.post("/v1/batch", key, calls());
      running.until("/api/v1/status", "\"received\":12");
      running.until("/api/v1/metrics/tickets.created", "\"value\":2");

      String built;
      try (Browser manager = signedIn(running, Role.MANAGER, "")) {
        built = build(manager, "Login", "Order Completed", "first orders");
        String page = manager.get(built).body();
        assertThat(page).contains("2 customers", "1 customer", "50%", "1 dropped off here");
        assertThat(page).contains("first orders");
        assertThat(manager.get(built + "&by=traits.email").body())
            .contains("zqann@zqmail.example", "zqbob@zqmail.example");
        String query = built.substring(built.indexOf('?') + 1);
        HttpResponse<String> list =
            manager.get("/journeys/funnel/behind?" + query + "&least=1&most=1");
        assertThat(list.statusCode()).isEqualTo(303);
        String to = list.headers().firstValue("Location").orElseThrow();
        assertThat(manager.get(to).body())
            .contains("zqbob")
            .contains("Those behind a number of a journey")
            .doesNotContain("zqann");
        assertThat(manager.get("/journeys/funnel/steps.csv?" + query).body()).contains(",1,50,50,");
        assertThat(manager.get("/journeys/retention?every=week").body())
            .contains("100%", "existing");
        String cohort =
            manager
                .get("/journeys/retention/behind?every=week&cohort=0&later=0")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        assertThat(manager.get(cohort).statusCode()).isEqualTo(200);
        assertThat(manager.get("/journeys/lifecycle").body()).contains("Went silent");
        assertThat(manager.get("/journeys/lifecycle/stages.csv").statusCode()).isEqualTo(200);
        assertThat(manager.get("/journeys/lifecycle/survival.csv").statusCode()).isEqualTo(200);
        assertThat(manager.get("/journeys/high-scorers").body()).contains("Too few to compare");
        assertThat(manager.get("/support").body())
            .contains("&lt;b&gt;gold&lt;/b&gt;", "Still open")
            .doesNotContain("<b>gold</b>");
        assertThat(manager.get("/support/parts.csv?by=tier").body()).contains("<b>gold</b>,1");
        assertThat(manager.get("/journeys").body()).contains("/journeys/funnel");
        assertThat(manager.get("/journeys/funnel?id=nothing").statusCode()).isEqualTo(404);
        assertThat(build(manager, "= event = 1", "Login", "")).contains("role=\"alert\"");
      }
      try (Browser viewer = signedIn(running, Role.VIEWER, "")) {
        those_behind_other_numbers(viewer);

        assertThat(viewer.get(built + "&by=traits.email").body())
            .contains("50%", "That is personal")
            .doesNotContain("zqmail");
        assertThat(build(viewer, "= traits.email == \"zqann@zqmail.example\"", "Login", ""))
            .contains("role=\"alert\"");
      }
      try (Browser limited = signedIn(running, Role.MANAGER, "account.owner == me")) {
        assertThat(build(limited, "= properties.tier == \"gold\"", "Login", ""))
            .contains("role=\"alert\"");
        assertThat(limited.get("/journeys/lifecycle?by=segment").body())
            .contains("By band")
            .doesNotContain("By segment");
        assertThat(limited.get("/journeys/lifecycle/groups.csv?by=segment").statusCode())
            .isEqualTo(404);
        assertThat(limited.get("/journeys/paths/behind?way=0").statusCode()).isEqualTo(404);
        assertListed(limited, "/support/behind?of=backlog&days=30");
        String query = built.substring(built.indexOf('?') + 1);
        String to =
            limited
                .get("/journeys/funnel/behind?" + query + "&least=1&most=2")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        assertThat(limited.get(to).body()).doesNotContain("zqann").doesNotContain("zqbob");
      }
    }
  }

  private static void those_behind_other_numbers(Browser viewer) throws Exception {
    String lifecycle = "/journeys/lifecycle/behind?every=day&per=customer&from=";
    assertListed(viewer, lifecycle + day(20) + "&kind=fresh", "zqann", "zqbob");
    assertListed(viewer, lifecycle + day(19) + "&kind=returning", "zqann");
    assertListed(viewer, lifecycle + day(19) + "&kind=dormant", "zqbob");
    assertListed(viewer, lifecycle + day(0) + "&kind=resurrecting");
    assertListed(viewer, "/journeys/lifecycle/behind?every=month&from=" + day(200) + "&kind=fresh");
    assertThat(viewer.get("/journeys/lifecycle?every=week").body())
        .contains("/journeys/lifecycle/behind?every=week&amp;per=customer&amp;from=");
    assertThat(viewer.get(lifecycle + "2026-02-30&kind=fresh").statusCode()).isEqualTo(404);

    assertThat(viewer.get("/journeys/lifecycle?by=band").body())
        .contains("No group has 30 customers", "/journeys/lifecycle/groups.csv?by=band");
    assertThat(viewer.get("/journeys/lifecycle?by=segment").body())
        .contains("There is no segment of customers yet.");
    assertThat(viewer.get("/journeys/lifecycle/groups.csv?by=band").body())
        .contains("Group,At the start,Cancelled or not renewed");
    assertThat(viewer.get("/journeys/lifecycle/groups.csv").statusCode()).isEqualTo(404);
    assertThat(viewer.get("/support").body())
        .contains("/support/behind?of=backlog&amp;days=30", "/support/behind?slowest=open")
        .doesNotContain("/support/behind?of=tickets.reopen_rate");
    assertListed(viewer, "/support/behind?of=backlog&days=7", "zqbob");
    assertListed(viewer, "/support/behind?of=tickets.created&days=7");
    assertListed(viewer, "/support/behind?of=tickets.created&days=30", "zqann", "zqbob");
    assertListed(viewer, "/support/behind?slowest=days_3&days=30", "zqann");
    assertListed(viewer, "/support/behind?slowest=open&days=30", "zqbob");
    assertListed(viewer, "/support/behind?slowest=longer&days=30");
    assertThat(viewer.get("/support").body())
        .contains("/support/behind?by=tier&amp;days=30&amp;row=1");
    assertListed(viewer, "/support/behind?by=tier&days=30&row=0", "zqbob");
    assertListed(viewer, "/support/behind?by=tier&days=30&row=1", "zqann");
    assertListed(viewer, "/support/behind?by=team&days=30&row=0", "zqann", "zqbob");
    assertThat(viewer.get("/support/behind?by=tier&days=30&row=2").statusCode()).isEqualTo(404);
    assertThat(viewer.get("/support/behind?slowest=no_ticket").statusCode()).isEqualTo(404);
    assertThat(viewer.get("/support/behind?of=nps").statusCode()).isEqualTo(404);

    String paths = "/journeys/paths/behind?days=30&length=2&who=anybody&start=&end=&";
    assertThat(viewer.get("/journeys/paths?days=30&length=2").body())
        .contains(paths.replace("&", "&amp;") + "way=0");
    assertListed(viewer, paths + "way=0", "zqann");
    assertListed(viewer, paths + "entry=0", "zqann", "zqbob");
    assertListed(viewer, paths + "exit=0", "zqbob");
    assertListed(viewer, paths + "exit=1", "zqann");
    assertThat(viewer.get(paths + "way=9").statusCode()).isEqualTo(404);

    String scorers = "/journeys/high-scorers/behind?days=30&activity=";
    assertListed(viewer, scorers + "Order%20Completed&side=low", "zqann");
    assertListed(viewer, scorers + "Order%20Completed&side=high");
    assertListed(viewer, scorers + "Page%3A%20Home&side=low", "zqann", "zqbob");
    assertThat(viewer.get(scorers).statusCode()).isEqualTo(404);
  }

  /// Follows the way to a list, which has these customers and none of the others.
  private static void assertListed(Browser browser, String at, String... customers)
      throws Exception {
    HttpResponse<String> answer = browser.get(at);
    assertThat(answer.statusCode()).as(at).isEqualTo(303);
    String list = browser.get(answer.headers().firstValue("Location").orElseThrow()).body();
    assertThat(list).as(at).contains("Those behind a number of a journey");
    for (String customer : new String[] {"zqann", "zqbob"}) {
      assertThat(list.contains(customer))
          .as(at + " " + customer)
          .isEqualTo(List.of(customers).contains(customer));
    }
  }

  /// Where the funnel is that was built, or the page that says what is wrong.
  private static String build(Browser browser, String first, String second, String name)
      throws Exception {
    browser.get("/journeys");
    Map<String, String> form = new LinkedHashMap<>();
    form.put("amount", "2");
    form.put("unit", "d");
    form.put("step", first);
    // A second field of the same name.
    form.put("order=ordered&step", second);
    form.put("name", name);
    HttpResponse<String> answer = browser.post("/journeys/funnel", form);
    return answer.statusCode() == 303
        ? answer.headers().firstValue("Location").orElseThrow()
        : answer.body();
  }

  private static Browser signedIn(Running running, Role role, String accounts) {
    var person =
        running
            .server()
            .people()
            .add(
                new People.Wanted(
                    "p%d@example.org".formatted(System.nanoTime()), "Ann", role, accounts, "en"));
    Browser browser = new Browser(running.url());
    browser.cookies.put(
        "pulso", running.server().sessions().start(person, "127.0.0.1").cookieValue());
    return browser;
  }
}
