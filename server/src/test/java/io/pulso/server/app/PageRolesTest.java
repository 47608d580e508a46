package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.page.Pages;
import io.pulso.server.people.People;
import io.pulso.server.people.Person;
import io.pulso.server.people.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Every address of the pages, asked by everybody.
@Timeout(240)
class PageRolesTest {
  /// Who may use each address at least; a new one must be thought of here.
  private static final String LEAST =
      """
      -       GET  /shared/{secret}
      -       GET  /sign-in
      -       POST /sign-in
      -       GET  /sign-in/back
      -       GET  /sign-in/provider
      -       GET  /welcome/{link}
      -       POST /welcome/{link}
      viewer  GET  /
      viewer  GET  /accounts
      manager POST /accounts/bulk
      manager POST /accounts/bulk/start
      manager GET  /accounts/bulk/{job}
      manager POST /accounts/bulk/{job}/cancel
      viewer  POST /accounts/check
      analyst GET  /accounts/export/{format}
      viewer  POST /accounts/filter
      viewer  GET  /accounts/trends
      analyst POST /accounts/views
      analyst POST /accounts/views/{view}/delete
      viewer  GET  /accounts/{id}
      viewer  GET  /accounts/{id}/change
      viewer  GET  /accounts/{id}/events
      analyst GET  /accounts/{id}/history.csv
      manager POST /accounts/{id}/points
      manager POST /accounts/{id}/points/{no}/end
      manager POST /accounts/{id}/sentiment
      viewer  GET  /accounts/{id}/timeline
      manager POST /accounts/{id}/traits
      viewer  GET  /behind/accounts
      viewer  GET  /behind/customers
      viewer  GET  /campaigns
      viewer  GET  /campaigns/{section}
      viewer  GET  /campaigns/{section}/parts.csv
      viewer  GET  /surveys
      viewer  GET  /surveys/answers.csv
      viewer  GET  /dashboards
      analyst POST /dashboards
      viewer  GET  /dashboards/{id}
      viewer  GET  /dashboards/{id}/cards/{place}
      analyst POST /dashboards/{id}/add
      analyst POST /dashboards/{id}/cards/{place}/move
      analyst POST /dashboards/{id}/cards/{place}/take
      analyst POST /dashboards/{id}/team
      analyst POST /dashboards/{id}/delete
      manager GET  /dashboards/{id}/share
      manager POST /dashboards/{id}/share
      analyst POST /metric/{id}/goal
      analyst POST /metric/{id}/goal/remove
      viewer  GET  /calculators
      viewer  GET  /calculators/{id}
      viewer  GET  /customers
      manager POST /customers/bulk
      manager POST /customers/bulk/start
      manager GET  /customers/bulk/{job}
      manager POST /customers/bulk/{job}/cancel
      viewer  POST /customers/check
      analyst GET  /customers/export/{format}
      viewer  POST /customers/filter
      viewer  GET  /customers/trends
      analyst POST /customers/views
      analyst POST /customers/views/{view}/delete
      viewer  GET  /customers/{id}
      viewer  GET  /customers/{id}/change
      viewer  GET  /customers/{id}/events
      analyst GET  /customers/{id}/history.csv
      manager POST /customers/{id}/points
      manager POST /customers/{id}/points/{no}/end
      manager POST /customers/{id}/relink/{no}
      manager POST /customers/{id}/sentiment
      manager POST /customers/{id}/share
      viewer  GET  /customers/{id}/timeline
      manager POST /customers/{id}/traits
      manager POST /customers/{id}/unlink
      viewer  GET  /data
      viewer  GET  /data/coverage
      viewer  POST /data/filter
      viewer  GET  /data/imports
      manager POST /data/imports
      manager POST /data/imports/cancel
      viewer  GET  /data/imports/list
      admin   POST /data/keys
      admin   POST /data/keys/revoke
      admin   POST /data/keys/rotate
      viewer  GET  /data/live/new
      viewer  GET  /data/quality
      viewer  POST /data/quality/filter
      manager POST /data/quality/readmit
      manager POST /data/quality/remove
      viewer  GET  /data/rejected
      manager GET  /data/rejected/one
      manager POST /data/rejected/one
      manager POST /data/rejected/replay
      viewer  GET  /data/source
      viewer  GET  /data/sources
      admin   POST /data/start
      viewer  GET  /data/start/wait
      viewer  GET  /live/{what}
      viewer  POST /me/language
      viewer  POST /me/theme
      viewer  GET  /metric
      viewer  GET  /metric/{id}
      viewer  GET  /metric/{id}/series.csv
      viewer  GET  /metric/{id}/same
      viewer  GET  /models
      analyst GET  /models/-propose
      analyst POST /models/-propose
      analyst POST /models/-propose/preview
      analyst POST /models/-propose/preview.csv
      viewer  GET  /models/{name}
      analyst POST /models/{name}/changes.csv
      analyst POST /models/{name}/draft
      analyst GET  /models/{name}/edit
      manager POST /models/{name}/publish
      viewer  GET  /models/{name}/publishing
      analyst POST /models/{name}/tests
      analyst POST /models/{name}/try
      viewer  GET  /overview
      viewer  GET  /overview/bands.csv
      viewer  GET  /overview/distribution.csv
      viewer  GET  /overview/movers.csv
      manager GET  /overview/share
      manager POST /overview/share
      viewer  GET  /search
      viewer  GET  /journeys
      viewer  GET  /journeys/paths
      viewer  GET  /journeys/paths/{table}.csv
      viewer  GET  /journeys/paths/behind
      viewer  GET  /journeys/funnel
      viewer  POST /journeys/funnel
      viewer  GET  /journeys/funnel/steps.csv
      viewer  GET  /journeys/funnel/behind
      viewer  GET  /journeys/retention
      viewer  GET  /journeys/retention/cohorts.csv
      viewer  GET  /journeys/retention/behind
      viewer  GET  /journeys/lifecycle
      viewer  GET  /journeys/lifecycle/stages.csv
      viewer  GET  /journeys/lifecycle/survival.csv
      viewer  GET  /journeys/lifecycle/groups.csv
      viewer  GET  /journeys/lifecycle/behind
      viewer  GET  /journeys/high-scorers
      viewer  GET  /journeys/high-scorers/activities.csv
      viewer  GET  /journeys/high-scorers/behind
      viewer  GET  /support
      viewer  GET  /support/parts.csv
      viewer  GET  /support/behind
      viewer  GET  /segments
      analyst POST /segments/-check
      viewer  GET  /segments/-compare
      viewer  GET  /segments/-compare.csv
      viewer  GET  /segments/-migration
      viewer  GET  /segments/-migration.csv
      analyst GET  /segments/-new
      analyst POST /segments/-save
      viewer  GET  /segments/{name}
      viewer  GET  /segments/{name}/behind
      viewer  GET  /segments/{name}/days.csv
      manager POST /segments/{name}/delete
      analyst GET  /segments/{name}/edit
      manager POST /segments/{name}/list
      viewer  GET  /settings
      viewer  GET  /settings/about
      admin   GET  /settings/audit
      admin   POST /settings/audit/check
      admin   GET  /settings/backup
      admin   POST /settings/backup
      viewer  GET  /settings/me
      viewer  POST /settings/me
      viewer  POST /settings/me/password
      viewer  POST /settings/me/provider
      viewer  POST /settings/me/sessions
      admin   GET  /settings/people
      admin   POST /settings/people
      admin   POST /settings/people/provider/secret
      admin   POST /settings/people/{id}
      admin   POST /settings/people/{id}/link
      admin   POST /settings/people/{id}/remove
      admin   GET  /settings/tokens
      admin   POST /settings/tokens
      admin   POST /settings/tokens/{id}/revoke
      viewer  GET  /settings/workspace
      admin   POST /settings/workspace
      manager POST /shares/{share}/revoke
      viewer  POST /sign-out
      """;

