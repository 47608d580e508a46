package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.model.Model;
import io.pulso.server.page.Pages;
import io.pulso.server.people.People;
import io.pulso.server.people.Role;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.net.http.HttpResponse;
import java.nio.file.Path;
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
    running.until("/api/v1/customers", "zqother");
    running.until("/api/v1/status", "\"received\":7");
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
    if (!path.contains("/{id}")) {
      return List.of(path.replaceAll("\\{format}", "csv").replaceAll("\\{[a-z]+}", "nothing"));
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
}
