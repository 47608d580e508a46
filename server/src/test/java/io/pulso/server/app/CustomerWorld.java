package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A server with customers and accounts, hostile ones among them, and people of every role.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CustomerWorld {
  static final String EVIL = "<img src=x onerror=alert(1)>";
  static final String FORMULA = "=HYPERLINK(\"http://evil\")";
  static final String PRODUCT =
      """
      name: product
      title: {en: "Product <b>use</b>"}
      activities:
        - {name: logins, title: {en: "Logins <i>x</i>"}, match: event == "Login", points: 10, cap: {per_day: 3}}
        - {name: evil, match: 'event.startsWith("<img")', points: -1}
      """;
  static final String COMPANIES =
      """
      name: companies
      subject: account
      activities:
        - {name: logins, match: event == "Login", points: 10}
      """;
  static final Pattern CUSTOMER = Pattern.compile("href=\"(/customers/[A-Za-z0-9_-]{22})\"");
  static final Pattern ACCOUNT = Pattern.compile("href=\"(/accounts/[A-Za-z0-9_-]{22})\"");

  SampleServer site;
  final HttpClient client = HttpClient.newHttpClient();

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

  interface Asking {
    boolean ask() throws Exception;
  }

  static void until(Asking asking) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!asking.ask()) {
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  static String call(String type, String user, String rest, Instant at) {
    return "{\"type\":\"%s\",\"userId\":\"%s\",%s,\"timestamp\":\"%s\"}"
        .formatted(type, user, rest, at);
  }

  @AfterAll
  void stop() {
    site.close();
    client.close();
  }

  HttpRequest.Builder request(String cookie, String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(site.url() + path));
    return cookie.isEmpty() ? request : request.header("Cookie", "pulso=" + cookie);
  }

  HttpResponse<String> get(Role role, String path) throws Exception {
    return get(site.cookie(role), path);
  }

  HttpResponse<String> get(String cookie, String path) throws Exception {
    return client.send(
        request(cookie, path).header("Accept", "text/html").build(),
        HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> post(Role role, String path, Map<String, String> fields) throws Exception {
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

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  String csrf(String cookie) throws Exception {
    Matcher found =
        Pattern.compile("name=\"csrf\" content=\"([^\"]+)\"")
            .matcher(get(cookie, "/customers").body());
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  static String location(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  /// The address of the list that a filter leads to.
  String filtered(Role role, Map<String, String> fields) throws Exception {
    return location(post(role, "/customers/filter", fields));
  }

  String page(String search) throws Exception {
    String list = get(Role.MANAGER, filtered(Role.MANAGER, Map.of("search", search))).body();
    return first(CUSTOMER, list);
  }

  static String first(Pattern what, String body) {
    Matcher found = what.matcher(body);
    assertThat(found.find()).as(body).isTrue();
    return found.group(1);
  }

  int matching(Map<String, String> fields) throws Exception {
    String body = get(Role.MANAGER, filtered(Role.MANAGER, fields)).body();
    Matcher found = Pattern.compile(">(\\d+) customers? match").matcher(body);
    assertThat(found.find()).as(fields + " " + body).isTrue();
    return Integer.parseInt(found.group(1));
  }
}