  @TempDir private Path folder;

  private static Map<String, String> least() {
    Map<String, String> least = new TreeMap<>();
    LEAST
        .lines()
        .map(line -> line.split(" +", 2))
        .forEach(line -> least.put(line[1].replaceAll(" +", " "), line[0]));
    return least;
  }

  private static String word(@Nullable Role role) {
    return role == null ? "-" : role.word();
  }

  /// What becomes of a request of somebody with a role; null for nobody.
  private static String asked(Running running, Pages.Route route, @Nullable Role role)
      throws Exception {
    try (Browser browser = new Browser(running.url())) {
      String token = "";
      if (role != null) {
        String email = role.word() + "@example.org";
        Person known = running.server().people().byEmail(email);
        Person person =
            known != null
                ? known
                : running
                    .server()
                    .people()
                    .add(new People.Wanted(email, role.word(), role, "", "en"));
        var started = running.server().sessions().start(person, "127.0.0.1");
        browser.cookies.put("pulso", started.cookieValue());
        token = started.session().csrf();
      }
      String path = route.path().replaceAll("\\{[a-z]+}", "nothing");
      HttpResponse<String> answer =
          route.method().equals("GET")
              ? browser.get(path)
              : browser.bare(path, Map.of("csrf", token), "Sec-Fetch-Site", "same-origin");
      assertThat(answer.headers().firstValue("Content-Security-Policy"))
          .as(route.path())
          .isPresent();
      assertThat(answer.statusCode()).as(route + " " + role).isNotEqualTo(500);
      boolean toSignIn = answer.statusCode() == 303 && Browser.to(answer).startsWith("/sign-in");
      return answer.statusCode() == 403 ? "refused" : toSignIn ? "sign in" : "answered";
    }
  }

  @Test
  void every_address_is_answered_from_its_least_role_on_and_to_nobody_else() throws Exception {
    Map<String, String> least = least();
    List<String> wrong = new ArrayList<>();
    try (Running running = Running.on(folder.resolve("w"), Map.of())) {
      List<Pages.Route> routes = running.server().site().routes();
      assertThat(routes).hasSizeGreaterThan(20);
      assertThat(
              routes.stream()
                  .map(route -> route.method() + " " + route.path() + " " + word(route.least())))
          .as("each address stands in the table of least roles")
          .containsExactlyInAnyOrderElementsOf(
              least.entrySet().stream()
                  .map(each -> each.getKey() + " " + each.getValue())
                  .toList());
      for (Pages.Route route : routes) {
        String needed = String.valueOf(least.get(route.method() + " " + route.path()));
        for (Role role : Role.values()) {
          boolean may = needed.equals("-") || role.allows(Role.of(needed));
          String got = asked(running, route, role);
          boolean signsOut =
              route.path().equals("/sign-out") || route.path().startsWith("/sign-in");
          if (!got.equals(may ? "answered" : "refused") && !(may && signsOut)) {
            wrong.add(role + " " + route.method() + " " + route.path() + ": " + got);
          }
        }
        String got = asked(running, route, null);
        if (!needed.equals("-") && !got.equals("sign in")) {
          wrong.add("nobody " + route.method() + " " + route.path() + ": " + got);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }
}
