package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.model.Model;
import io.pulso.server.page.Pages;
import io.pulso.server.people.People;
import io.pulso.server.people.Role;
import io.pulso.server.store.Shares;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Every address of the pages, asked by people who see some accounts only, or no personal traits.
@Timeout(240)
class PageSightTest {
  private static final String MODEL =
      """
      name: use
      window: 30d
      activities:
        - {name: logins, match: event == "Login", points: 5}
      """;

  @TempDir private Path folder;

  private static String call(String user, String account, String owner) {
    return """
    {"batch":[
      {"type":"identify","userId":"%1$s","traits":{"name":"Mr %1$s Zqname","email":"%1$s@zqmail.example","plan":"pro"}},
      {"type":"group","userId":"%1$s","groupId":"%2$s","traits":{"name":"Firm %2$s","owner":"%3$s"}},
      {"type":"track","userId":"%1$s","event":"Login","properties":{"page":"%1$s-zqpage"},"context":{"groupId":"%2$s"}}]}
    """
        .formatted(user, account, owner);
  }

  private static Running running(Path folder) throws Exception {
    Running running = Running.on(folder, Map.of("use", MODEL));
    String key = running.server().key("web");
    running.post("/v1/batch", key, call("zqmine", "zqours", "ann@example.org"));
    running.post("/v1/batch", key, call("zqother", "zqtheirs", "bob@example.org"));
    running.post("/v1/batch", key, "{\"batch\":[{\"type\":\"track\",\"userId\":\"zqother\"}]}");
    String tablet = "{\"userId\":\"zqother\",\"anonymousId\":\"zqtablet\"}";
    running.post("/v1/identify", key, tablet);
    running.until("/api/v1/customers", "zqother");
    running.until("/api/v1/status", "\"received\":8");
    return running;
  }

  /// The answers to all that can be read, by address.
  private static Map<String, String> read(Running running, Role role, String accounts)
      throws Exception {
    Map<String, String> bodies = new java.util.TreeMap<>();
    var person =
        running
            .server()
            .people()
            .add(new People.Wanted("ann@example.org", "Ann", role, accounts, "en"));
    try (Browser browser = new Browser(running.url())) {
      browser.cookies.put(
          "pulso", running.server().sessions().start(person, "127.0.0.1").cookieValue());
      for (Pages.Route route : running.server().site().routes()) {
        if (route.method().equals("GET")) {
          for (String path : paths(running, route.path())) {
            HttpResponse<String> answer = answered(browser, path);
            assertThat(answer.statusCode()).as(path).isLessThan(500);
            bodies.put(path + " " + answer.statusCode(), answer.body());
          }
        }
      }
      for (String query : List.of("zq", "zqoth", "zqthei", "zqmai", "Zqnam")) {
        bodies.put("/search " + query, browser.get("/search?q=" + query).body());
      }
    }
    return bodies;
  }

  /// The answer, also of a server that has too much to do at first.
  private static HttpResponse<String> answered(Browser browser, String path) throws Exception {
    HttpResponse<String> answer = browser.get(path);
    for (int i = 0; i < 5 && answer.statusCode() == 503; i++) {
      answer = browser.get(path);
    }
    return answer;
  }

  /// The address with the ids of all customers or accounts that fit it.
  private static List<String> paths(Running running, String path) {
    if (!path.contains("{")) {
      return List.of(path);
    }
    if (!path.startsWith("/customers/{id}") && !path.startsWith("/accounts/{id}")) {
      return List.of(
          path.replace("/metric/{id}", "/metric/page_views")
              .replace("/calculators/{id}", "/calculators/nps")
              .replace("{format}", "csv")
              .replaceAll("\\{[a-z]+}", "nothing"));
    }
    boolean account = path.startsWith("/accounts");
    Model.Subject kind = account ? Model.Subject.ACCOUNT : Model.Subject.CUSTOMER;
    List<String> paths = new ArrayList<>();
    try (Store store = running.server().site().parts().store().beside();
        View view = store.now()) {
      for (String id : account ? List.of("zqours", "zqtheirs") : List.of("zqmine", "zqother")) {
        int number = view.subject(kind, id).orElseThrow();
        paths.add(path.replace("{id}", store.opaqueIds().of(kind, number)));
      }
    }
    return paths;
  }

