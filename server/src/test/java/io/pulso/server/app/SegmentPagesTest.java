package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.people.People;
import io.pulso.server.people.Role;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The pages of segments, as different people see them.
@Timeout(120)
class SegmentPagesTest {
  private static final String MODEL =
      """
      name: use
      window: 30d
      activities:
        - {name: logins, match: event == "Login", points: 50}
      """;

  @TempDir private Path folder;

  private static String call(String user, String plan, String account, String owner) {
    return """
    {"batch":[
      {"type":"identify","userId":"%1$s","timestamp":"%5$s","traits":{"email":"%1$s@zqmail.example","plan":"%2$s"}},
      {"type":"group","userId":"%1$s","groupId":"%3$s","timestamp":"%5$s","traits":{"owner":"%4$s"}},
      {"type":"track","userId":"%1$s","event":"Login","timestamp":"%5$s"}]}
    """
        .formatted(user, plan, account, owner, Instant.now().minus(3, ChronoUnit.DAYS));
  }

  private static Map<String, String> form(String... pairs) {
    Map<String, String> form = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      form.put(pairs[i], pairs[i + 1]);
    }
    return form;
  }

  private static HttpResponse<String> post(Person by, String path, Map<String, String> form)
      throws Exception {
    form.put("csrf", by.csrf());
    return by.browser().bare(path, form, "Sec-Fetch-Site", "same-origin", "HX-Request", "false");
  }

  private record Person(Browser browser, String csrf) implements AutoCloseable {
    String get(String path) throws Exception {
      return browser.get(path).body();
    }

    @Override
    public void close() {
      browser.close();
    }
  }

  private static Person signedIn(Running running, Role role, String accounts) {
    var person =
        running
            .server()
            .people()
            .add(
                new People.Wanted(
                    accounts.isEmpty()
                        ? "p%d@example.org".formatted(System.nanoTime())
                        : "ann@example.org",
                    "Ann",
                    role,
                    accounts,
                    "en"));
    var started = running.server().sessions().start(person, "127.0.0.1");
    Browser browser = new Browser(running.url());
    browser.cookies.put("pulso", started.cookieValue());
    return new Person(browser, started.session().csrf());
  }

  private Running running() throws Exception {
    Running running = Running.on(folder.resolve("w"), Map.of("use", MODEL));
    String key = running.server().key("web");
    running.post("/v1/batch", key, call("zqann", "pro", "acme", "ann@example.org"));
    running.post("/v1/batch", key, call("zqbob", "pro", "other", "bob@example.org"));
    running.post("/v1/batch", key, call("zqcid", "free", "other", "bob@example.org"));
    running.until("/api/v1/status", "\"received\":9");
    running.until("/api/v1/customers", "zqcid");
    return running;
  }

  @Test
  void what_a_form_does_not_speak_of_stays_in_the_file() throws Exception {
    try (Running running = running();
        Person analyst = signedIn(running, Role.ANALYST, "")) {
      Path file = folder.resolve("w/segments/quiet.yaml");
      Files.createDirectories(file.getParent());
      String text =
          """
          # Who to call on Mondays.
          name: quiet
          title: {en: Quiet, it: Silenziosi}
          when: >- # since March
            score < 40 &&
            traits.plan == "pro"
          """;
      Files.writeString(file, text);
      String hash = "name=\"hash\" value=\"";
      String page = analyst.get("/segments/quiet/edit");
      int at = page.indexOf(hash) + hash.length();
      Map<String, String> same =
          form(
              "name", "quiet",
              "title", "Quiet",
              "of", "customers",
              "how", "rule",
              "when", "score < 40 && traits.plan == \"pro\"",
              "hash", page.substring(at, at + 64));
      assertThat(post(analyst, "/segments/-save", same).statusCode()).isEqualTo(303);
      assertThat(Files.readString(file)).isEqualTo(text);
      same.put("title", "Very quiet");
      assertThat(post(analyst, "/segments/-save", same).statusCode()).isEqualTo(303);
      assertThat(Files.readString(file)).isEqualTo(text.replace("en: Quiet", "en: Very quiet"));
      // The file is another one than the form was made from.
      assertThat(post(analyst, "/segments/-save", same).statusCode()).isEqualTo(422);
    }
  }

  @Test
  void a_segment_is_built_used_and_deleted() throws Exception {
    try (Running running = running();
        Person analyst = signedIn(running, Role.ANALYST, "");
        Person manager = signedIn(running, Role.MANAGER, "")) {
      assertThat(analyst.get("/segments")).contains("No segment yet");
      Map<String, String> typed =
          form("when", "traits.plan == \"pro\"", "of", "customers", "how", "rule");
      assertThat(post(analyst, "/segments/-check", typed).body())
          .contains("2 customers", "66.7% of 3 customers", "Somewhat engaged");
      typed.put("when", "traits.plan = 3");
      assertThat(post(analyst, "/segments/-check", typed).body()).contains("error-text", "==");
      typed.put("when", "traits.plan == \"pro\"");
      typed.put("title", "The Próf. \"Pros\" & <b>more</b>");
      HttpResponse<String> saved = post(analyst, "/segments/-save", typed);
      assertThat(Browser.to(saved)).isEqualTo("/segments/the-prof-pros-b-more-b");
      String file = Files.readString(folder.resolve("w/segments/the-prof-pros-b-more-b.yaml"));
      assertThat(file).contains("when: 'traits.plan == \"pro\"'");
      String page = analyst.get("/segments/the-prof-pros-b-more-b");
      assertThat(page)
          .contains("&lt;b&gt;more", "66.7% of 3 customers")
          .doesNotContain("<b>more</b>");
      // Who builds another one of that name does not write over it.
      assertThat(post(analyst, "/segments/-save", typed).body()).contains("already");
      String list =
          analyst
              .browser()
              .get("/segments/the-prof-pros-b-more-b/behind")
              .headers()
              .firstValue("Location")
              .orElseThrow();
      assertThat(analyst.get(list))
          .contains("zqann", "zqbob", "2 customers match")
          .doesNotContain("zqcid");
      assertThat(running.get("/api/v1/customers?segment=the-prof-pros-b-more-b"))
          .contains("\"total\":2", "zqann")
          .doesNotContain("zqcid");
      assertThat(analyst.get("/metric/mau?by=segment"))
          .contains("the-prof-pros-b-more-b", "<b>2</b>");
      assertThat(
              analyst.get("/segments/-compare?a=the-prof-pros-b-more-b&b=the-prof-pros-b-more-b"))
          .contains("too few", "2 customers are in both");
      assertThat(analyst.get("/segments/-migration")).contains("From band to band");
      assertThat(analyst.get("/segments/the-prof-pros-b-more-b/days.csv?days=7"))
          .contains("Day,Size,Came in,Left\r\n", ",2,2,0");
      assertThat(post(manager, "/segments/the-prof-pros-b-more-b/delete", form()).statusCode())
          .isEqualTo(303);
      assertThat(analyst.browser().get("/segments/the-prof-pros-b-more-b").statusCode())
          .isEqualTo(404);
      assertThat(analyst.get(list)).contains("there is no segment");
    }
  }

  @Test
  void a_list_is_filled_by_managers() throws Exception {
    try (Running running = running();
        Person manager = signedIn(running, Role.MANAGER, "")) {
      post(manager, "/segments/-save", form("title", "Pilots", "of", "customers", "how", "list"));
      assertThat(
              post(manager, "/segments/pilots/list", form("ids", "zqann\nnobody\n", "what", "add"))
                  .body())
          .contains("Added 1", "1 id is nobody", "<pre", "nobody");
      assertThat(manager.get("/segments/pilots")).contains("33.3% of 3 customers");
      assertThat(running.get("/api/v1/segments/pilots/members")).contains("[\"zqann\"]");
      post(manager, "/segments/pilots/list", form("ids", "zqbob", "what", "replace"));
      assertThat(running.get("/api/v1/segments/pilots/members")).contains("[\"zqbob\"]");
      post(manager, "/segments/pilots/delete", form());
      post(manager, "/segments/-save", form("title", "Pilots", "of", "customers", "how", "list"));
      assertThat(running.get("/api/v1/segments/pilots/members"))
          .as("a list goes with its segment")
          .contains("\"members\":[]");
    }
  }

  @Test
  void a_rule_over_a_personal_trait_tells_nothing_to_those_who_may_not_see_it() throws Exception {
    try (Running running = running();
        Person manager = signedIn(running, Role.MANAGER, "");
        Person analyst = signedIn(running, Role.ANALYST, "")) {
      String rule = "traits.email == \"zqann@zqmail.example\"";
      post(
          manager,
          "/segments/-save",
          form("title", "zq", "of", "customers", "how", "rule", "when", rule));
      assertThat(manager.get("/segments/zq")).contains("33.3% of 3 customers");
      assertThat(analyst.get("/segments")).contains("personal trait").doesNotContain("33.3%");
      assertThat(analyst.browser().get("/segments/zq").statusCode()).isEqualTo(400);
      String behind =
          analyst
              .browser()
              .get("/segments/zq/behind")
              .headers()
              .firstValue("Location")
              .orElseThrow();
      assertThat(analyst.get(behind)).doesNotContain("zqann");
      assertThat(analyst.get("/metric/mau?by=segment")).doesNotContain(">zq<");
      assertThat(manager.get("/metric/mau?by=segment")).contains(">zq<");
      assertThat(analyst.browser().get("/segments/-compare?a=zq&b=zq").statusCode()).isEqualTo(422);
      assertThat(
              post(
                      analyst,
                      "/segments/-check",
                      form("when", rule, "of", "customers", "how", "rule"))
                  .body())
          .contains("error-text")
          .doesNotContain("1 customer");
    }
  }

  @Test
  void who_sees_some_accounts_is_told_of_their_customers() throws Exception {
    try (Running running = running();
        Person manager = signedIn(running, Role.MANAGER, "");
        Person limited = signedIn(running, Role.MANAGER, "account.owner == me")) {
      post(
          manager,
          "/segments/-save",
          form(
              "title", "pros", "of", "customers", "how", "rule", "when", "traits.plan == \"pro\""));
      assertThat(manager.get("/segments/pros")).contains("66.7% of 3 customers");
      assertThat(limited.get("/segments/pros")).contains("100% of 1 customer");
      assertThat(limited.get("/segments/pros/days.csv?days=7"))
          .contains(",1,1,0")
          .doesNotContain(",2,2,0");
      assertThat(limited.get("/metric/mau?by=segment"))
          .contains("Since you see some accounts only");
      assertThat(limited.get("/segments/-compare?a=pros&b=pros")).contains("1 customer is in both");
    }
  }
}
