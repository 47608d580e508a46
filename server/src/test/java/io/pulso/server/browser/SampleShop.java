package io.pulso.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.pulso.server.app.Running;
import io.pulso.server.app.Running.Ask;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A web site with `/pulso.js` in its pages, and the server to which it tells what happens. Each
/// test has a source, a key and a browser profile of its own.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SampleShop {
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final String MODEL =
      """
      name: site
      activities:
        - {name: pages, match: type == "page", points: 2}
        - {name: time, match: event == "Time Spent", unit: properties.minutes, points: 10}
        - {name: trials, match: event == "Trial Requested", points: 30}
      """;

  @RegisterExtension final InBrowser browser = new InBrowser();

  private final AtomicInteger tests = new AtomicInteger();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private Running server;
  private SampleSite site;
  private String source = "";
  private String key = "";

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = Running.on(folder, Map.of("site", MODEL));
    site = new SampleSite();
  }

  @AfterAll
  void stop() {
    site.close();
    server.close();
  }

  @BeforeEach
  void newSource() throws Exception {
    requests.clear();
    source = "site" + tests.incrementAndGet();
    String wanted =
        "{\"source\":\"%s\",\"browser\":true,\"origins\":[\"%s\"]}"
            .formatted(source, site.origin());
    key =
        JsonMapper.shared()
            .readTree(server.post("/api/v1/keys", server.admin(), wanted).body())
            .path("value")
            .asString();
  }

  Running server() {
    return server;
  }

  String key() {
    return key;
  }

  String origin() {
    return site.origin();
  }

  /// What the site's pages are from now on.
  ///
  /// @param attributes of the script, beside its address and key
  void site(String attributes, String body) {
    site.shows(script(key, attributes), body);
  }

  /// A page of another kind.
  void raw(String head, String body) {
    site.shows(head, body);
  }

  String script(String key, String attributes) {
    return "<script async src='%s/pulso.js' data-key='%s' %s></script>"
        .formatted(server.url(), key, attributes);
  }

  BrowserContext visitor() {
    BrowserContext context = browser.context(Look.LIGHT);
    context.onRequest(request -> {
      if (request.url().startsWith(server.url())) {
        requests.add(request.method() + " " + request.url().substring(server.url().length()));
      }
    });
    return context;
  }

  /// A new visitor at an address of the site, when the script runs.
  Page visit(String path) {
    return visit(visitor(), path);
  }

  Page visit(BrowserContext visitor, String path) {
    Page page = visitor.newPage();
    page.navigate(site.origin() + path);
    running(page);
    return page;
  }

  static void running(Page page) {
    page.waitForFunction("() => window.pulso && window.pulso.version");
  }

  /// What was sent to the server.
  List<String> requests() {
    return List.copyOf(requests);
  }

  /// All events of this test, when there are so many.
  ///
  /// @param page any page, which goes on meanwhile
  List<JsonNode> events(Page page, int count) throws Exception {
    long end = System.nanoTime() + LONGEST.toNanos();
    List<JsonNode> events = stored();
    while (events.size() < count && System.nanoTime() < end) {
      page.waitForTimeout(50);
      events = stored();
    }
    if (events.size() != count) {
      throw new AssertionError("not %d events but %s".formatted(count, events));
    }
    return events;
  }

  /// As the other, when no page is open.
  List<JsonNode> events(int count) throws Exception {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (stored().size() < count && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    List<JsonNode> events = stored();
    if (events.size() != count) {
      throw new AssertionError("not %d events but %s".formatted(count, events));
    }
    return events;
  }

  /// All events of this test that are stored now; none while the server is too busy to tell.
  List<JsonNode> stored() throws Exception {
    HttpResponse<String> answer =
        server.send(new Ask("GET", "/api/v1/exports/events?source=" + source, server.admin(), ""));
    if (answer.statusCode() == 503) {
      return List.of();
    }
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body().lines().map(line -> JsonMapper.shared().readTree(line)).toList();
  }

  static List<String> names(List<JsonNode> events) {
    return events.stream()
        .map(event ->
            event.has("event") ? event.path("event").asString() : event.path("type").asString())
        .toList();
  }

  static List<JsonNode> named(String name, List<JsonNode> events) {
    return events.stream().filter(event -> names(List.of(event)).contains(name)).toList();
  }

  static List<String> texts(List<JsonNode> events, String pointer) {
    return events.stream().map(event -> event.at(pointer).asString("")).toList();
  }

  /// What the site keeps in this browser.
  static String kept(Page page) {
    return (String) page.evaluate("JSON.stringify({...localStorage}) + document.cookie");
  }
}