  private static List<String> with(Map<String, String> bodies, String... marks) {
    List<String> found = new ArrayList<>();
    bodies.forEach((path, body) -> {
      for (String mark : marks) {
        if (body.contains(mark)) {
          found.add(path + " has " + mark);
        }
      }
    });
    return found;
  }

  @Test
  void who_sees_some_accounts_only_reads_nothing_of_others_anywhere() throws Exception {
    try (Running running = running(folder.resolve("limited"))) {
      Map<String, String> bodies = read(running, Role.ADMIN, "account.owner == me");
      assertThat(with(bodies, "zqmine")).as("what is seen").hasSizeGreaterThan(2);
      assertThat(with(bodies, "zqother", "zqtheirs", "bob@example.org")).isEmpty();
    }
  }

  @Test
  void an_analyst_reads_no_personal_trait_anywhere() throws Exception {
    try (Running running = running(folder.resolve("masked"))) {
      Map<String, String> bodies = read(running, Role.ANALYST, "");
      assertThat(with(bodies, "zqmine")).as("what is seen").hasSizeGreaterThan(2);
      assertThat(with(bodies, "Zqname", "zqmail")).isEmpty();
    }
    try (Running running = running(folder.resolve("open"))) {
      assertThat(with(read(running, Role.MANAGER, ""), "Zqname", "zqmail"))
          .as("the control: a manager does")
          .hasSizeGreaterThan(2);
    }
  }

  private static final String OTHER = "zqother";

  /// What a page would only know of them if it looked.
  private static final List<String> MARKS =
      List.of("Mr zqother", "zqother@", "Firm zqtheirs", "bob@example.org", "zqother-zqpage");

  /// What people enter of the other customer and account, and what their traits are.
  private static String entered(Running running) throws Exception {
    StringBuilder told = new StringBuilder();
    for (String of : List.of("customers/zqother", "accounts/zqtheirs")) {
      told.append(running.get("/api/v1/" + of)).append('\n');
      for (String what : List.of("sentiments", "adjustments")) {
        told.append(running.get("/api/v1/" + of + "/" + what)).append('\n');
      }
    }
    told.append(running.get("/api/v1/customers/zqother/links")).append('\n');
    try (Store store = running.server().site().parts().store().beside();
        View view = store.now()) {
      int number = view.subject(Model.Subject.CUSTOMER, OTHER).orElseThrow();
      told.append(store.byHand().shares().of(number).stream().map(Shares.Row::revokedAt).toList());
    }
    return told.toString();
  }

  /// What stands in the places of an address, where it speaks of the others.
  private record Places(String share, String job) {}

  /// The addresses that speak of the others, or of nobody.
  private static String theirs(Running running, String path, Places places) {
    boolean ofSubject = path.startsWith("/customers/{id}") || path.startsWith("/accounts/{id}");
    String own = ofSubject ? paths(running, path).getLast() : path;
    return own.replace("{share}", places.share())
        .replace("{job}", places.job())
        .replace("{no}", "1")
        .replace("{name}", "use")
        .replaceAll("\\{[a-z]+}", "nothing");
  }

  /// A form with whatever any page asks for, about the others.
  private static Map<String, String> form(String csrf, String opaque) {
    Map<String, String> form = new java.util.TreeMap<>();
    form.put("csrf", csrf);
    form.put("account", "zqtheirs");
    form.put("body", "{}");
    form.put("customer", OTHER);
    form.put("days", "3");
    form.put("expected", "1");
    form.put("from", "zqtablet");
    form.put("model", "use");
    form.put("mood", "bad");
    form.put("name", "zq");
    form.put("no", "1");
    form.put("note", "zq");
    form.put("of", OTHER);
    form.put("points", "5");
    form.put("reason", "zq");
    form.put("row", opaque);
    form.put("text", MODEL.replace("points: 5", "points: 7"));
    form.put("trait", "plan");
    form.put("value", "zqchanged");
    form.put("what", "trait");
    form.put("which", "picked");
    return form;
  }

  /// The answers to all that changes something, and what each leads to, by address; asked by
  /// somebody about the others.
  private static Map<String, String> change(Running running, String accounts, Places places)
      throws Exception {
    Map<String, String> bodies = new java.util.TreeMap<>();
    String email = accounts.isEmpty() ? "all@example.org" : "ann@example.org";
    var person =
        running
            .server()
            .people()
            .add(new People.Wanted(email, "Ann", Role.MANAGER, accounts, "en"));
    for (Pages.Route route : running.server().site().routes()) {
      Role least = route.least();
      if (!route.method().equals("POST") || least == null || !Role.MANAGER.allows(least)) {
        continue;
      }
      try (Browser browser = new Browser(running.url())) {
        var started = running.server().sessions().start(person, "127.0.0.1");
        browser.cookies.put("pulso", started.cookieValue());
        boolean account = route.path().startsWith("/accounts");
        String opaque = paths(running, account ? "/accounts/{id}" : "/customers/{id}").getLast();
        Map<String, String> form =
            form(started.session().csrf(), opaque.substring(opaque.lastIndexOf('/') + 1));
        String path = theirs(running, route.path(), places);
        HttpResponse<String> answer =
            browser.bare(path, form, "Sec-Fetch-Site", "same-origin", "Origin", running.url());
        assertThat(answer.statusCode()).as(path).isNotEqualTo(500);
        String body = answer.body();
        if (answer.statusCode() == 303) {
          body += answered(browser, Browser.to(answer)).body();
        }
        bodies.put(path + " " + answer.statusCode(), body);
      }
    }
    return bodies;
  }

  /// Something of the others of each kind that can be changed, and where it is.
  private static Places prepare(Running running) throws Exception {
    String admin = running.admin();
    String points = "{\"model\":\"use\",\"points\":1,\"days\":9,\"reason\":\"x\"}";
    assertThat(running.post("/api/v1/customers/zqother/adjustments", admin, points).statusCode())
        .isEqualTo(201);
    String bulk =
        "{\"kind\":\"account\",\"search\":\"zqtheirs\",\"traits\":{\"a\":1},\"expected\":1}";
    HttpResponse<String> job = running.post("/api/v1/bulk", admin, bulk);
    assertThat(job.statusCode()).as(job.body()).isEqualTo(202);
    String id = job.body().replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
    running.until("/api/v1/bulk/" + id, "\"done\"");
    running.until("/api/v1/accounts/zqtheirs", "\"a\":1");
    try (Store store = running.server().site().parts().store().beside();
        View view = store.now()) {
      int number = view.subject(Model.Subject.CUSTOMER, OTHER).orElseThrow();
      long now = Clock.systemUTC().millis() * 1000;
      Shares.Made made =
          store.byHand().shares().add(new Shares.Wanted("customer", number, "{}", "bob", 5), now);
      return new Places(made.id(), id);
    }
  }

  @Test
  void who_sees_some_accounts_only_changes_nothing_of_others_anywhere() throws Exception {
    try (Running running = running(folder.resolve("changes"))) {
      Places places = prepare(running);
      String before = entered(running);
      Map<String, String> bodies = change(running, "account.owner == me", places);
      assertThat(bodies).hasSizeGreaterThan(30);
      assertThat(with(bodies, MARKS.toArray(String[]::new))).isEmpty();
      assertThat(bodies.keySet().stream().filter(path -> path.contains(places.job())))
          .allMatch(path -> path.endsWith(" 404"));
      assertThat(entered(running)).isEqualTo(before);
      assertThat(with(change(running, "", places), MARKS.toArray(String[]::new)))
          .as("the control: who sees everybody does")
          .hasSizeGreaterThan(2);
      running.until("/api/v1/customers/zqother", "zqchanged");
      assertThat(entered(running)).isNotEqualTo(before).contains("\"bad\"", "\"holds\":false");
    }
  }
}
